"""Where a finding points: its line, and the words on it that are meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from digest.address import LEDGER
from digest.diagnostics import Place

_MOST = 140  # code points of it that anybody is shown
# What is meant: the words between straight quotation marks, a run of words, or one character.
_WORD = r"[^\s,:{}\[\]\"“”„«»]+"
_MEANT = rf'"(?:[^"\\]|\\.)*"?|\'(?:[^\']|\'\')*\'?|{_WORD}(?: {_WORD})*|.'


class Pointed(Struct, frozen=True):
    """A line, cut at what is meant on it."""

    before: str
    meant: str  # empty: the place is behind the end of the line
    after: str


def pointed(place: Place, lines: Sequence[str]) -> Pointed | None:
    """The line of a finding; None where it is about the file as a whole, or there is no line."""
    if _is_whole(place) or place.line > len(lines):
        return None
    line, at = lines[place.line - 1].rstrip("\r"), place.column - 1
    # Compiled when it is asked for: that takes longer than a small build has to spare.
    found = re.compile(_MEANT).match(line, at, at + _MOST)
    end = found.end() if found else at
    return Pointed(line[:at], line[at:end], line[end:])


def _is_whole(place: Place) -> bool:
    """Whether a place is a file as such: no finding within a text stands at its very start."""
    return place == Place(place.path) and not place.path.endswith((".yaml", LEDGER))

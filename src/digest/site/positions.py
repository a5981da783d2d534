"""Latest positions, as home and the pages of days show them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from digest.model.claim import Statement
from digest.site.edition import Edition
from digest.site.lines import Line


class Standing(Struct, frozen=True):
    """A speaker's latest position, and the stances of which nobody can say that they are older."""

    line: Line
    others: tuple[tuple[int, str], ...]  # sign and label, from the first step up


def standings(latest: Sequence[Statement], edition: Edition) -> list[Standing]:
    """Each latest position, with the other stances that may have come after it."""
    found = []
    for one in latest:
        others = [edition.lines[o.id] for o in edition.timeline.open_order(one)]
        line = edition.lines[one.id]
        signs = {(o.tone, o.stance) for o in others if o.tone and o.stance and o.tone != line.tone}
        found.append(Standing(line, tuple(sorted(signs))))
    return found

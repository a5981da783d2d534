"""A finding with the line that it is about, and what is meant underlined.

The line is safe for a terminal (``diagnostics.printable``), cut around the column where it is
long, and measured in the columns that a terminal gives to each character, so that the mark
stands where it should.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from unicodedata import category, east_asian_width

from digest.diagnostics import Diagnostic, printable
from digest.pointing import Pointed, pointed

_INDENT = "    "
_WIDEST = 92  # columns of a line that is shown
_BEFORE = 30  # of them, those before the mark where the line is cut


def underlined(
    finding: Diagnostic, lines: Sequence[str] | None, paint: Callable[[str], str] = str
) -> str:
    """The finding as it prints, with its own of the file's ``lines`` below its first line.

    Without a line where the file cannot be shown (None), or where the finding is about the file
    as a whole. ``paint`` colours what should catch the eye.
    """
    what = f"{finding.severity}[{finding.rule}]"
    first, *hints = printable(str(finding)).split("\n")
    line = pointed(finding.place, lines or ())
    shown = _shown(line) if line else None
    marked = [_INDENT + shown[0].rstrip(), _INDENT + shown[1] + paint(shown[2])] if shown else []
    return "\n".join([first.replace(what, paint(what), 1), *marked, *hints])


def _shown(line: Pointed) -> tuple[str, str, str]:
    """The line as it is shown, the blanks below it, and the mark."""
    before, meant, after = line.before, line.meant, line.after
    if _fitting(before + meant + after, _WIDEST) < len(before + meant + after):
        before = _end(before, _BEFORE)
        room = _WIDEST - width(before)
        meant, after = _start(meant, room), _start(after, room - width(meant))
    told = "".join(map(_cell, before + meant + after))
    return told, " " * width(before), "^" * max(width(meant), 1)


def _start(text: str, columns: int) -> str:
    """As much of the start as fits, with a sign where something is left out."""
    if columns < 0:
        return ""
    kept = _fitting(text, columns)
    return text if kept == len(text) else text[: _fitting(text, columns - 1)] + "…"


def _end(text: str, columns: int) -> str:
    """Likewise of the end."""
    kept = _fitting(reversed(text[-columns:]), columns - 1)
    return text if kept >= len(text) else "…" + text[len(text) - kept :]


def _fitting(text: Iterable[str], columns: int) -> int:
    """How many of the first characters fit into so many columns."""
    count = 0
    for character in text:
        columns -= width(character)
        if columns < 0:
            break
        count += 1
    return count


def _cell(character: str) -> str:
    """A character as it is shown: a tab as blanks, what cannot be seen by its code point."""
    return "    " if character == "\t" else printable(character)


def width(text: str) -> int:
    """How many columns a terminal gives to a text: none to a mark upon a letter, two to 漢."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_width, text))


def _width(character: str) -> int:
    shown = _cell(character)
    if len(shown) > 1:
        return len(shown)
    if category(character) in {"Mn", "Me"}:
        return 0
    return 2 if east_asian_width(character) in {"W", "F"} else 1

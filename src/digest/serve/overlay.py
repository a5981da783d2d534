"""Findings laid over the page: where, what, the line itself, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from digest.diagnostics import Diagnostic, Place, errors, printable, summary
from digest.folder import PACKAGED

_MOST = 50  # findings that are shown
_BEFORE, _AFTER = 60, 140  # code points of the line on either side of the column
_LARGEST = 5_000_000  # bytes


class Shown(Struct, frozen=True):
    """One finding as the overlay prints it; ``line`` is before, at and after the column."""

    where: str
    finding: Diagnostic
    line: tuple[str, str, str] | None  # None: there is no such line


class Overlay(Struct, frozen=True):
    """All that is laid over a page."""

    summary: str
    wrong: bool  # False: warnings only
    shown: tuple[Shown, ...]
    more: int  # findings that are not shown


def overlay(findings: Sequence[Diagnostic], root: Path) -> Overlay | None:
    """What to lay over a page, errors first; None where nothing was found."""
    if not findings:
        return None
    first = sorted(findings, key=lambda finding: finding.severity != "error")[:_MOST]
    shown = tuple(Shown(str(one.place), one, line_at(one.place, root)) for one in first)
    return Overlay(summary(findings), bool(errors(findings)), shown, max(len(findings) - _MOST, 0))


def line_at(place: Place, root: Path) -> tuple[str, str, str] | None:
    """The line of a finding, cut at its column; None for a file that is none of the digest's."""
    for base in (root, PACKAGED.parent):
        path = base / place.path
        if not path.is_symlink() and path.is_file() and path.stat().st_size <= _LARGEST:
            lines = path.read_bytes().decode("utf-8", "replace").split("\n")
            if place.line <= len(lines):
                return _cut(lines[place.line - 1].rstrip("\r"), place.column - 1)
    return None


def _cut(line: str, at: int) -> tuple[str, str, str]:
    before, after = line[:at], line[at + 1 :]
    left = f"…{before[-_BEFORE:]}" if len(before) > _BEFORE else before
    right = f"{after[:_AFTER]}…" if len(after) > _AFTER else after
    return printable(left), printable(line[at : at + 1]), printable(right)

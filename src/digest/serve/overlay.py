"""Findings laid over the page: where, what, the line itself, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from digest.diagnostics import SHOWN, Diagnostic, errors, printable, summary
from digest.folder import PACKAGED, lines_of
from digest.pointing import Pointed, pointed

_BEFORE, _AFTER = 60, 140  # code points of a line that are shown before its column, and from there


class Shown(Struct, frozen=True):
    """One finding as the overlay prints it."""

    where: str
    finding: Diagnostic
    line: Pointed | None  # None: there is no line to show


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
    first = sorted(findings, key=lambda finding: finding.severity != "error")[:SHOWN]
    paths = {finding.place.path for finding in first}
    lines = {path: lines_of(root, path) or lines_of(PACKAGED.parent, path) for path in paths}
    shown = tuple(_shown(finding, lines[finding.place.path] or []) for finding in first)
    return Overlay(summary(findings), bool(errors(findings)), shown, max(len(findings) - SHOWN, 0))


def _shown(finding: Diagnostic, lines: Sequence[str]) -> Shown:
    line = pointed(finding.place, lines)
    return Shown(str(finding.place), finding, _cut(line) if line else None)


def _cut(line: Pointed) -> Pointed:
    """The line around its column, safe to be shown."""
    before, after = line.before[-_BEFORE:], line.after[: max(_AFTER - len(line.meant), 0)]
    left = before if before == line.before else f"…{before}"
    right = after if after == line.after else f"{after}…"
    return Pointed(printable(left), printable(line.meant), printable(right))

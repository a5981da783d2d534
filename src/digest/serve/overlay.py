"""Findings laid over the page: where, what, the line itself, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from digest.diagnostics import Diagnostic, errors, printable, summary
from digest.folder import PACKAGED, lines_of
from digest.pointing import Pointed, pointed

_MOST = 50  # findings that are shown
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
    first = sorted(findings, key=lambda finding: finding.severity != "error")[:_MOST]
    paths = {finding.place.path for finding in first}
    lines = {path: lines_of(root, path) or lines_of(PACKAGED.parent, path) for path in paths}
    shown = tuple(_shown(finding, lines[finding.place.path] or []) for finding in first)
    return Overlay(summary(findings), bool(errors(findings)), shown, max(len(findings) - _MOST, 0))


def _shown(finding: Diagnostic, lines: Sequence[str]) -> Shown:
    line = pointed(finding.place, lines)
    return Shown(str(finding.place), finding, _cut(line) if line else None)


def _cut(line: Pointed) -> Pointed:
    """The line around its column, safe to be shown."""
    before, meant = line.before, line.meant[:_AFTER]
    after = (line.meant + line.after)[len(meant) : _AFTER]
    left = f"…{before[-_BEFORE:]}" if len(before) > _BEFORE else before
    right = f"{after}…" if len(line.meant + line.after) > _AFTER else after
    return Pointed(printable(left), printable(meant), printable(right))

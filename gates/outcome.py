"""What a gate says: its figures in a line, and everything that is wrong."""

from __future__ import annotations

from typing import NamedTuple


class Outcome(NamedTuple):
    """``told`` is one line with the figures; no ``findings`` means that the gate is passed."""

    told: str
    findings: list[str]


class Unavailable(Exception):
    """What a gate stands on, a tool or the site itself, is not to be had."""

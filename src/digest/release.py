"""Promises what is published: adds lines to the ledger, and never rewrites one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from digest.address import LEDGER
from digest.model.claim import Digest
from digest.record.ledger import Line, due, read_ledger
from digest.written import alone, rewrite


def release(root: Path, digest: Digest, ledger: str, on: date) -> list[Line]:
    """Add to the ledger of ``root`` what is new or corrected in ``digest``, and say what that is.

    ``ledger`` is its text as it was when the digest was proven. The new text takes the place of
    the old one in one step, so a reader finds one of the two, whole. Raises Refused where a
    correction is of a later day, and where the file has changed meanwhile or cannot be written.
    """
    added = due(digest, read_ledger(ledger)[0], on)
    if added:
        with alone(root):
            rewrite(root, LEDGER, ledger, ledger + _more(ledger, added))
    return added


def _more(ledger: str, added: list[Line]) -> str:
    """What comes behind a text that may end without its newline, with its own line ends."""
    end = "\r\n" if "\r\n" in ledger else "\n"
    before = end if ledger and not ledger.endswith("\n") else ""
    return before + "".join(f"{one.address} {one.day} {one.sha256}{end}" for one in added)

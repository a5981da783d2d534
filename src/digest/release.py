"""Promises what is published: adds lines to the ledger, and never rewrites one."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path

from digest.address import LEDGER
from digest.diagnostics import Diagnostic, Place, Refused
from digest.model.claim import Digest
from digest.record.ledger import Line, due, read_ledger


def release(root: Path, digest: Digest, ledger: str, on: date) -> list[Line]:
    """Add to the ledger of ``root`` what is new or corrected in ``digest``, and say what that is.

    ``ledger`` is its text as it was when the digest was proven. The new text takes the place of
    the old one in one step, so a reader finds one of the two, whole. Raises Refused where a
    correction is of a later day, and where the file has changed meanwhile or cannot be written.
    """
    added = due(digest, read_ledger(ledger)[0], on)
    if added:
        _replace(root / LEDGER, ledger, ledger + _more(ledger, added))
    return added


def _more(ledger: str, added: list[Line]) -> str:
    """What comes behind a text that may end without its newline, with its own line ends."""
    end = "\r\n" if "\r\n" in ledger else "\n"
    before = end if ledger and not ledger.endswith("\n") else ""
    return before + "".join(f"{one.address} {one.day} {one.sha256}{end}" for one in added)


def _replace(path: Path, before: str, after: str) -> None:
    """The file with other content, or as it was: never a part."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    place = Place(LEDGER)
    try:
        there = path.read_bytes() if path.exists() else b""
        if there.decode("utf-8-sig") != before:
            hint = "run digest release again"
            raise Refused(Diagnostic(place, "ledger-changed", "has changed meanwhile", (hint,)))
        with new.open("wb") as file:
            file.write(after.encode())
            file.flush()
            os.fsync(file.fileno())
        if there:
            shutil.copymode(path, new)
        os.replace(new, path)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise Refused(Diagnostic(place, "ledger-unwritable", message)) from None
    finally:
        with suppress(OSError):
            new.unlink()

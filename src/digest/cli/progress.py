"""What a terminal shows while long work lasts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from digest.endings import undisturbed

if TYPE_CHECKING:
    from threading import Event


@contextmanager
def waiting(doing: str, shown_on: TextIO | None = None, every: float = 1.0) -> Iterator[None]:
    """Say what is being done and for how many seconds, from the first whole one on.

    One line on stderr (or ``shown_on``) where that is a terminal, wiped when the work is done;
    elsewhere nothing. Seconds and no share of the work: what is left of it is not known, and a
    guess would be wrong. No colour and no escape sequence, so there is nothing to switch off.
    """
    terminal = sys.stderr if shown_on is None else shown_on
    if not terminal.isatty():
        yield
        return
    from threading import Event, Thread  # where nobody looks on, nobody waits for it

    done = Event()
    told = Thread(target=_count, args=(doing, terminal, every, done), daemon=True)
    with undisturbed():  # what interrupts is for the one that works, and may have to wait
        told.start()
    try:
        yield
    finally:
        done.set()
        told.join()


def _count(doing: str, terminal: TextIO, every: float, done: Event) -> None:
    """Write ``building … 2 s`` over itself until the work is ``done``, and wipe it."""
    line = ""
    seconds = 0
    while not done.wait(every):
        seconds += 1
        line = f"{doing} … {seconds} s"
        print(f"\r{line}", end="", file=terminal, flush=True)
    if line:
        print("\r" + " " * len(line), end="\r", file=terminal, flush=True)

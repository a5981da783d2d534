"""What ends a process from outside, and what it has to wait for."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_ENDINGS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Whoever interrupts this process waits until this is done; a thread begun here never hears."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def disturbed() -> None:
    """Hear again, in a process that was begun undisturbed."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)

"""What a published folder needs of the system and Python does not offer: one call each.

Where the system or the file system has no such call, two renames stand in for the exchange;
the next build mends what a kill between them leaves.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

_HERE = -100  # AT_FDCWD: paths are taken as they are
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
_C = ctypes.CDLL(None, use_errno=True)


def exchange(one: Path, other: Path, aside: Path) -> None:
    """Let two folders of one file system change places, in one step.

    ``aside`` is where the second one goes for a moment where that takes two steps. Raises
    OSError, and then both stand where they were.
    """
    a, b = os.fsencode(one), os.fsencode(other)
    if hasattr(_C, "renameat2"):
        done = _called(_C.renameat2, _HERE, a, _HERE, b, _EXCHANGE)
    elif hasattr(_C, "renamex_np"):
        done = _called(_C.renamex_np, a, b, _EXCHANGE)
    else:
        done = False
    if not done:
        _in_two_steps(one, other, aside)


def sync(folder: int) -> None:
    """Have everything on the disk that was written to the file system of an open folder."""
    if not (hasattr(_C, "syncfs") and _called(_C.syncfs, folder)):
        os.sync()


def _called(function: Callable[..., int], *arguments: Any) -> bool:
    """Whether the system can; raises OSError where it can and fails."""
    if function(*arguments) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number))


def _in_two_steps(one: Path, other: Path, aside: Path) -> None:
    other.rename(aside)
    try:
        one.rename(other)
    except OSError:
        aside.rename(other)
        raise
    aside.rename(one)

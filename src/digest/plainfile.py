"""A plain file, read whole: through no link, within its cap, while nobody writes it.

The way from the root is gone folder by folder, and what was opened is what is judged and read:
nothing can be put in its place in between. Links, pipes and devices are not followed: a folder
from a stranger must not show us another file of this machine, nor keep us waiting.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from digest.diagnostics import Diagnostic, Place, Refused, printable

_FOLDER = os.O_RDONLY | os.O_DIRECTORY
# Neither waits for the other end of a pipe, nor makes a terminal ours.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY


def shown(path: str) -> str:
    """A path that is safe for a terminal, on one line."""
    return printable(path.encode("utf-8", "replace").decode().replace("\n", "\\n"))


@contextmanager
def opened(root: Path, folder: str) -> Iterator[int]:
    """The descriptor of a folder below ``root``.

    Raises Refused where it, or one on the way to it, is a link; OSError where it is not there
    or cannot be opened.
    """
    at, gone = os.open(root, _FOLDER), PurePosixPath()
    try:
        for part in PurePosixPath(folder).parts:
            gone /= part
            above, at = at, _below(at, part, Place(shown(str(gone))))
            os.close(above)
        yield at
    finally:
        os.close(at)


def _below(at: int, name: str, place: Place) -> int:
    try:
        return os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=at)
    except OSError:
        if stat.S_ISLNK(os.stat(name, dir_fd=at, follow_symlinks=False).st_mode):
            hint = "use the folder itself: links are not followed"
            raise Refused(Diagnostic(place, "file-kind", "is a link", (hint,))) from None
        raise


def content(name: str, place: Place, largest: int, at: int | None = None) -> bytes:
    """The bytes of the file ``name`` in the open folder ``at``, or from here; at most ``largest``.

    Raises Refused for what is no plain file, is too large, is written just now or cannot be
    read; FileNotFoundError.
    """
    try:
        number = os.open(name, _FILE, dir_fd=at)
        try:
            return _read(number, place, largest)
        finally:
            os.close(number)
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # a link, a socket
            raise _no_plain_file(place) from None
        message = f"cannot be read: {error.strerror}"
        raise Refused(Diagnostic(place, "file-unreadable", message)) from None


def _read(number: int, place: Place, largest: int) -> bytes:
    before = os.fstat(number)
    if not stat.S_ISREG(before.st_mode):
        raise _no_plain_file(place)
    if before.st_size > largest:
        raise Refused(Diagnostic(place, "file-size", f"is larger than {largest:,} bytes"))
    with os.fdopen(number, "rb", closefd=False) as file:
        read = file.read(largest + 1)
    after = os.fstat(number)
    if (len(read), before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        hint = "run the command again"
        raise Refused(Diagnostic(place, "file-changed", "changed while it was read", (hint,)))
    return read


def _no_plain_file(place: Place) -> Refused:
    hint = "use the file itself: links, pipes and folders are not followed"
    return Refused(Diagnostic(place, "file-kind", "is not a plain file", (hint,)))


def paths_below(folder: Path) -> Iterator[str]:
    """The path within it of every file below a folder; a link counts as one, wherever it leads.

    Nothing where there is no such folder, or only a link to one. Raises OSError where a folder
    cannot be read: what cannot be seen is not nothing.
    """
    begins = len(os.path.join(folder, ""))
    for top, folders, names in () if os.path.islink(folder) else os.walk(folder, onerror=_unseen):
        within = os.path.join(top, "")[begins:]
        linked = [name for name in folders if os.path.islink(os.path.join(top, name))]
        yield from (within + name for name in (*names, *linked))


def _unseen(error: OSError) -> None:
    if not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        raise error


def plain(path: str) -> bytes | None:
    """The bytes of a plain file; None for a link, a pipe, a device, and what cannot be opened."""
    try:
        number = os.open(path, _FILE)
    except OSError:
        return None
    with open(number, "rb", buffering=0) as file:
        return file.read() if stat.S_ISREG(os.fstat(number).st_mode) else None

"""Files of a digest's folder written whole or not at all, by one command at a time.

A file is written beside its place, to the disk, and set there in one step: whoever looks, after
a kill or a power cut too, finds it as it was or as it is to be.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from digest.diagnostics import Diagnostic, Place, Refused
from digest.plainfile import content, opened

_NEW = ".digest-new"  # ends the name of what is not in its place yet
_WRITTEN_IN = ("data", "data/claims", "data/proposed", "seeds", "seeds/originals")
_LARGEST = 20_000_000  # bytes of a text that is rewritten: the ledger
_BOM = b"\xef\xbb\xbf"


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """While no other command changes the folder.

    The lock is on ``data/`` itself and dies with the process; what a killed one left beside the
    place of a file is swept. Raises Refused where there is no such folder.
    """
    with ExitStack() as held:
        try:
            data = held.enter_context(opened(root, "data"))
        except OSError as error:
            hint = "run this where data/claims.yaml is, or say where with --root DIR"
            message = f"cannot be opened: {error.strerror}"
            raise _refused("data", "file-missing", message, hint) from None
        fcntl.flock(data, fcntl.LOCK_EX)
        _sweep(root)
        yield


def write(root: Path, path: str, new: bytes) -> None:
    """The file ``path`` below ``root`` with this content; folders that are missing are made.

    Raises Refused, and leaves the file as it was, where it cannot be written or a folder on the
    way is a link.
    """
    folder, _, name = path.rpartition("/")
    try:
        _make(root, folder)
        with opened(root, folder) as at:
            _set(at, name, new)
            os.fsync(at)
    except OSError as error:
        raise _refused(path, "file-unwritten", f"cannot be written: {error.strerror}") from None


def write_new(root: Path, path: str, new: bytes) -> None:
    """Write a file that is not there yet. Raises Refused where another one is."""
    if not os.path.lexists(root / path):
        write(root, path, new)
    elif _there(root, path) != new:
        message = "is there already, with other content, and is not overwritten"
        raise _refused(path, "file-taken", message)


def rewrite(root: Path, path: str, before: str, after: str) -> None:
    """Change a text that somebody may have open in an editor; ``before`` is what was read."""
    there = _there(root, path)
    if there.removeprefix(_BOM) != before.encode():
        message = "was changed by somebody else just now"
        raise _refused(path, "file-changed", message, "run the command again")
    write(root, path, (_BOM if there.startswith(_BOM) else b"") + after.encode())


def remove(root: Path, path: str) -> None:
    """Take a file away, and its folder if that is empty then. Raises Refused if it stays."""
    folder, _, name = path.rpartition("/")
    try:
        with opened(root, folder) as at:
            os.unlink(name, dir_fd=at)
            os.fsync(at)
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"cannot be taken away: {error.strerror}"
        raise _refused(path, "file-unwritten", message) from None
    with suppress(OSError):
        (root / folder).rmdir()


def unfinished(name: str) -> bool:
    """Whether a file of this name is what a killed command left beside a file's place."""
    return name.startswith(".") and name.endswith(_NEW)


def _there(root: Path, path: str) -> bytes:
    """What stands there; nothing where nothing does."""
    folder, _, name = path.rpartition("/")
    try:
        with opened(root, folder) as at:
            return content(name, Place(path), _LARGEST, at)
    except FileNotFoundError:
        return b""


def _make(root: Path, folder: str) -> None:
    above, _, name = folder.rpartition("/")
    if folder and not os.path.lexists(root / folder):
        _make(root, above)
        with opened(root, above) as at:
            os.mkdir(name, dir_fd=at)
            os.fsync(at)


def _set(at: int, name: str, content: bytes) -> None:
    """The file ``name`` of the open folder ``at`` with other content, in one step."""
    new = f".{name}{_NEW}"
    with suppress(FileNotFoundError):
        os.unlink(new, dir_fd=at)
    number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666, dir_fd=at)
    try:
        with open(number, "wb") as file:
            file.write(content)
            file.flush()
            _keep_mode(at, name, number)
            os.fsync(number)
        os.replace(new, name, src_dir_fd=at, dst_dir_fd=at)
    finally:
        with suppress(OSError):
            os.unlink(new, dir_fd=at)


def _keep_mode(at: int, name: str, number: int) -> None:
    """The new file may be read and written by whoever might the old one."""
    with suppress(FileNotFoundError):
        there = os.stat(name, dir_fd=at, follow_symlinks=False)
        if stat.S_ISREG(there.st_mode):
            os.fchmod(number, stat.S_IMODE(there.st_mode))


def _sweep(root: Path) -> None:
    """Take away what killed commands left beside the places of files."""
    for folder in _WRITTEN_IN:
        with suppress(OSError, Refused), opened(root, folder) as at:
            for name in os.listdir(at):
                if unfinished(name):
                    os.unlink(name, dir_fd=at)


def _refused(path: str, rule: str, message: str, *hints: str) -> Refused:
    return Refused(Diagnostic(Place(path), rule, message, hints))

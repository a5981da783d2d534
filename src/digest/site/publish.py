"""Staged, compared, exchanged: a visitor sees the old site or the new one, whole.

The new site is made beside the old one, on the same file system; a file that has not changed
is the old file itself, linked. When all of it is on the disk the two folders change places in
one step. Whatever a killed build leaves is swept by the next one, which alone may: it holds a
lock on the folder around the site, and a lock dies with its process.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import msgspec

from digest import __version__
from digest.diagnostics import Diagnostic, Place, Refused
from digest.folder import paths_below, plain

MANIFEST = "manifest.json"
INPUTS = ("seeds", "data", "templates", ".digest", ".git")
_PATIENCE = 60  # s to wait for another build that publishes into the same folder


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Every file with its sha256: what the folder holds, and the sign that it is ours."""
    hashes = {path: sha256(files[path]).hexdigest() for path in sorted(files)}
    content = {"program": f"digest {__version__}", "files": hashes}
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def publish(files: Mapping[str, bytes], out: Path, root: Path) -> None:
    """Put the site at ``out``, in place of the one before; if that is the same, it stays.

    ``root`` is the digest's own folder. Raises Refused if ``out`` is a folder that is not ours,
    or holds a file that is not, and when the disk refuses; the site before then stands as it was.
    """
    out = Path(os.path.abspath(out))
    check_apart(out, root)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _alone(out) as around:
            _publish(files, out, around)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        place = Place(error.filename or str(out))
        raise Refused(Diagnostic(place, "out-unwritable", message)) from None


def check_apart(out: Path, root: Path) -> None:
    """A site stands beside what it is made from: never around it, and never among it."""
    digest = Path(os.path.realpath(root))
    place = Path(os.path.realpath(out))
    if place == digest or place in digest.parents:
        raise _refused(out, "is the digest's own folder, or lies around it")
    among = next((part for part in INPUTS if (digest / part) in (place, *place.parents)), None)
    if among:
        raise _refused(out, f"lies in {among}/, which the site is made from")


def check_ours(out: Path) -> set[str]:
    """The files of the site before, by address; Refused for what this program did not write."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise _refused(out, "is not a plain folder")
    found = set(paths_below(out))
    if not found:
        return found
    try:
        listed = set(json.loads(plain(f"{out}/{MANIFEST}") or b"")["files"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _refused(out, f"holds files, but no {MANIFEST} of ours") from None
    foreign = sorted(found - {MANIFEST, *listed})
    if foreign:
        hint = "what the site should carry beside its pages belongs into data/static/"
        raise _refused(out, f"holds a file that is not ours: {foreign[0]}", hint)
    return found


def _publish(files: Mapping[str, bytes], out: Path, around: int) -> None:
    """The same, alone at work; ``around`` is the open folder in which the site stands."""
    from digest.site.exchange import exchange, sync  # not needed where nothing has changed

    _sweep(out)
    found = check_ours(out)
    same = _same(files, out, found)
    if len(same) == len(files) == len(found):
        return
    _check_removable(out)
    new, aside = _beside(out, "new"), _beside(out, "old")
    try:
        _write(files, new, out, same)
        sync(around)
        if out.exists():
            shutil.copymode(out, new)
            exchange(new, out, aside)
        else:
            new.rename(out)
        os.fsync(around)
    finally:
        with _undisturbed():
            shutil.rmtree(new, ignore_errors=True)


def _check_removable(out: Path) -> None:
    """What could not be removed afterwards is not replaced."""
    for top, _, _ in os.walk(out):
        if not os.access(top, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), top)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Whoever interrupts waits until this is done: nothing half removed stays behind."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _alone(out: Path) -> Iterator[int]:
    """The folder around the site, open, while no other build publishes into it.

    The lock is on that folder itself: there is no file to delete, and it dies with the process.
    """
    around = os.open(out.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        latest = time.monotonic() + _PATIENCE
        while not _locked(around):
            if time.monotonic() > latest:
                hint = "wait until it has ended, or end it"
                raise _refused(out, "is being published by another build", hint)
            time.sleep(0.02)
        yield around
    finally:
        os.close(around)


def _locked(folder: int) -> bool:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _beside(out: Path, what: str) -> Path:
    return out.with_name(f".{out.name}.{what}-{os.getpid()}")


def _sweep(out: Path) -> None:
    """Away with what killed builds left; a site caught between two renames goes back first."""
    left = re.compile(rf"\.{re.escape(out.name)}\.(new|old)-\d+")
    found = [one for one in sorted(out.parent.iterdir()) if left.fullmatch(one.name)]
    for folder in found:
        if not out.exists() and folder.name.startswith(f".{out.name}.old-"):
            folder.rename(out)
        elif not folder.is_symlink():
            _remove(folder)


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError as error:
        message = f"was left by a build that was killed, and stays: {error.strerror}"
        found = Diagnostic(Place(str(folder)), "out-unwritable", message, ("remove it yourself",))
        raise Refused(found) from None


def _refused(out: Path, message: str, *hints: str) -> Refused:
    hints = hints or ("choose another folder with --out DIR, or empty this one yourself",)
    return Refused(Diagnostic(Place(str(out)), "out-foreign", message, hints))


def _same(files: Mapping[str, bytes], out: Path, found: set[str]) -> set[str]:
    """The addresses at which the site before has the very same bytes."""
    there = (path for path in files if path in found)
    return {path for path in there if plain(f"{out}/{path}") == files[path]}


def _write(files: Mapping[str, bytes], new: Path, out: Path, same: set[str]) -> None:
    for parent in sorted({os.path.dirname(path) for path in files}):
        (new / parent).mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        if path not in same or not _linked(f"{out}/{path}", f"{new}/{path}"):
            with open(f"{new}/{path}", "wb") as file:
                file.write(content)


def _linked(old: str, new: str) -> bool:
    """Whether the new site can have the old one's file; not every file system knows links."""
    try:
        os.link(old, new)
    except OSError:
        return False
    return True

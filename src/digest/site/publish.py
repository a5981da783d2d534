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
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from digest import __version__
from digest.diagnostics import Diagnostic, Place, Refused
from digest.endings import undisturbed
from digest.plainfile import paths_below, plain
from digest.rebuild import INPUTS, left
from digest.site.batches import batches, given
from digest.site.edition import Edition
from digest.site.links import check_links
from digest.site.stage import MANIFEST, Page, Stage, Staged

_PATIENCE = 60  # s to wait for another build that publishes into the same folder


def manifest(hashes: Mapping[str, str]) -> bytes:
    """Every file with its sha256: what the folder holds, and the sign that it is ours."""
    content = {"program": f"digest {__version__}", "files": dict(sorted(hashes.items()))}
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


@contextmanager
def publishing(out: Path, root: Path) -> Iterator[Publication]:
    """A new site to be filled and published at ``out``, alone at work there.

    ``root`` is the digest's own folder. Raises Refused if ``out`` is a folder that is not ours,
    or holds a file that is not, and when the disk refuses; the site before then stands as it was.
    """
    out = Path(os.path.abspath(out))
    check_apart(out, root)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _alone(out) as around:
            _sweep(out)
            publication = Publication(out, around, check_ours(out))
            try:
                yield publication
            finally:
                with undisturbed():  # nothing half removed stays behind
                    shutil.rmtree(publication.new, ignore_errors=True)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        place = Place(error.filename or str(out))
        raise Refused(Diagnostic(place, "out-unwritable", message)) from None


class Publication:
    """A site on its way to ``out``; ``around`` is the open folder in which that stands."""

    def __init__(self, out: Path, around: int, before: set[str]) -> None:
        self.out, self._around, self._before = out, around, before
        self.new = _beside(out, "new")
        self.staged: dict[str, Staged] = {}  # by address

    def fill(self, edition: Edition, root: Path, before: Mapping[str, Page]) -> None:
        """Make every file beside the old site, the manifest last.

        ``before`` says of pages what they were made from: such a page is used again, as long as
        nothing is gone from the site that it could have a link to. Raises OSError, and Refused for
        a template or an address that cannot be.
        """
        self._fill(edition, root, before)
        gone = self._before - set(self.staged)
        if before and (gone or any(one.lost for one in self.staged.values())):
            shutil.rmtree(self.new)
            self._fill(edition, root, {})

    def _fill(self, edition: Edition, root: Path, before: Mapping[str, Page]) -> None:
        stage = Stage(self.new, self.out, self._before, before)
        staged = stage.fill(batches(edition, root))
        copied = given(edition, root, {one.address for one in staged})
        staged += (stage.put(to, content) for to, content in copied.items())
        hashes = {one.address: one.sha256 for one in staged}
        staged.append(stage.put(MANIFEST, manifest(hashes)))
        self.staged = {one.address: one for one in staged}

    @property
    def hashes(self) -> dict[str, str]:
        """The sha256 of every file, by address."""
        return {to: one.sha256 for to, one in self.staged.items()}

    @property
    def pages(self) -> dict[str, Page]:
        """What each page that can be used again was made from, and its sha256."""
        return {to: one.page for to, one in self.staged.items() if one.page}

    def check(self) -> Iterator[Diagnostic]:
        """What is wrong with the new site as a whole."""
        pages = {to: one.links for to, one in self.staged.items() if one.links}
        return check_links(pages, self.staged, lambda to: (self.new / to).read_bytes())

    def publish(self) -> None:
        """Let the new site take the old one's place; where they are the same, the old one stays."""
        same = all(one.same for one in self.staged.values())
        if same and self._before == set(self.staged):
            return
        from digest.site.exchange import exchange, sync  # not needed where nothing has changed

        _check_removable(self.out)
        sync(self._around)
        if self.out.exists():
            shutil.copymode(self.out, self.new)
            exchange(self.new, self.out, _beside(self.out, "old"))
        else:
            self.new.rename(self.out)
        os.fsync(self._around)


def check_apart(out: Path, root: Path) -> None:
    """A site stands beside what it is made from: never around it, and never among it."""
    digest = Path(os.path.realpath(root))
    place = Path(os.path.realpath(out))
    if place == digest or place in digest.parents:
        raise _refused(out, "is the digest's own folder, or lies around it")
    parts = (*INPUTS, ".digest", ".git")
    among = next((part for part in parts if digest / part in (place, *place.parents)), None)
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


def _check_removable(out: Path) -> None:
    """What could not be removed afterwards is not replaced."""
    for top, _, _ in os.walk(out):
        if not os.access(top, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), top)


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
    for folder in left(out):
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

"""A new site beside the old one, file by file: what has not changed is the old file itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, msgpack

from digest.plainfile import plain
from digest.site.links import Collector, Links, ids_of
from digest.workers import processors, share_out

MANIFEST = "manifest.json"  # lists every file, and is the sign that a folder is ours
T = TypeVar("T")


class Batch(Struct, frozen=True):
    """Files of the site that are made together, because they share their work."""

    make: Callable[[], Iterable[tuple[str, bytes]]]  # addresses and contents
    effort: int  # about so many µs
    address: str | None = None  # of the one file that it makes, if that may be used again
    made_from: Callable[[], str] | None = None  # the hash of all that this file is made from


Page = tuple[str, str]  # what a page was made from, and the sha256 of what came of it


class Staged(Struct, frozen=True, array_like=True):
    """What is known of a file that was staged."""

    address: str
    sha256: str
    same: bool  # as the old site has it
    links: Links | None = None  # of a page that was made
    lost: bool = False  # whether the page before had parts that it does not have
    made_from: str | None = None


class Stage:
    """Where a new site is made, file by file, and where the old one stands."""

    def __init__(self, new: Path, old: Path, before: Mapping[str, Page]) -> None:
        self.new, self.old, self._before = new, old, before
        self._collector = Collector()  # each worker has its own

    def fill(self, batches: Sequence[Batch]) -> list[Staged]:
        """Make every file, on all processors. Raises OSError, and Refused as templates do."""
        efforts = [one.effort for one in batches]
        told = share_out(batches, efforts, self._filled, processors())
        return [one for staged in told for one in msgpack.decode(staged, type=list[Staged])]

    def _filled(self, batch: Batch) -> bytes:
        made_from = batch.made_from() if batch.made_from else None
        kept = self._kept(batch.address, made_from) if batch.address and made_from else None
        if kept:
            return msgpack.encode([kept])
        made = (self.put(address, content, made_from) for address, content in batch.make())
        return msgpack.encode(list(made))

    def _kept(self, address: str, made_from: str) -> Staged | None:
        """The old file, if it is what was made of the same then; None if it has to be made."""
        known = self._before.get(address)
        if known is None or known[0] != made_from:
            return None
        old = f"{self.old}/{address}"
        content = plain(old)
        if content is None or sha256(content).hexdigest() != known[1]:
            return None
        if not _linked(old, f"{self.new}/{address}"):
            _written(f"{self.new}/{address}", content)
        return Staged(address, known[1], same=True, made_from=made_from)

    def put(self, address: str, content: bytes, made_from: str | None = None) -> Staged:
        """One file: the old one, linked, if that has the same bytes."""
        old, new = f"{self.old}/{address}", f"{self.new}/{address}"
        before = plain(old)
        same = before == content
        if not (same and _linked(old, new)):
            _written(new, content)
        links, lost = None, False
        if address.endswith(".html"):
            links = self._collector.links_of(address, content)
            lost = not same and bool(before) and bool(ids_of(before) - set(links.ids.split()))
        hashed = sha256(content).hexdigest()
        return Staged(address, hashed, same, links, lost, made_from)


def _linked(old: str, new: str) -> bool:
    """Whether the new site can have the old one's file; not every file system knows links."""
    try:
        _in_folder(new, lambda: os.link(old, new))
    except OSError:
        return False
    return True


def _written(new: str, content: bytes) -> None:
    """Write a file that is not there yet; by the bare calls, which are three times as fast."""
    file = _in_folder(new, lambda: os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def _in_folder(path: str, do: Callable[[], T]) -> T:
    """Do something that needs the folder of ``path``, which is made when it is missing."""
    try:
        return do()
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return do()

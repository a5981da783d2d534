"""A new site beside the old one, file by file: what has not changed is the old file itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, msgpack

from digest.folder import plain
from digest.site.links import Collector, Links
from digest.workers import processors, share_out

MANIFEST = "manifest.json"  # lists every file, and is the sign that a folder is ours
T = TypeVar("T")


class Batch(Struct, frozen=True):
    """Files of the site that are made together, because they share their work."""

    make: Callable[[], Iterable[tuple[str, bytes]]]  # addresses and contents
    effort: int  # about so many µs


class Staged(Struct, frozen=True, array_like=True):
    """What is known of a file that was staged."""

    address: str
    sha256: str
    same: bool  # as the old site has it
    links: Links | None  # of a page


class Stage:
    """Where a new site is made, file by file, and where the old one stands."""

    def __init__(self, new: Path, old: Path) -> None:
        self.new, self.old = new, old
        self._collector = Collector()  # each worker has its own

    def fill(self, batches: Sequence[Batch]) -> list[Staged]:
        """Make every file, on all processors. Raises OSError, and Refused as templates do."""
        efforts = [one.effort for one in batches]
        told = share_out(batches, efforts, self._filled, processors())
        return [one for staged in told for one in msgpack.decode(staged, type=list[Staged])]

    def _filled(self, batch: Batch) -> bytes:
        return msgpack.encode([self.put(address, content) for address, content in batch.make()])

    def put(self, address: str, content: bytes) -> Staged:
        """One file: the old one, linked, if that has the same bytes."""
        old, new = f"{self.old}/{address}", f"{self.new}/{address}"
        same = plain(old) == content
        if not (same and _linked(old, new)):
            _written(new, content)
        page = address.endswith(".html")
        links = self._collector.links_of(address, content) if page else None
        return Staged(address, sha256(content).hexdigest(), same, links)


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

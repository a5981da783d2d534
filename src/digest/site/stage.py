"""A new site beside the old one, file by file: what has not changed is the old file itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, msgpack

from digest.plainfile import plain
from digest.site.links import Collector, Links, ids_of
from digest.workers import processors, share_out

MANIFEST = "manifest.json"  # lists every file, and is the sign that a folder is ours
T = TypeVar("T")
Files = Iterable[tuple[str, bytes]]  # addresses and contents
Begun = tuple[str | None, Callable[[], Files]]  # what they are made from, and what makes them


class Batch(Struct, frozen=True):
    """Files of the site that are made together, because they share their work."""

    begin: Callable[[], Begun]  # None for what they are made from: they are made anew
    effort: int  # about so many µs
    # Of the files, if they may be used again; ``search/``: of all that stand there.
    addresses: tuple[str, ...] = ()
    record: str = ""  # the hash of the record, where nothing else matters: same, it is not begun

    def make(self) -> Files:
        """The files, made in any case."""
        return self.begin()[1]()


# From which record a page was made, from what exactly, and the sha256 of what came of it.
Page = tuple[str, str, str]


class Staged(Struct, frozen=True, array_like=True):
    """What is known of a file that was staged."""

    address: str
    sha256: str
    same: bool  # as the old site has it
    links: Links | None = None  # of a page that was made
    lost: bool = False  # whether the page before had parts that it does not have
    made_from: str | None = None
    record: str = ""

    @property
    def page(self) -> Page | None:
        """What is to be known of it by the next build; None where it is made anew."""
        known = self.made_from or self.record
        return (self.record, self.made_from or "", self.sha256) if known else None


class Stage:
    """Where a new site is made, file by file, and where the old one stands.

    ``there`` are the files of the old one, and ``before`` what is known of them.
    """

    def __init__(self, new: Path, old: Path, there: Set[str], before: Mapping[str, Page]) -> None:
        self.new, self.old, self._there, self._before = new, old, there, before
        self._collector = Collector()  # each worker has its own

    def fill(self, batches: Sequence[Batch]) -> list[Staged]:
        """Make every file, on all processors. Raises OSError, and Refused as templates do."""
        efforts = [one.effort for one in batches]
        told = share_out(batches, efforts, self._filled, processors())
        return [one for staged in told for one in msgpack.decode(staged, type=list[Staged])]

    def _filled(self, batch: Batch) -> bytes:
        kept = self._used_again(batch, 0, batch.record)
        if not kept:
            made_from, make = batch.begin()
            kept = self._used_again(batch, 1, made_from) or [
                self.put(to, content, made_from, batch.record) for to, content in make()
            ]
        return msgpack.encode(kept)

    def _used_again(self, batch: Batch, part: int, same: str | None) -> list[Staged]:
        """All its old files, if that part of what is known of each is the same; else none."""
        found = []
        for to in (to for address in batch.addresses for to in self._at(address) if same):
            page = self._before.get(to)
            content = plain(f"{self.old}/{to}") if page and page[part] == same else None
            if page is None or content is None or _hash(content) != page[2]:
                return []
            found.append((to, page, content))
        return [self._kept(to, page, content, batch.record) for to, page, content in found]

    def _at(self, address: str) -> Iterable[str]:
        if not address.endswith("/"):
            return (address,)
        return (to for to in self._before if to.startswith(address))

    def _kept(self, address: str, page: Page, content: bytes, record: str) -> Staged:
        """The old file, with the content that it has."""
        if not _linked(f"{self.old}/{address}", f"{self.new}/{address}"):
            _written(f"{self.new}/{address}", content)
        return Staged(address, page[2], same=True, made_from=page[1], record=record)

    def put(
        self, address: str, content: bytes, made_from: str | None = None, record: str = ""
    ) -> Staged:
        """One file: the old one, linked, if that has the same bytes."""
        old, new = f"{self.old}/{address}", f"{self.new}/{address}"
        before = plain(old) if address in self._there else None
        same = before == content
        if not (same and _linked(old, new)):
            _written(new, content)
        links, lost = None, False
        if address.endswith(".html"):
            links = self._collector.links_of(address, content)
            lost = not same and bool(before) and bool(ids_of(before) - set(links.ids.split()))
        return Staged(address, _hash(content), same, links, lost, made_from, record)


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()


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

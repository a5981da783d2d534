"""Answers remembered by the hash of the question.

Memory is a pure function of content: an answer is looked up by what it was made from and by
what made it, so a rebuild is byte-identical to a clean build by construction. There is a file
for each kind of answer, and it ends with the hash of the rest: damaged memory is no memory.
"""

from __future__ import annotations

import mmap
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, cast

import msgspec

from digest import __version__
from digest.workers import Answer, processors, share_out

FOLDER = ".digest"
Answers = dict[str, msgspec.Raw]  # JSON, by the hash of the question
Pages = dict[str, tuple[str, str, str]]  # by address
_PAGES = "pages.json"
_DIGITS = 64  # of a hash, after the JSON
T = TypeVar("T")
Work = Callable[[list[int]], Sequence[Answer]]  # by the numbers of questions, answers as JSON


class Question(msgspec.Struct, frozen=True):
    """Something to be worked out, and by what it is remembered."""

    made_from: tuple[str | bytes, ...]  # all that the answer depends on
    work: Callable[[], object]  # gives an answer that JSON can hold, and touches nothing
    effort: int  # about so many µs

    @property
    def key(self) -> str:
        """What its answer is remembered by."""
        return key(*self.made_from)


def key(*made_from: str | bytes) -> str:
    """The hash of all that an answer depends on, and of the program."""
    hashed = sha256(program().encode())
    for part in made_from:
        content = part.encode() if isinstance(part, str) else part
        hashed.update(b"%d\0%b" % (len(content), content))
    return hashed.hexdigest()


class Memo:
    """What earlier builds have worked out, in ``folder``; None remembers nothing."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self.processors = processors()  # that may be at work for whoever has this memory

    def recall(self, kind: str, questions: Sequence[Question], answer: type[T]) -> list[T]:
        """The answer to each question: remembered, or worked out now by all processors."""

        def work(new: list[int]) -> Sequence[Answer]:
            tasks = [questions[number] for number in new]
            # Pages are made in copies of this process: what is left of work would be in each.
            efforts = [question.effort for question in tasks]
            return share_out(tasks, efforts, _worked_out, self.processors, away=True)

        return self.recall_together(kind, [one.key for one in questions], work, answer)

    def recall_together(
        self, kind: str, keys: Sequence[str], work: Work, answer: type[T]
    ) -> list[T]:
        """The answers to questions that are answered together, by their keys.

        What was asked this time is written down, and what was not is forgotten.
        """
        known = self._read(f"{kind}.json", Answers) or {}
        new = {key: number for number, key in enumerate(keys) if key not in known}
        found = dict(zip(new, map(msgspec.Raw, work(list(new.values()))), strict=True))
        asked = {key: found.get(key) or known[key] for key in keys}
        if asked.keys() != known.keys():
            self._write(f"{kind}.json", _as_json(asked))
        decode = msgspec.json.Decoder(answer).decode
        return [decode(asked[key]) for key in keys]

    def pause(self) -> None:
        """Called by long work between two steps: it may have to wait."""

    def pages(self) -> Pages:
        """What each page of the site before was made from, and its sha256."""
        return self._read(_PAGES, Pages) or {}

    def keep(self, pages: Pages) -> None:
        """Remember the pages of the site that was published."""
        self._write(_PAGES, [msgspec.json.encode(pages)])

    def _read(self, name: str, kind: type[T]) -> T | None:
        return read(self._folder / name, kind) if self._folder else None

    def _write(self, name: str, json: Iterable[bytes | msgspec.Raw]) -> None:
        if self._folder:
            write(self._folder / name, json)


class Interrupted(Exception):
    """Something else is more urgent; every answer that was found so far is remembered."""


class Lasting(Memo):
    """What one process has worked out and asks again: kept as it is, and never written down.

    It may have threads, and then must not be forked.
    """

    def __init__(self) -> None:
        super().__init__()
        self.processors = 1
        self.interrupted: Callable[[], bool] = lambda: False  # asked before each step
        self._kept: dict[str, dict[str, object]] = {}

    def recall(self, kind: str, questions: Sequence[Question], answer: type[T]) -> list[T]:
        """The answer to each question: as it was when it was last asked, or new.

        Raises Interrupted where that is asked for and something has to be worked out.
        """
        known = self._kept.setdefault(kind, {})
        keys = [question.key for question in questions]
        for key, question in zip(keys, questions, strict=True):
            if key not in known:
                self.pause()
                known[key] = question.work()
        self._kept[kind] = {key: known[key] for key in keys}
        return [cast("T", known[key]) for key in keys]

    def pause(self) -> None:
        """Raises Interrupted where that is asked for: the work is begun again later."""
        if self.interrupted():
            raise Interrupted


def _as_json(answers: Answers) -> Iterator[bytes | msgspec.Raw]:
    """Piece by piece: together they are as large as all that was read."""
    between = b"{"
    for key, answer in answers.items():
        yield b'%b"%b":' % (between, key.encode())
        yield answer
        between = b","
    yield b"}" if answers else b"{}"


def _worked_out(question: Question) -> bytes:
    return msgspec.json.encode(question.work())


@cache
def program() -> str:
    """The hash of all that is at work: the interpreter, every package, each file of our own."""
    return sha256("\0".join([sys.version, __version__, *sorted(_at_work())]).encode()).hexdigest()


def _at_work() -> Iterator[str]:
    for folder in sys.path:
        if folder.endswith("-packages"):
            yield from (name for name in os.listdir(folder) if name.endswith(".dist-info"))
    # Whoever edits the program sees it at work at once.
    for top, _, names in os.walk(Path(__file__).parent):
        for name in (name for name in names if name.endswith(".py")):
            status = os.stat(os.path.join(top, name))
            yield f"{top}/{name} {status.st_size} {status.st_mtime_ns}"


def read(path: Path, kind: type[T]) -> T | None:
    """What was written down there; None, if it is damaged, a link or a pipe."""
    try:
        if path.parent.is_symlink() or path.is_symlink() or not path.is_file():
            return None
        content = _held(path)
        told, written = content[:-_DIGITS], content[-_DIGITS:]
        if sha256(told).hexdigest().encode() != written:
            return None
        return msgspec.json.decode(told, type=kind)
    except (OSError, ValueError):
        return None


def _held(path: Path) -> memoryview:
    """A file, in memory that the system has back when it is no longer needed."""
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        held = memoryview(mmap.mmap(-1, size))  # ValueError of an empty one
        return held[: file.readinto(held)]


def write(path: Path, json: Iterable[bytes | msgspec.Raw]) -> None:
    """Write something down whole, or not at all; never through a link."""
    if path.parent.is_symlink():
        return
    new = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # a folder that cannot be written is only a slower one
        path.parent.mkdir(exist_ok=True)
        for left in path.parent.glob("*.[0-9]*"):
            left.unlink()  # by a build that was killed; one at work only forgets
        try:
            hashed = sha256()
            with open(new, "wb") as file:
                for piece in json:
                    hashed.update(piece)
                    file.write(piece)
                file.write(hashed.hexdigest().encode())
            os.replace(new, path)
        finally:
            new.unlink(missing_ok=True)

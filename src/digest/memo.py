"""Answers remembered by the hash of the question.

Memory is a pure function of content: an answer is looked up by what it was made from and by
what made it, so a rebuild is byte-identical to a clean build by construction.
The file begins with the hash of the rest: damaged memory is no memory.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from digest import __version__

FILE = ".digest/memory.json"


class Memo:
    """What earlier builds under one root have worked out; ``path`` None remembers nothing."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._before = read(path) if path else {}
        self._asked: dict[str, str] = {}

    def recall(self, kind: str, question: str, answer: Callable[[str], str]) -> str:
        """The remembered answer to ``question``, or a new one."""
        key = sha256(f"{program()}\0{kind}\0{question}".encode()).hexdigest()
        if key not in self._asked:
            self._asked[key] = self._before.get(key) or answer(question)
        return self._asked[key]

    def keep(self) -> None:
        """Write down what this build asked, and forget what it did not."""
        if self.path and self._asked != self._before:
            write(self.path, self._asked)


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


def read(path: Path) -> dict[str, str]:
    """What was written down there; nothing, if it is damaged, a link or a pipe."""
    try:
        if path.parent.is_symlink() or path.is_symlink() or not path.is_file():
            return {}
        written, _, text = path.read_text(encoding="utf-8").partition("\n")
        if sha256(text.encode()).hexdigest() != written:
            return {}
        remembered = json.loads(text)
        return remembered if isinstance(remembered, dict) else {}
    except (OSError, ValueError, RecursionError):
        return {}


def write(path: Path, answers: dict[str, str]) -> None:
    """Write answers down whole, or not at all; never through a link."""
    if path.parent.is_symlink():
        return
    text = json.dumps(answers, sort_keys=True)
    new = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # a folder that cannot be written is only a slower one
        path.parent.mkdir(exist_ok=True)
        for left in path.parent.glob(f"{path.stem}.[0-9]*"):
            left.unlink()  # by a build that was killed; one at work only forgets
        try:
            new.write_text(sha256(text.encode()).hexdigest() + "\n" + text, encoding="utf-8")
            os.replace(new, path)
        finally:
            new.unlink(missing_ok=True)

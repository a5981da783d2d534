"""Answers remembered by the hash of the question.

Memory is a pure function of content: an answer is looked up by what it was made from and by
the version of the program, so a rebuild is byte-identical to a clean build by construction.
The file begins with the hash of the rest: damaged memory is no memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
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
        key = sha256(f"{__version__}\0{kind}\0{question}".encode()).hexdigest()
        if key not in self._asked:
            self._asked[key] = self._before.get(key) or answer(question)
        return self._asked[key]

    def keep(self) -> None:
        """Write down what this build asked, and forget what it did not."""
        if self.path and self._asked != self._before:
            write(self.path, self._asked)


def read(path: Path) -> dict[str, str]:
    """What was written down there; nothing, if it is damaged, a link or a pipe."""
    if path.parent.is_symlink() or path.is_symlink() or not path.is_file():
        return {}
    try:
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
    try:
        path.parent.mkdir(exist_ok=True)
        new.write_text(sha256(text.encode()).hexdigest() + "\n" + text, encoding="utf-8")
        os.replace(new, path)
    except OSError:  # a folder that cannot be written is only a slower one
        with suppress(OSError):
            new.unlink()

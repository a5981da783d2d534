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
        if path and path.parent.is_symlink():
            path = None  # nothing is written through a link
        self.path = path
        self._before = _read(path) if path else {}
        self._asked: dict[str, str] = {}

    def recall(self, kind: str, question: str, answer: Callable[[str], str]) -> str:
        """The remembered answer to ``question``, or a new one."""
        key = sha256(f"{__version__}\0{kind}\0{question}".encode()).hexdigest()
        if key not in self._asked:
            self._asked[key] = self._before.get(key) or answer(question)
        return self._asked[key]

    def keep(self) -> None:
        """Write down what this build asked, and forget what it did not."""
        if self.path is None or self._asked == self._before:
            return
        text = json.dumps(self._asked, sort_keys=True)
        new = self.path.with_suffix(f".{os.getpid()}")
        try:
            self.path.parent.mkdir(exist_ok=True)
            new.write_text(sha256(text.encode()).hexdigest() + "\n" + text, encoding="utf-8")
            os.replace(new, self.path)
        except OSError:  # a folder that cannot be written is only a slower one
            with suppress(OSError):
                new.unlink()


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():  # a pipe would be waited for
        return {}
    try:
        written, _, text = path.read_text(encoding="utf-8").partition("\n")
        if sha256(text.encode()).hexdigest() != written:
            return {}
        remembered = json.loads(text)
        return remembered if isinstance(remembered, dict) else {}
    except (OSError, ValueError, RecursionError):
        return {}

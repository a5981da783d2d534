"""A copy of the real digest to work in, and the commands as a curator types them."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import digest as commands

ARTICLES = Path(__file__).parent / "articles"
Typed = Callable[..., Result]


@pytest.fixture
def desk(root, tmp_path) -> Path:
    """The real digest's folder, to be changed at will."""
    folder = tmp_path / "desk"
    for part in ("data", "seeds"):
        shutil.copytree(root / part, folder / part)
    return folder


@pytest.fixture
def typed(desk, monkeypatch) -> Typed:
    """Runs one line as typed in the digest's folder; no traceback is ever let through."""
    monkeypatch.chdir(desk)

    def run(line: str, given: bytes | None = None) -> Result:
        words = shlex.split(line)
        assert words.pop(0) == "digest"
        ended = CliRunner().invoke(commands, words, input=given)
        assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
        return ended

    return run


def printed_commands(output: str) -> list[str]:
    """The lines that a command printed to be typed next."""
    return [line.strip() for line in output.splitlines() if line.startswith("  digest ")]

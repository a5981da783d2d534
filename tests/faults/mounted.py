"""Small file systems of our own to fill, to write-protect and to cut the power of."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(device: object, folder: Path, *options: object) -> Iterator[Path]:
    """A file system at ``folder`` while the block lasts; skips the test where none may be."""
    if os.geteuid():
        pytest.skip("only root may mount a file system")
    folder.mkdir(exist_ok=True)
    ended = _run("mount", *options, device, folder)
    if ended.returncode:
        pytest.skip(f"this machine does not mount it: {ended.stderr.strip()}")
    try:
        yield folder
    finally:
        ended = _run("umount", folder)
        assert ended.returncode == 0, ended.stderr


@contextmanager
def small_disk(folder: Path, size: str, *options: str) -> Iterator[Path]:
    """A file system in memory of a ``size`` such as ``32m``."""
    with mounted(
        "tmpfs", folder, "-t", "tmpfs", "-o", ",".join([f"size={size}", *options])
    ) as disk:
        yield disk


class Image:
    """A disk in one file: what the file holds is what a power cut would leave."""

    def __init__(self, path: Path, *make: object) -> None:
        self.path = path
        with path.open("wb") as file:
            file.truncate(48 << 20)
        if make:
            ended = _run(*make, path)
            assert ended.returncode == 0, ended.stderr

    def copy(self, path: Path) -> Image:
        """The disk as it is at this moment, without what the system still keeps in memory."""
        other = Image(path)
        assert _run("cp", "--sparse=always", self.path, path).returncode == 0
        return other

    @contextmanager
    def mounted(self, folder: Path, *options: str) -> Iterator[Path]:
        """Its files, while the block lasts."""
        with mounted(self.path, folder, "-o", ",".join(["loop", *options])) as disk:
            yield disk


def _run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, words)], capture_output=True, text=True, check=False)

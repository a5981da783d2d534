"""The preview as a curator starts it: a process of its own, spoken to with raw sockets."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest


class Reply(NamedTuple):
    """An answer: its status, its head in small letters, its body."""

    status: int
    head: str
    body: bytes


class Preview(NamedTuple):
    """A running preview: its folder, port and process."""

    root: Path
    port: int
    process: subprocess.Popen[str]

    def raw(self, sent: bytes, name: str = "127.0.0.1") -> Reply:
        """What comes back for these bytes, until the connection ends."""
        with socket.create_connection((name, self.port), timeout=60) as line:
            # Refused before all was said: the answer is there to be read.
            with suppress(BrokenPipeError, ConnectionResetError):
                line.sendall(sent)
            return reply(line)

    def get(self, target: str, *headers: str, method: str = "GET", host: str = "") -> Reply:
        """An answer to one request of the usual form."""
        own = [f"Host: {host or f'127.0.0.1:{self.port}'}", "Connection: close", *headers]
        return self.raw("\r\n".join([f"{method} {target} HTTP/1.1", *own, "", ""]).encode())

    def until(self, target: str, holds: Callable[[Reply], bool], seconds: int = 10) -> Reply:
        """Ask until an answer is as it should be; fails after so many seconds."""
        latest = time.monotonic() + seconds
        while not holds(found := self.get(target)):
            assert time.monotonic() < latest, found
            time.sleep(0.05)
        return found

    def listen(self) -> socket.socket:
        """A line on which the preview says that the folder has changed."""
        page = self.get("/").body.decode()
        stamp = page.partition('data-stamp="')[2].partition('"')[0]
        line = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        asked = f"GET /__digest/events?{stamp} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n"
        line.sendall(asked.encode())
        return line


def reply(line: socket.socket) -> Reply:
    """All that a connection still says."""
    parts = []
    try:
        while part := line.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    first = head.split(b" ", 2)
    return Reply(int(first[1]) if len(first) > 1 else 0, head.decode().lower(), body)


@contextmanager
def started(root: Path, *options: str) -> Iterator[Preview]:
    """``digest serve`` on a folder, until the block ends."""
    command = [sys.executable, "-m", "digest", "serve", "--root", str(root), *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout
        address = process.stdout.readline()
        yield Preview(root, int(address.strip().rstrip("/").rpartition(":")[2]), process)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def shown(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the record as it ships, which no test changes."""
    with started(_copied(root, tmp_path_factory.mktemp("shown"))) as preview:
        yield preview


@pytest.fixture
def edited(root: Path, tmp_path: Path) -> Iterator[Preview]:
    """A preview of a copy that a test may change."""
    with started(_copied(root, tmp_path)) as preview:
        yield preview


def _copied(root: Path, folder: Path) -> Path:
    for part in ("data", "seeds"):
        shutil.copytree(root / part, folder / part)
    return folder

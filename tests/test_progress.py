"""What a terminal shows while long work lasts, and what nobody sees elsewhere."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from digest.cli.progress import waiting


@pytest.fixture
def terminal():
    """Both ends of a terminal: what a program writes to, and what is seen."""
    seen, written = os.openpty()
    with os.fdopen(written, "w", encoding="utf-8") as shown_on:
        yield shown_on, seen
    os.close(seen)


def test_a_terminal_shows_the_seconds_and_the_line_is_wiped(terminal):
    shown_on, seen = terminal
    told = b""
    with waiting("building", shown_on, every=0.001):
        while "building … 2 s".encode() not in told:  # the work lasts until it was seen
            told += os.read(seen, 1000)
    told += os.read(seen, 10_000)
    assert told.startswith("\rbuilding … 1 s\rbuilding … 2 s".encode())
    last = told.decode().rstrip(" \r")
    assert told.decode()[len(last) :] == "\r" + " " * len(last.rpartition("\r")[2]) + "\r"
    assert b"\x1b" not in told


def test_the_line_is_wiped_when_the_work_fails(terminal):
    shown_on, seen = terminal

    def fail() -> None:
        with waiting("checking", shown_on, every=0.001):
            while b"1 s" not in os.read(seen, 1000):
                pass
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert os.read(seen, 10_000).endswith(b" \r")


def test_who_interrupts_is_heard_by_the_one_that_works_and_not_by_what_shows_the_time(terminal):
    """Else work that has to wait for the end of a step would be interrupted on a terminal."""
    shown_on, _ = terminal
    before = set(Path("/proc/self/task").iterdir())
    with waiting("building", shown_on):
        [shows] = set(Path("/proc/self/task").iterdir()) - before
        blocked = re.search(r"^SigBlk:\s*(\w+)$", (shows / "status").read_text(), re.MULTILINE)
        ours = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    for sign in (signal.SIGINT, signal.SIGTERM):
        assert int(blocked[1], 16) >> (sign - 1) & 1
        assert sign not in ours


def test_nothing_is_written_where_it_is_no_terminal():
    file = io.StringIO()
    with waiting("building", file, every=0.0):
        pass
    assert file.getvalue() == ""


@pytest.mark.parametrize("environment", [{}, {"FORCE_COLOR": "1"}])
def test_findings_are_plain_on_a_terminal_where_no_color_is_set(root, terminal, environment):
    shown_on, seen = terminal
    subprocess.run(
        [sys.executable, "-m", "digest", "check", "--root", root / "tests/broken"],
        env={**os.environ, **environment, "TERM": "xterm-256color", "NO_COLOR": "1"},
        stdout=shown_on,
        stderr=shown_on,
        check=False,
    )
    told = os.read(seen, 100_000)
    assert b"error[" in told
    assert b"\x1b" not in told

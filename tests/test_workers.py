"""Work that is shared out: the same answers with however few processes there are."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from digest.build import build, check
from digest.diagnostics import Diagnostic, Place, Refused
from digest.model.options import Options
from digest.workers import done_away, share_out

TASKS = list(range(100))
LONG = [10_000] * 100  # µs, as if


def work(number: int) -> bytes:
    return str(number * number).encode()


def asked(away: bool) -> list[bytes]:
    return [bytes(answer) for answer in share_out(TASKS, LONG, work, 3, away)]


@pytest.mark.parametrize("away", [False, True])
@pytest.mark.parametrize("had", [0, 1, 2, 3])
@pytest.mark.parametrize("call", ["fork", "memfd_create"])
def test_where_no_more_processes_are_to_be_had_fewer_do_the_work(monkeypatch, call, had, away):
    """Only the call that the system refuses is put on: to root it never refuses a process."""
    does, left = getattr(os, call), iter(range(had))

    def refused(*given):
        if next(left, None) is None:
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return does(*given)

    before = set(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(os, call, refused)
    assert asked(away) == [work(number) for number in TASKS]
    assert set(os.listdir("/proc/self/fd")) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.parametrize(
    ("effort", "away", "elsewhere"),
    [(1_000, True, False), (1_000_000, False, False), (1_000_000, True, True)],
)
def test_a_single_task_is_done_by_another_process_only_if_it_is_long_and_to_be_done_away(
    effort, away, elsewhere
):
    [done] = share_out([0], [effort], lambda _: str(os.getpid()).encode(), 2, away)
    assert (bytes(done) != str(os.getpid()).encode()) == elsewhere


def test_of_several_tasks_that_fail_the_first_is_told_whoever_had_it():
    def failing(number: int) -> bytes:
        if number in (37, 38, 61, 90):
            raise OSError(errno.ENOSPC, "No space left", f"file {number}")
        return b""

    for _ in range(10):
        with pytest.raises(OSError, match="file 37"):
            share_out(TASKS, LONG, failing, 3)


@pytest.mark.parametrize("call", ["fork", "memfd_create", None])
def test_work_is_done_beside_this_process_or_in_it_where_no_other_is_to_be_had(monkeypatch, call):
    def refused(*_):
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    before, done = set(os.listdir("/proc/self/fd")), []
    if call:
        monkeypatch.setattr(os, call, refused)
    by = int(bytes(done_away(lambda: str(os.getpid()).encode(), lambda: done.append("here"), 2)))
    assert (by == os.getpid(), done) == ((True, []) if call else (False, ["here"]))
    assert set(os.listdir("/proc/self/fd")) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_stops_work_beside_this_process_is_told_and_what_stops_this_one_ends_the_work():
    def refused() -> bytes:
        raise Refused(Diagnostic(Place("a.txt", 3), "rule", "cannot be"))

    def gone() -> bytes:
        raise FileNotFoundError(errno.ENOENT, "No such file", "a.txt")

    def fails() -> None:
        raise KeyboardInterrupt

    with pytest.raises(Refused, match=r"a\.txt:3:1"):
        done_away(refused, lambda: None, 2)
    with pytest.raises(FileNotFoundError, match=r"a\.txt"):
        done_away(gone, lambda: None, 2)
    with pytest.raises(KeyboardInterrupt):
        done_away(lambda: time.sleep(600) or b"", fails, 2)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_another_process_proved_is_what_this_one_would_have(root, tmp_path, monkeypatch):
    monkeypatch.setattr("digest.memo.processors", lambda: 2)
    built = build(Options(root, tmp_path / "site", cache=False))
    checked = check(Options(root))
    assert built.digest == checked.digest
    assert built.findings == checked.findings


@pytest.mark.parametrize("most", [2, 3])
def test_answers_for_which_a_process_has_no_room_are_worked_out_here(most):
    """As where no file may be larger: the memory that answers stand in counts as one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40, before[1]))
    try:
        assert bytes(done_away(lambda: b"long " * 99, lambda: None, most)) == b"long " * 99
        found = share_out(TASKS, LONG, work, most, away=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handled)
    assert [bytes(answer) for answer in found] == [work(number) for number in TASKS]


BEGINNING = """
import os, signal, sys, time
from digest.workers import done_away

def interrupted():
    raise KeyboardInterrupt

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
os.register_at_fork(after_in_child=lambda: time.sleep(0.3))  # as if Python took so long itself
try:
    done_away(lambda: b"", interrupted, 2)
except KeyboardInterrupt:
    print("interrupted")
"""


def test_a_process_that_is_ended_while_it_begins_ends_without_a_word():
    ended = subprocess.run([sys.executable, "-c", BEGINNING], capture_output=True, timeout=60)
    assert (ended.stdout, ended.stderr) == (b"interrupted\n", b"")

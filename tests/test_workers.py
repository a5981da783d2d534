"""Work that is shared out: the same answers with however few processes there are."""

from __future__ import annotations

import errno
import os

import pytest

from digest.workers import share_out

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


def test_of_several_tasks_that_fail_the_first_is_told_whoever_had_it():
    def failing(number: int) -> bytes:
        if number in (37, 38, 61, 90):
            raise OSError(errno.ENOSPC, "No space left", f"file {number}")
        return b""

    for _ in range(10):
        with pytest.raises(OSError, match="file 37"):
            share_out(TASKS, LONG, failing, 3)

"""Work shared out among the processors, where there is enough of it to pay.

A worker is a fork of this process: it has all that was read so far, so nothing is sent to it,
and only its answers come back, through memory that both see. Where the system has no such calls,
or one processor, everything is done here, with the same answers.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeVar

import msgspec

from digest.diagnostics import Diagnostic, Place, Refused

T = TypeVar("T")
PAYS = 40_000  # µs of work below which forking costs more than another processor brings
_CAN_FORK = hasattr(os, "fork") and hasattr(os, "memfd_create")


class _Share(msgspec.Struct, array_like=True):
    """What a worker has done: its answers in the order of its tasks, or why it was refused."""

    answers: list[bytes]
    refused: list[Diagnostic] = []
    failed: tuple[int, str, str | None] | None = None  # what an OSError said


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if _CAN_FORK else 1


def share_out(
    tasks: Sequence[T], efforts: Sequence[int], work: Callable[[T], bytes], most: int
) -> list[bytes]:
    """The answer to each task, by at most so many processes, this one among them.

    ``efforts`` are about µs. Raises OSError and Refused as ``work`` does.
    """
    count = most if _CAN_FORK and sum(efforts) >= PAYS else 1
    shares = _dealt(efforts, count)
    workers = [_Worker(tasks, share, work) for share in shares[1:]]
    try:
        done = [_done(tasks, shares[0], work), *(one.collected() for one in workers)]
    finally:
        for one in workers:
            one.end()
    for share in done:
        if share.failed:
            raise OSError(*share.failed)
    refused = [finding for share in done for finding in share.refused]
    if refused:
        raise Refused(*refused)
    answers = [b""] * len(tasks)
    for numbers, share in zip(shares, done, strict=True):
        for number, answer in zip(numbers, share.answers, strict=True):
            answers[number] = answer
    return answers


def _dealt(efforts: Sequence[int], count: int) -> list[range]:
    """The numbers of the tasks in shares of like effort; neighbours, which share work, together."""
    shares: list[range] = []
    begun = spent = 0
    whole = sum(efforts)
    for number, effort in enumerate(efforts):
        spent += effort
        if spent * count >= whole * (len(shares) + 1) or number + 1 == len(efforts):
            shares.append(range(begun, number + 1))
            begun = number + 1
    return shares or [range(0)]


def _done(
    tasks: Sequence[T], share: Sequence[int], work: Callable[[T], bytes], parent: int | None = None
) -> _Share:
    """A share of the work; a worker whose parent is gone stops, for nobody waits for it."""
    answers = []
    for number in share:
        if parent not in (None, os.getppid()):
            os._exit(1)
        try:
            answers.append(work(tasks[number]))
        except Refused as refused:
            return _Share([], list(refused.findings))
        except OSError as error:
            return _Share([], [], (error.errno or 0, str(error.strerror), error.filename))
    return _Share(answers)


class _Worker:
    """A child at work on its share, and the memory that it will answer in."""

    def __init__(
        self, tasks: Sequence[T], share: Sequence[int], work: Callable[[T], bytes]
    ) -> None:
        self.answers, parent = os.memfd_create("answers"), os.getpid()
        self.child = os.fork()
        if not self.child:
            _work(lambda: _done(tasks, share, work, parent), self.answers)

    def collected(self) -> _Share:
        """What it has done, once it has ended."""
        child, self.child = self.child, 0
        if os.waitpid(child, 0)[1]:
            message = "a process that took part in this was ended from outside, or failed"
            hint = "run the command again; is there memory enough?"
            raise Refused(Diagnostic(Place("."), "process-ended", message, (hint,)))
        size = os.fstat(self.answers).st_size
        return msgspec.msgpack.decode(os.pread(self.answers, size, 0), type=_Share)

    def end(self) -> None:
        """No worker outlives the work: one that is still there then is not needed."""
        os.close(self.answers)
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)


def _work(do: Callable[[], _Share], answers: int) -> NoReturn:
    """Do a child's share, and end: nothing of the parent's may end here, no lock, no folder."""
    code = 1
    try:
        with open(answers, "wb") as file:
            file.write(msgspec.msgpack.encode(do()))
        code = 0
    except Exception:  # a fault of ours, by which the parent ends too
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)

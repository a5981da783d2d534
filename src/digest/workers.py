"""Work shared out among the processors, where there is enough of it to pay.

A worker is a fork of this process: it has all that was read so far, so nothing is sent to it,
and only its answers come back, through memory that both see. Where the system has no such calls,
or one processor, everything is done here, with the same answers.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn, TypeVar

import msgspec

from digest.diagnostics import Diagnostic, Place, Refused

T = TypeVar("T")
PAYS = 40_000  # µs of work below which forking costs more than another processor brings
_PARTS = 12  # for each processor: nobody knows beforehand how long a part takes
_NUMBER = 2  # bytes of a part's number
_CAN_FORK = hasattr(os, "fork") and hasattr(os, "memfd_create")


class _Share(msgspec.Struct, array_like=True):
    """What a worker has done: its answers by part of the work, or why one of them failed."""

    answers: dict[int, list[bytes]]
    part: int = 0  # that failed, and after which this worker stopped
    refused: list[Diagnostic] = []
    failed: tuple[int, str, str | None] | None = None  # what an OSError said


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if _CAN_FORK else 1


def share_out(
    tasks: Sequence[T], efforts: Sequence[int], work: Callable[[T], bytes], most: int
) -> list[bytes]:
    """The answer to each task, by at most so many processes, this one among them.

    ``efforts`` are about µs. Raises OSError and Refused as ``work`` does: of all tasks that fail
    the first one is told, whoever had it.
    """
    count = most if _CAN_FORK and sum(efforts) >= PAYS else 1
    parts = _dealt(efforts, count * _PARTS if count > 1 else 1)
    with _numbered(len(parts)) as queue:
        workers = [_Worker(tasks, parts, work, queue) for _ in range(count - 1)]
        try:
            done = [_done(tasks, parts, work, queue), *(one.collected() for one in workers)]
        finally:
            for one in workers:
                one.end()
    wrong = [share for share in done if share.refused or share.failed]
    if wrong:
        first = min(wrong, key=lambda share: share.part)
        raise OSError(*first.failed) if first.failed else Refused(*first.refused)
    answers = {part: of_it for share in done for part, of_it in share.answers.items()}
    return [answer for part in range(len(parts)) for answer in answers[part]]


@contextmanager
def _numbered(count: int) -> Iterator[int]:
    """A pipe that holds the numbers of so many parts: whoever is free takes the next one."""
    queue, numbers = os.pipe()
    try:
        with open(numbers, "wb") as file:
            file.write(b"".join(number.to_bytes(_NUMBER, "big") for number in range(count)))
        yield queue
    finally:
        os.close(queue)


def _dealt(efforts: Sequence[int], count: int) -> list[range]:
    """The tasks in parts of like effort; neighbours, which share work, together."""
    parts: list[range] = []
    begun = spent = 0
    whole = sum(efforts)
    for number, effort in enumerate(efforts):
        spent += effort
        if spent * count >= whole * (len(parts) + 1) or number + 1 == len(efforts):
            parts.append(range(begun, number + 1))
            begun = number + 1
    return parts


def _done(
    tasks: Sequence[T],
    parts: Sequence[range],
    work: Callable[[T], bytes],
    queue: int,
    parent: int | None = None,
) -> _Share:
    """Parts of the work, as long as there are any; all before one that fails are somebody's.

    A worker whose parent is gone stops, for nobody waits for it.
    """
    answers: dict[int, list[bytes]] = {}
    while taken := os.read(queue, _NUMBER):
        part = int.from_bytes(taken, "big")
        answers[part] = []
        for number in parts[part]:
            if parent not in (None, os.getppid()):
                os._exit(1)
            try:
                answers[part].append(work(tasks[number]))
            except Refused as refused:
                return _Share({}, part, list(refused.findings))
            except OSError as error:
                return _Share({}, part, [], (error.errno or 0, str(error.strerror), error.filename))
    return _Share(answers)


class _Worker:
    """A child at work beside its parent, and the memory that it will answer in."""

    def __init__(
        self, tasks: Sequence[T], parts: Sequence[range], work: Callable[[T], bytes], queue: int
    ) -> None:
        self.answers, parent = os.memfd_create("answers"), os.getpid()
        self.child = os.fork()
        if not self.child:
            _work(lambda: _done(tasks, parts, work, queue, parent), self.answers)

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

"""Work shared out among the processors, where there is enough of it to pay.

A worker is a fork of this process: it has all that was read so far, so nothing is sent to it,
and only its answers come back, through memory that both see. Where the system has no such calls,
or one processor, everything is done here, with the same answers.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NoReturn, TypeVar

import msgspec

from digest.diagnostics import Diagnostic, Place, Refused
from digest.endings import disturbed, undisturbed

T = TypeVar("T")
Answer = bytes | memoryview
_Answers = dict[int, list[Answer]]  # by part of the work
PAYS = 40_000  # µs of work below which forking costs more than another processor brings
_LONG = 300_000  # µs of work from which on it is worth another process that it is done away
_PARTS = 12  # for each processor: nobody knows beforehand how long a part takes
_NUMBER = 2  # bytes of a part's number
_TAIL = 8  # bytes of the length of what is told of answers, behind them
_NO_ROOM = 28  # a child's exit code
_MOST = 8  # processors: each holds a part of the memory again
_CAN_FORK = hasattr(os, "fork") and hasattr(os, "memfd_create")


class _Share(msgspec.Struct, array_like=True):
    """What a process has done: how long its answers are, part by part, or why one failed."""

    lengths: dict[int, list[int]]
    part: int = 0  # that failed, and after which this process stopped
    refused: list[Diagnostic] = []
    failed: tuple[int, str, bytes | None] | None = None  # what an OSError said


class _Failed(Exception):
    """A part cannot be done."""

    def __init__(self, part: int, why: Refused | OSError) -> None:
        super().__init__(part, why)
        self.part, self.why = part, why


def processors() -> int:
    """How many processors are put to work."""
    return min(len(os.sched_getaffinity(0)), _MOST) if _CAN_FORK else 1


def share_out(
    tasks: Sequence[T],
    efforts: Sequence[int],
    work: Callable[[T], bytes],
    most: int,
    away: bool = False,
) -> list[Answer]:
    """The answer to each task, by at most so many processes at once, this one among them.

    Where long work is to be done ``away``, this one only waits: what work leaves behind in a
    process, memory in pieces, dies with it. ``efforts`` are about µs.

    Raises OSError and Refused as ``work`` does: of all tasks that fail the first one is told,
    whoever had it.
    """
    effort = sum(efforts)
    pays = _CAN_FORK and most > 1 and effort >= PAYS
    waits = pays and away and effort >= _LONG
    count = min(most, len(tasks)) if pays else 1
    parts = _dealt(efforts, count * _PARTS if count > 1 else 1)
    with _numbered(range(len(parts))) as queue:
        workers: list[_Worker] = []
        try:
            for _ in range(count - 1 + waits):
                with suppress(OSError):  # no more processes to be had: fewer do as well
                    workers.append(_Worker(tasks, parts, work, queue))
            done = [] if waits and workers else [_kept(_done(tasks, parts, work, queue))]
            done += [one.collected() for one in workers]
        finally:
            for one in workers:
                one.end()
    return _in_order(done, tasks, parts, work)


def done_away(work: Callable[[], bytes], meanwhile: Callable[[], object], most: int) -> Answer:
    """The answer to work that another process does, while this one does something else.

    Where there may be only one process, the work is done here. If this one is killed, the other
    ends its work for nobody. Raises OSError and Refused as ``work`` does.
    """
    tasks, parts = [work], [range(1)]
    with _numbered(range(1)) as queue:
        try:
            worker = _Worker(tasks, parts, _do, queue) if most > 1 else None
        except OSError:  # no more processes to be had
            worker = None
        if worker is None:
            return work()
        try:
            meanwhile()
            done = [worker.collected()]
        finally:
            worker.end(signal.SIGTERM)  # it may be writing memory down, and then tidies up
    return _in_order(done, tasks, parts, _do)[0]


def _do(work: Callable[[], bytes]) -> bytes:
    return work()


def _in_order(
    done: Sequence[tuple[_Share, _Answers]],
    tasks: Sequence[T],
    parts: Sequence[range],
    work: Callable[[T], bytes],
) -> list[Answer]:
    """All answers; those for which a worker had no room are worked out here."""
    answers = _answers(done)
    lost = [part for part in range(len(parts)) if part not in answers]
    if lost:
        with _numbered(lost) as queue:
            answers |= _answers([_kept(_done(tasks, parts, work, queue))])
    return [answer for part in range(len(parts)) for answer in answers[part]]


def _answers(done: Sequence[tuple[_Share, _Answers]]) -> _Answers:
    """The answers by part. Raises what the first one says that failed."""
    wrong = [share for share, _ in done if share.refused or share.failed]
    if wrong:
        first = min(wrong, key=lambda share: share.part)
        if first.failed is None:
            raise Refused(*first.refused)
        number, told, named = first.failed
        raise OSError(number, told, os.fsdecode(named) if named else None)
    return {part: of_it for _, those in done for part, of_it in those.items()}


@contextmanager
def _numbered(parts: Iterable[int]) -> Iterator[int]:
    """A pipe that holds the numbers of parts: whoever is free takes the next one."""
    queue, numbers = os.pipe()
    try:
        with open(numbers, "wb") as file:
            file.write(b"".join(number.to_bytes(_NUMBER, "big") for number in parts))
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
) -> Iterator[tuple[int, bytes]]:
    """Answers by part, as long as parts are left; all before one that fails are somebody's.

    A worker whose parent is gone stops, for nobody waits for it. Raises _Failed.
    """
    while taken := os.read(queue, _NUMBER):
        part = int.from_bytes(taken, "big")
        for number in parts[part]:
            if parent not in (None, os.getppid()):
                os._exit(1)
            try:
                answer = work(tasks[number])
            except (Refused, OSError) as why:
                raise _Failed(part, why) from None
            yield part, answer


def _share(done: Iterator[tuple[int, bytes]], keep: Callable[[int, bytes], object]) -> _Share:
    """What there is to tell of answers that are kept one by one."""
    lengths: dict[int, list[int]] = {}
    try:
        for part, answer in done:
            keep(part, answer)
            lengths.setdefault(part, []).append(len(answer))
    except _Failed as failed:
        if isinstance(failed.why, Refused):
            return _Share({}, failed.part, list(failed.why.findings))
        why = failed.why
        of = why.filename
        named = os.fsencode(of) if isinstance(of, str | bytes | os.PathLike) else None
        return _Share({}, failed.part, [], (why.errno or 0, str(why.strerror), named))
    return _Share(lengths)


def _kept(done: Iterator[tuple[int, bytes]]) -> tuple[_Share, _Answers]:
    """Answers of this process, in its memory."""
    answers: _Answers = {}
    share = _share(done, lambda part, answer: answers.setdefault(part, []).append(answer))
    return share, answers


class _Worker:
    """A child at work beside its parent, and the memory that it will answer in."""

    def __init__(
        self, tasks: Sequence[T], parts: Sequence[range], work: Callable[[T], bytes], queue: int
    ) -> None:
        self.answers, parent = os.memfd_create("answers"), os.getpid()
        # What Python itself does in a child that begins cannot be interrupted without a word.
        with undisturbed():
            try:
                self.child = os.fork()
            except OSError:
                os.close(self.answers)
                raise
            if not self.child:
                _work(_done(tasks, parts, work, queue, parent), self.answers)

    def collected(self) -> tuple[_Share, _Answers]:
        """What it has done, once it has ended: its answers stay where they are."""
        status = os.waitpid(self.child, 0)[1]
        self.child = 0
        if os.waitstatus_to_exitcode(status) == _NO_ROOM:
            return _Share({}), {}
        if status:
            message = "a process that took part in this was ended from outside, or failed"
            hint = "run the command again; is there memory enough?"
            raise Refused(Diagnostic(Place("."), "process-ended", message, (hint,)))
        told = memoryview(mmap.mmap(self.answers, 0, prot=mmap.PROT_READ))
        ends = len(told) - _TAIL
        begins = ends - int.from_bytes(told[ends:], "big")
        share = msgspec.msgpack.decode(told[begins:ends], type=_Share)
        answers: _Answers = {}
        at = 0
        for part, lengths in share.lengths.items():
            answers[part] = []
            for length in lengths:
                answers[part].append(told[at : at + length])
                at += length
        return share, answers

    def end(self, by: signal.Signals = signal.SIGKILL) -> None:
        """No worker outlives the work: one that is still there then is not needed."""
        os.close(self.answers)
        if self.child:
            with suppress(ChildProcessError, ProcessLookupError):  # ended at the last moment
                os.kill(self.child, by)
                os.waitpid(self.child, 0)


def _work(done: Iterator[tuple[int, bytes]], answers: int) -> NoReturn:
    """Do a child's share, and end: nothing of the parent's may end here, no lock, no folder.

    The answers are followed by what is told of them, and by how long that is.
    """
    code = 1
    try:
        disturbed()
        with open(answers, "wb") as file:
            share = msgspec.msgpack.encode(_share(done, lambda _, answer: file.write(answer)))
            file.write(share + len(share).to_bytes(_TAIL, "big"))
        code = 0
    except OSError:
        code = _NO_ROOM  # for its answers: whoever waits for them works them out
    except Exception:  # a fault of ours, by which the parent ends too
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)

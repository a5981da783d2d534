"""The calls a program makes to the system: listed, and any one of them made to fail or to kill."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import NamedTuple

from gates.tools import program
from tests.faults.story import Story

# Calls on files by their path, and on what is open.
_OF_FILES = "%file,%desc"
_LINE = re.compile(r"(?:\d+ +)?(?P<kind>[a-z0-9_]+)\((?P<rest>.*)")


class Call(NamedTuple):
    """The ``number``-th call of a kind that a program made, and the line that tells it."""

    kind: str
    number: int
    line: str


def strace() -> str:
    """Where strace is."""
    return program(("strace",), "strace")


def alone() -> tuple[str, ...]:
    """On one processor, where a command is one process: of several each has a first call."""
    processor = str(min(os.sched_getaffinity(0)))
    return program(("taskset",), "util-linux"), "--cpu-list", processor


def calls(story: Story, log: Path) -> list[Call]:
    """Every call on a file that a build makes, in order; the build is carried out."""
    return calls_of(lambda around: story.build(around=around), log)


def calls_of(
    carried_out: Callable[[Sequence[object]], CompletedProcess[str]], log: Path
) -> list[Call]:
    """Every call on a file of a command, which is carried out with a program around it."""
    ended = carried_out((*alone(), strace(), "-f", "-y", "-e", f"trace={_OF_FILES}", "-o", log))
    assert ended.returncode == 0, ended.stderr
    counts: dict[str, int] = {}
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = _LINE.match(line)
        if match and match["kind"] not in ("execve", "exit_group"):
            kind = match["kind"]
            counts[kind] = counts.get(kind, 0) + 1
            found.append(Call(kind, counts[kind], match["rest"]))
    return found


def some(made: list[Call], by_chance: int, seed: int) -> Iterator[Call]:
    """Of every kind the first call, the middle one, the last and some by chance."""
    chance = random.Random(seed)
    for kind in sorted({call.kind for call in made}):
        of_it = [call for call in made if call.kind == kind]
        chosen = {of_it[0], of_it[len(of_it) // 2], of_it[-1]}
        chosen |= {*chance.sample(of_it, min(by_chance, len(of_it)))}
        yield from sorted(chosen)


def at(
    call: Call, what: str, log: object = "/dev/null", helped: bool = False
) -> tuple[object, ...]:
    """The program around a build that does ``what`` at this call: ``signal=…`` or ``error=…``.

    ``helped``: by other processes, each of which makes its own call of that number.
    """
    inject = f"inject={call.kind}:{what}:when={call.number}"
    on = () if helped else alone()
    return (*on, strace(), "-f", "-qq", "-e", f"trace={call.kind}", "-e", inject, "-o", log)

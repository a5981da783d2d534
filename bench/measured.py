"""Whole processes measured: wall and CPU time, and the memory of all of them together."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

_PAUSE = 0.002  # s between two samples of memory
# Bytecode is kept, as for any user: a shell that forbids it would have every run compile anew.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, where, and with which further environment."""

    arguments: list[str]
    folder: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Times:
    """Of one run, from its start to its end: seconds of the clock, and of all its CPUs."""

    wall: float
    cpu: float


def timed(command: Command) -> Times:
    """Run a command to its end."""
    begun = time.perf_counter()
    with _started(command) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    return Times(wall, usage.ru_utime + usage.ru_stime)


def peak(command: Command) -> int | None:
    """The most memory that the command and all it started held at once, in bytes.

    The sum of their proportional set sizes (PSS), so that pages they share count once; sampled,
    which slows them down: such a run is not timed. None where there is no ``/proc``.
    """
    most = 0
    with _started(command) as process:
        while process.poll() is None:
            most = max(most, _held(process.pid))
            time.sleep(_PAUSE)
    return most or None


@contextmanager
def _started(command: Command) -> Iterator[subprocess.Popen[bytes]]:
    """The running command; what it said is shown if it fails."""
    with TemporaryFile() as said:
        process = subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            env={**_ENVIRONMENT, **command.environment},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        yield process
        if process.returncode:
            said.seek(0)
            told = said.read().decode(errors="replace")[-2000:]
            raise SystemExit(
                f"{' '.join(command.arguments)}\nended with {process.returncode}:\n{told}"
            )


def _held(pid: int) -> int:
    """Memory of a process and its descendants; those that have just ended hold none."""
    held = 0
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                held = int(line.split()[1]) * 1024
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            held += sum(_held(int(child)) for child in children.read_text().split())
    return held

"""The real command as a child of its own: what it says, how it ends, and what it costs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

# A small program between: a child begins with the memory of its parent, and pytest's is large.
_BETWEEN = """
import os, sys
child = os.posix_spawn(sys.argv[1], [*sys.argv[1:2], "-m", "digest", *sys.argv[2:]], os.environ)
_, status, used = os.wait4(child, 0)
told = f"{used.ru_utime + used.ru_stime} {used.ru_maxrss // 1024}"
os.write(1, f"\\0{told} {os.waitstatus_to_exitcode(status)}".encode())
"""


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str
    seconds: float  # of the processor, its own and the system's
    megabytes: int  # at most


def digest(*words: object, timeout: float = 60) -> Ended:
    """Run ``python -m digest`` with these words; a command that hangs fails the test."""
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _BETWEEN, sys.executable, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as between:
        try:
            out, err = between.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(between.pid, signal.SIGKILL)
            raise
    out, _, told = out.rpartition(b"\0")
    seconds, megabytes, code = told.split()
    return Ended(int(code), out.decode(), err.decode(), float(seconds), int(megabytes))


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file, folder and link below a folder: when it was written, and what it holds."""
    found = {}
    for path in folder.rglob("*"):
        held = os.readlink(path).encode() if path.is_symlink() else b""
        held = path.read_bytes() if path.is_file() and not path.is_symlink() else held
        found[path.relative_to(folder).as_posix()] = (path.lstat().st_mtime_ns, held)
    return found

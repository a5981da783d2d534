"""Work that may take too long, done by a child that may not.

Programs of others read pages of strangers: whatever a page makes them do, this one goes on.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from typing import NoReturn


def bounded(work: Callable[[], bytes], seconds: int) -> bytes | None:
    """What ``work`` gives; None where it fails, or takes more ``seconds`` of the processor."""
    answers, given = os.pipe()
    child = os.fork()
    if not child:
        os.close(answers)
        _work(work, seconds, given)
    os.close(given)
    try:
        with open(answers, "rb") as file:
            answer = file.read()
    except BaseException:  # an interruption: nobody waits for the child
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        status = os.waitpid(child, 0)[1]
    return None if status else answer


def _work(work: Callable[[], bytes], seconds: int, given: int) -> NoReturn:
    """Do it, and end: nothing of the parent's may end here, no lock and no folder."""
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with open(given, "wb") as file:
            file.write(work())
        code = 0
    finally:
        os._exit(code)

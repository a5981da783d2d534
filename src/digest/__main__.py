"""The command ``digest``, also as ``python -m digest``."""

import gc
import os
import sys


def main() -> None:
    """One command and out.

    Looking for garbage would cost a sixth of a build and find none; taking the interpreter
    apart at the end, object by object, would cost as much again as writing the site.
    """
    gc.disable()
    try:
        open_what_is_closed()
        from digest.cli import run

        code = run()
    except KeyboardInterrupt:
        code = 130
    os._exit(code)


def open_what_is_closed() -> None:
    """Lead a stream that the caller closed to nowhere: a page could be given its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
            setattr(sys, name, open(number, "w", encoding="utf-8"))  # noqa: SIM115


if __name__ == "__main__":
    main()

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
    from digest.cli import run

    code = run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()

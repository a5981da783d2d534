"""The command ``digest``, also as ``python -m digest``."""

import atexit
import gc


def main() -> None:
    """One command and out: looking for garbage would cost a sixth of it, and find none."""
    gc.disable()
    atexit.register(gc.freeze)  # nor is it worth a search on leaving
    from digest.cli import run

    run()


if __name__ == "__main__":
    main()

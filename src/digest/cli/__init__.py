"""Words in, exit code out; the only room that prints."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

import click

from digest.cli.group import digest
from digest.diagnostics import Refused


def run() -> int:
    """The exit code: 0, 1, 2 as a command ends, 130 or 143 when it is interrupted."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        code = _ended()
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError as error:  # nobody reads what is printed, or it cannot be written
        with suppress(OSError):
            os.write(2, f"digest: cannot print: {error.strerror}\n".encode())
        return 1
    return code


def _ended() -> int:
    """The exit code of the command, its last word said."""
    try:
        ended = digest.main(prog_name="digest", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except Refused as refused:
        click.echo(refused, err=True)
        return 1
    except SystemExit as ended_by:
        return ended_by.code if isinstance(ended_by.code, int) else 1
    return ended if isinstance(ended, int) else 0

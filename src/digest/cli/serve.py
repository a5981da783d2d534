"""The command ``digest serve``."""

from __future__ import annotations

import asyncio
import gc
import resource
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.group import ROOT, show

if TYPE_CHECKING:
    from digest.serve.preview import Preview

_FILES = 1024
# Ctrl-C, a polite kill, and the terminal closed.
_ENDINGS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 143}


@click.command()
@ROOT
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Where to listen (default: 8000, or any that is free).",
)
def serve(root: Path, port: int | None) -> None:
    """Show the site as it is being written, on this machine only.

    A page is made when it is asked for, and loads itself again when an article, the record or a
    template changes. What is wrong is laid over the last good page. /desk/ shows each article
    whole, with what is proposed for every quotation in it. Nothing is written.

    \b
    Examples:
      digest serve
      digest serve --root walking-away --port 8080
    """
    if not root.is_dir():
        raise click.BadParameter(f"there is no folder {root}", param_hint="--root")
    from digest.serve.server import PortTaken, listen
    from digest.serve.server import serve as serve_from

    try:
        sockets = listen(port)
    except PortTaken:
        message = f"port {port or 8000} is taken: choose another with --port"
        raise click.ClickException(message) from None
    address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/"
    click.echo(f"{address}\n{address}desk/ is the curator's desk; Ctrl-C ends this")
    gc.enable()  # this command goes on for hours
    _allow_connections()
    raise SystemExit(asyncio.run(_until_told(serve_from(root, sockets, _tell))))


def _allow_connections() -> None:
    """As many open files as a preview may need; some systems give 256 to who does not ask."""
    given, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if most == resource.RLIM_INFINITY else min(_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(given, wanted), most))


async def _until_told(serving: Coroutine[Any, Any, None]) -> int:
    """Serve until a signal; the exit code that a shell expects then."""
    loop = asyncio.get_running_loop()
    told: asyncio.Future[int] = loop.create_future()
    for sign, code in _ENDINGS.items():
        if signal.getsignal(sign) != signal.SIG_IGN:  # as nohup has it
            loop.add_signal_handler(sign, _settle, told, code)
    task = asyncio.ensure_future(serving)
    await asyncio.wait((task, told), return_when=asyncio.FIRST_COMPLETED)
    if not told.done():
        await task
    return told.result()


def _settle(told: asyncio.Future[int], code: int) -> None:
    if not told.done():
        told.set_result(code)


def _tell(preview: Preview) -> None:
    """Print what is wrong with the present state of the folder, or what was proven."""
    if preview.findings:
        show(preview.findings, preview.options.root)
    else:
        click.echo(preview.told, err=True)

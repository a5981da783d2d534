"""The command ``digest serve``."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.group import ROOT
from digest.diagnostics import printable, summary

if TYPE_CHECKING:
    from digest.serve.preview import Preview


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
    asyncio.run(_until_told(serve_from(root, sockets, _tell)))


async def _until_told(serving: Coroutine[Any, Any, None]) -> None:
    """Serve until a signal; ends as the shell expects, and quietly."""
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(serving)
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        raise SystemExit(143) from None


def _tell(preview: Preview) -> None:
    """Print what is wrong with the present state of the folder, or what was proven."""
    for finding in preview.findings:
        click.echo(printable(str(finding)), err=True)
    click.echo(summary(preview.findings) if preview.findings else preview.told, err=True)

"""The site as readers get it: a folder on a disk, or served below a path of some host."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from gates.outcome import Unavailable

ROOT = Path(__file__).parents[1]
PREFIX = "/sub/path/"
_TYPES = {
    "": "application/octet-stream",
    ".bib": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


class Site(NamedTuple):
    """A built site: its folder, and its address with the last slash."""

    folder: Path
    address: str


def on_disk(folder: Path) -> Site:
    """The site as it ships, without a ``base_url``, opened from disk."""
    _build(folder)
    return Site(folder, folder.resolve().as_uri() + "/")


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """The site with the server's address as its ``base_url``, while the server runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}{PREFIX}"
    _build(folder, "--base-url", address.rstrip("/"))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Site(folder, address)
    finally:
        server.shutdown()
        server.server_close()


class Pages(SimpleHTTPRequestHandler):
    """A plain web host: files below PREFIX with their types, and ``404.html`` for the rest."""

    protocol_version = "HTTP/1.1"
    extensions_map = _TYPES

    def translate_path(self, path: str) -> str:
        """Where a path leads on the disk; nowhere outside PREFIX."""
        below = path.startswith(PREFIX)
        return super().translate_path(path.removeprefix(PREFIX[:-1]) if below else "/no such file")

    def list_directory(self, path: Any) -> None:
        """A folder without an index is not there, as on most hosts."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page for an address that is not there."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", self.extensions_map[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the gates print what matters."""


def _build(folder: Path, *more: str) -> None:
    """Build the digest of this repository, as its command line does.

    Raises Unavailable where it does not build; its findings stand on stderr.
    """
    command = [sys.executable, "-m", "digest", "build", "--no-cache", "--out", str(folder), *more]
    if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode:
        raise Unavailable("the site does not build")

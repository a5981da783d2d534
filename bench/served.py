"""From a saved edit to the page that shows it, with ``digest serve``: asked for over and over.

``bench/serve.py`` measures up to the painted page in a browser; this needs none.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from archive import folder, written
from invented import Archive
from rows import Edited

_LONGEST = 600.0  # s
_ASKED = 0.005  # s between two requests
_READS = 1.0  # s that a curator reads before the next edit


def seconds(archive: Archive, root: Path, rounds: int) -> list[float]:
    """From each write of one claim's note to its page."""
    written(folder(archive), root)
    edited = Edited(root, archive)
    command = [sys.executable, "-m", "digest", "serve", "--root", str(root)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert server.stdout
        page = f"{server.stdout.readline().decode().strip()}quotes/{edited.claim}.html"
        _until_shown(page, "see also")
        return [_once(page, edited) for _ in range(rounds)]
    finally:
        server.terminate()
        server.wait()


def _once(page: str, edited: Edited) -> float:
    time.sleep(_READS)
    begun = time.perf_counter()
    _until_shown(page, edited.again())
    return time.perf_counter() - begun


def _until_shown(page: str, words: str) -> None:
    """Ask for the page until it has the words."""
    latest = time.monotonic() + _LONGEST
    while words not in _asked(page):
        if time.monotonic() > latest:
            raise SystemExit(f"{page} does not show “{words}”")
        time.sleep(_ASKED)


def _asked(page: str) -> str:
    try:
        with urlopen(page, timeout=_LONGEST) as answer:
            return str(answer.read().decode())
    except (HTTPError, URLError):  # not proven yet
        return ""

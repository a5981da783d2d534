"""Others' programs: found on the machine, else installed, else loudly missed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from gates.outcome import Unavailable

NODE_MODULES = Path(__file__).parent / "node_modules"


def program(names: Sequence[str], package: str) -> str:
    """The path of the first of ``names`` that is there, after installing ``package`` if need be.

    Raises Unavailable where there is none and it cannot be installed: a gate is never skipped.
    """
    found = _found(names)
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "update", "--quiet"])
        _run(["apt-get", "install", "--yes", "--quiet", package])
        found = _found(names)
    if not found:
        raise Unavailable(f"none of {', '.join(names)} is here; install Debian's {package}")
    return found


def chromium() -> str:
    """Chromium's path: the machine's own, Debian's, or at last the one that Playwright brings."""
    try:
        return program(("chromium", "chromium-browser", "google-chrome"), "chromium")
    except Unavailable as missing:
        _run([sys.executable, "-m", "playwright", "install", "chromium"])
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
        if not Path(path).exists():
            raise missing from None
        return path


def node_package(name: str) -> Path:
    """Where ``npm ci`` put a package. Raises Unavailable where it did not."""
    folder = NODE_MODULES / name
    if not folder.is_dir():
        raise Unavailable(f"{name} is not installed: run `make gates`, or npm ci in gates/")
    return folder


def _found(names: Sequence[str]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _run(command: list[str]) -> None:
    """Run an installer; whether it worked shows in what is there afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, stdout=sys.stderr, check=False)

"""When the folder changes: at once after a pause, and once for a burst."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

_PARTS = ("data", "seeds", "templates")
_SETTLED = 5  # ms without another change
_AGAIN = 500  # ms between two looks whether the folders are still the same ones
_BURST = 0.3  # s: what changes so soon after a change belongs to a burst
_QUIET = 0.15  # s without a change end a burst
_LONGEST = 3.0  # s after which a burst is answered, ended or not


async def changes(root: Path) -> AsyncIterator[None]:
    """Says when something below the parts of ``root`` that a build reads may have changed.

    The first change is told at once, those that follow in a burst (a save that an editor makes
    in steps, a checkout) when they are over: fifty saves in a second are two changes.
    """
    stirred = asyncio.Event()
    watcher = asyncio.create_task(_watch(root, stirred))
    watcher.add_done_callback(lambda _: stirred.set())
    clock = asyncio.get_running_loop().time
    told = clock() - _BURST
    try:
        while True:
            await stirred.wait()
            if clock() - told < _BURST:
                await _over(stirred, clock() + _LONGEST)
            stirred.clear()
            if watcher.done():
                watcher.result()
            yield
            told = clock()
    finally:
        watcher.cancel()


async def _over(stirred: asyncio.Event, latest: float) -> None:
    """Wait for the end of a burst."""
    while asyncio.get_running_loop().time() < latest:
        stirred.clear()
        try:
            await asyncio.wait_for(stirred.wait(), _QUIET)
        except TimeoutError:
            return


async def _watch(root: Path, stirred: asyncio.Event) -> None:
    """Set ``stirred`` at every change; folders that come, go or are exchanged are changes too."""
    while True:
        watched = _folders(root)
        if not watched:
            await asyncio.sleep(_AGAIN / 1000)
        else:
            await _until_exchanged(root, watched, stirred)
        if _folders(root) != watched:
            stirred.set()


async def _until_exchanged(
    root: Path, watched: dict[Path, tuple[int, int]], stirred: asyncio.Event
) -> None:
    """Watch these folders for as long as they are the ones at their paths."""
    begun = True
    try:
        async for found in awatch(
            *watched, step=_SETTLED, debounce=50, rust_timeout=_AGAIN, yield_on_timeout=True
        ):
            if found or begun:  # once without: something may have changed before the watch began
                stirred.set()
            begun = False
            if _folders(root) != watched:
                return
    except Exception:  # gone since, a name it cannot tell, or no watch to be had: look instead
        stirred.set()
        await asyncio.sleep(_AGAIN / 1000)


def _folders(root: Path) -> dict[Path, tuple[int, int]]:
    """The folders to watch, and which ones they are: a new one may have an old one's name."""
    found = {}
    for part in _PARTS:
        try:
            status = (root / part).stat()
        except OSError:
            continue
        if (root / part).is_dir():
            found[root / part] = (status.st_dev, status.st_ino)
    return found

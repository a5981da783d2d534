"""How a build may end: refused, with nothing changed, or well, with pages that do nothing."""

from __future__ import annotations

from pathlib import Path

from tests.faults.inert import active
from tests.faults.measured import digest, everything


def refused(folder: Path, *told: str, within: float = 10) -> str:
    """Build it: nothing changes but the memory, each message stands there, and it costs little."""
    before = everything(folder.parent)
    ended = digest("build", "--root", folder)
    assert ended.code == 1, (ended.out, ended.err)
    for message in told:
        assert message in ended.err, ended.err
    assert "Traceback" not in ended.err
    assert ended.seconds < within, ended.seconds
    assert ended.megabytes < 512
    after = everything(folder.parent)
    assert changed(before, after) == [], changed(before, after)
    return ended.err


def changed(before: dict, after: dict) -> list[str]:
    """What became other, less the memory of builds."""
    paths = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    return [path for path in paths if "/.digest" not in path and path != "digest"]


def passed(folder: Path) -> Path:
    """Build it: it ends well, nothing outside the site changes, and nothing in it would run."""
    before = everything(folder.parent)
    ended = digest("build", "--root", folder)
    assert ended.code == 0, ended.err
    assert ended.seconds < 10
    assert ended.megabytes < 512
    after = everything(folder.parent)
    site = f"{folder.name}/site"
    assert [path for path in changed(before, after) if not path.startswith(site)] == []
    assert active(folder / "site") == [], active(folder / "site")
    return folder / "site"

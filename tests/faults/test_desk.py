"""The commands that write into the record, killed or failing at each kind of their calls."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.calls import at, calls_of, some
from tests.faults.story import contents, digest, small, written

ARTICLE = """ date 2030-01-03 “We will mend it,” Ada Low said on Tuesday. The council met.

“It can wait,” Ben Orr said on Tuesday. The ferries sailed in the morning, and nobody came.
"""
COMMANDS = {
    "add": ("add", "digest/wall.txt", "--id", "wall"),
    "take": ("take", "wall/1"),
    "take what is left": ("take", "wall/2"),
    "dismiss": ("dismiss", "wall/1", "--because", "a motto, said by nobody"),
    "release": ("release", "--on", "2030-02-01"),
}
BEFORE = {"take": ["add"], "take what is left": ["add", "take"], "dismiss": ["add"]}
CHANGING = (
    "openat write fsync fchmod rename renameat renameat2 unlink unlinkat mkdir mkdirat".split()
)


class Desk(NamedTuple):
    """A digest's folder in which one command is typed, from the same state each time."""

    folder: Path
    command: str
    before: dict[str, bytes]

    def typed(self, command: str, around=()) -> subprocess.CompletedProcess[str]:
        words = (*COMMANDS[command], "--root", self.folder)
        return digest(*words, around=around, cwd=self.folder.parent)

    def again(self, around=()) -> subprocess.CompletedProcess[str]:
        """The command, with the folder as it was before it."""
        for path in contents(self.folder).keys() - self.before.keys():
            (self.folder / path).unlink()
        for path, content in self.before.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_bytes(content)
        return self.typed(self.command, around)

    def whole(self) -> dict[str, bytes]:
        """What stands there, without what is in no place yet."""
        return {path: text for path, text in contents(self.folder).items() if "/." not in path}


@pytest.fixture(params=COMMANDS)
def desk(request, tmp_path) -> Desk:
    folder = small(tmp_path / "digest")
    written(folder, {"wall.txt": ARTICLE})
    made = Desk(folder, request.param, {})
    for command in BEFORE.get(request.param, []):
        assert made.typed(command).returncode == 0, made.typed(command).stderr
    return Desk(folder, request.param, made.whole())


def changing(desk: Desk, tmp_path: Path):
    """The calls to try: of every kind that can change a folder, and only while it does so."""
    desk.again()  # modules that are compiled only once are no part of it
    made = calls_of(desk.again, tmp_path / "log")
    its = [call for call in made if call.kind in CHANGING and str(desk.folder) in call.line]
    return list(some(its, 2, seed=43))


def test_43_a_command_that_is_killed_leaves_whole_files_and_is_ended_by_the_same(desk, tmp_path):
    chosen = changing(desk, tmp_path)
    wanted = desk.whole()
    for call in chosen:
        desk.again(at(call, "signal=KILL"))
        for path, content in desk.whole().items():
            assert content in (desk.before.get(path), wanted.get(path)), (call, path)
        ended = desk.typed(desk.command)
        assert desk.whole() == wanted, (call, ended.stderr)


@pytest.mark.parametrize("error", ["EIO", "ENOSPC", "EACCES"])
def test_43_a_command_whose_call_fails_changes_whole_files_or_none_and_says_so(
    desk, tmp_path, error
):
    chosen = changing(desk, tmp_path)
    wanted = desk.whole()
    for call in chosen:
        ended = desk.again(at(call, f"error={error}"))
        assert "Traceback" not in ended.stderr, (call, ended.stderr)
        assert ended.returncode in (0, 1), (call, ended.stderr)
        assert ended.returncode == 0 or re.search("error\\[|^Error|^digest: ", ended.stderr, re.M)
        found = desk.whole()
        if ended.returncode == 0:
            assert found == wanted, call
        for path, content in found.items():
            assert content in (desk.before.get(path), wanted.get(path)), (call, path)

"""Killed, or two at once: what is there is whole, and the same command ends the work."""

from __future__ import annotations

import shutil
import subprocess
import sys

from tests.desk.conftest import ARTICLES


def started(folder, article):
    line = [sys.executable, "-m", "digest", "add", str(ARTICLES / article), "--root", str(folder)]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def added(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("seeds", "data/proposed")
        for path in (folder / part).glob("*")
        if not path.name.startswith(".") and path.is_file()
    }


def test_an_add_that_is_killed_leaves_whole_files_and_is_ended_by_the_same_command(desk, tmp_path):
    untouched, whole = added(desk), tmp_path / "whole"
    shutil.copytree(desk, whole)
    assert started(whole, "wire.txt").wait() == 0
    for number in range(12):
        folder = tmp_path / f"killed-{number}"
        shutil.copytree(desk, folder)
        killed = started(folder, "wire.txt")
        try:
            killed.wait(timeout=0.05 + number * 0.02)
        except subprocess.TimeoutExpired:
            killed.kill()
            killed.wait()
        assert untouched.items() <= added(folder).items() <= added(whole).items()
        assert started(folder, "wire.txt").wait() == 0
        assert added(folder) == added(whole)


def test_two_articles_added_at_once_both_come_in(desk):
    both = [started(desk, "wire.txt"), started(desk, "letter.md")]
    assert [one.wait() for one in both] == [0, 0]
    assert sorted(path.name[:4] for path in (desk / "seeds").glob("00[56]*")) == ["005_", "006_"]
    assert len(list((desk / "data/proposed").glob("*.yaml"))) == 2

"""A rebuild is what a clean build would be, whatever happened to its memory and its site."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from digest.build import build
from digest.diagnostics import errors
from digest.model.options import Options
from digest.rebuild import Built, as_built
from tests.faults.edits import Curator, harm_memory, harm_site
from tests.faults.story import ROOT, Story, contents, digest, five, small

WALKS, STEPS = 10, 50


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """An invented digest of 300 claims."""
    folder = tmp_path_factory.mktemp("archive") / "digest"
    command = [sys.executable, ROOT / "bench/archive.py", "300", folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture
def one_processor():
    """No worker is forked from this process."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    yield
    os.sched_setaffinity(0, before)


def built(options: Options) -> Built:
    """What the command ``build`` does and says."""
    known = as_built(options)
    if known:
        return known
    outcome = build(options)
    return Built(outcome.findings, outcome.told, outcome.count)


@pytest.mark.parametrize("walk", range(WALKS))
@pytest.mark.usefixtures("one_processor")
def test_80_after_any_edit_a_rebuild_is_byte_for_byte_a_clean_build(archive, tmp_path, walk):
    root = shutil.copytree(archive, tmp_path / "digest")
    curator, chance = Curator(root, walk), random.Random(walk)
    clean, older = tmp_path / "clean", tmp_path / "older"
    done = []
    found: Counter[str] = Counter()
    assert built(Options(root)).count
    for _ in range(STEPS):
        done.append(curator.edit())
        if chance.random() < 0.4:
            done.append(f"memory {harm_memory(root / '.digest', chance, older)}")
        if chance.random() < 0.2:
            done.append(f"site {harm_site(root / 'site', chance)}")
        again = built(Options(root))
        shutil.rmtree(clean, ignore_errors=True)
        anew = build(Options(root, out=clean, cache=False))
        assert again.findings == anew.findings, done
        if errors(anew.findings):
            found["refused"] += 1
            curator.take_back()
            again = built(Options(root))
            done.append("taken back")
            shutil.rmtree(clean, ignore_errors=True)
            anew = build(Options(root, out=clean, cache=False))
        else:
            found["built"] += 1
            curator.good()
        assert (again.findings, again.told, again.count) == (anew.findings, anew.told, anew.count)
        assert contents(root / "site") == contents(clean), done
        if chance.random() < 0.2 and (root / ".digest").is_dir():
            shutil.rmtree(older, ignore_errors=True)
            shutil.copytree(root / ".digest", older)
    print(f"\n{dict(found)} {dict(Counter(done))}")
    assert found["built"] > found["refused"]

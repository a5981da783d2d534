"""The same inputs give the same bytes, wherever and however they are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "digest", *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(root, tmp_path):
    """Another copy of the digest's folder, with a blank and an é in its path."""
    folder = tmp_path / "a digest, copié"
    for part in ("data", "seeds"):
        shutil.copytree(root / part, folder / part)
    return folder


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4000", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "77", "TZ": "Nowhere/Atall", "LC_ALL": "tr_TR.UTF-8"},
    ],
)
def test_folder_hash_seed_time_zone_and_locale_change_no_byte(copy, tmp_path, site, environment):
    built = run("build", "--root", copy, "--out", tmp_path / "built", "--no-cache", **environment)
    assert built.returncode == 0, built.stderr
    assert files(tmp_path / "built") == site


def test_a_rebuild_is_byte_for_byte_a_clean_build(copy, tmp_path, site):
    claims = copy / "data/claims.yaml"
    text = claims.read_text(encoding="utf-8")
    assert run("build", "--root", copy).returncode == 0
    claims.write_text(text.replace("medium: interview", "medium: talk"), encoding="utf-8")
    assert run("build", "--root", copy).returncode == 0
    assert files(copy / "site") != site
    claims.write_text(text, encoding="utf-8")
    assert run("build", "--root", copy).returncode == 0
    assert files(copy / "site") == site


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe", b"0" * 64 + b"\n{}"])
def test_damaged_memory_is_no_memory(copy, site, damage):
    assert run("build", "--root", copy).returncode == 0
    memories = sorted((copy / ".digest").iterdir())
    assert len(memories) > 2
    for memory in memories:
        whole = memory.read_bytes()
        memory.write_bytes(damage or whole.replace(b"the", b"teh").replace(b"59", b"60"))
    assert run("build", "--root", copy).returncode == 0
    assert files(copy / "site") == site
    assert b"59 quoted stretches" in (copy / ".digest/built.json").read_bytes()


def test_a_site_that_was_tampered_with_is_built_anew(copy, site):
    first = run("build", "--root", copy)
    for change in (
        lambda: (copy / "site/index.html").write_text("something else"),
        lambda: (copy / "site/style.css").unlink(),
        lambda: shutil.rmtree(copy / "site"),
    ):
        change()
        assert run("build", "--root", copy).stdout == first.stdout
        assert files(copy / "site") == site


def test_a_build_that_finds_nothing_changed_says_what_the_first_one_said(copy, site):
    (copy / "seeds/005_new.txt").write_text("She said: “Not yet.”\n")
    first = run("build", "--root", copy)
    times = {path: path.stat().st_mtime_ns for path in (copy / "site").rglob("*")}
    again = run("build", "--root", copy)
    assert (again.stdout, again.stderr) == (first.stdout, first.stderr)
    assert "is not yet curated" in again.stderr
    assert {path: path.stat().st_mtime_ns for path in (copy / "site").rglob("*")} == times


SEEDS = {
    "000_f1ea0134da60f433.txt": "052355cc661554c5f7b93883c4f77659315499129a945fec46e1f64d842f4042",
    "001_bca4b0d82c1e0203.txt": "ca4e0117a6dc76d942129785eee883fe4d21d72494921394658ef78d5539ff34",
    "002_ae83f8d0f36d95d9.txt": "b71d142d32a3dd5e1dc6d71601018dd3b5b6c372f7776d000351e42fcf7b3cc3",
    "003_3c540699d1e092a6.txt": "87065cf814efb3bee5bb5fe1a810c34589a85bd6198b57be35736a85b9139120",
    "004_16b3e46e4f50e900.txt": "00e2d45f7221e6580c1c9351a439fa1721501a97048a5abe915d003b08bc652c",
}


def test_no_byte_of_an_article_was_ever_edited(root):
    found = {path.name: path.read_bytes() for path in (root / "seeds").glob("*.txt")}
    assert {name: sha256(content).hexdigest() for name, content in found.items()} == SEEDS

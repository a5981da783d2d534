"""What make installs is known by its hash: the locks have one for each file, and make insists."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple
from zipfile import ZipFile

import pytest

LOCKS = ("run", "test", "gates")  # each holds the one before
PIN = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.]+)( ; [a-z_]+ [<>=!]+ '[\w.]+')?"
    r"(?P<hashes>( --hash=sha256:[0-9a-f]{64})+)"
)


class Pin(NamedTuple):
    """One release that may be installed, and the files of it by their hashes."""

    version: str
    hashes: frozenset[str]


@pytest.fixture(scope="module")
def locks(root):
    """The pins of each lock by the names of the packages; a name may have one for each marker."""
    return {lock: pins((root / f"locked/{lock}.txt").read_text("ascii")) for lock in LOCKS}


def pins(text: str) -> dict[str, list[Pin]]:
    """Every line of a lock is a pin or one of its hashes; anything else fails."""
    found: dict[str, list[Pin]] = {}
    for entry in text.replace(" \\\n    ", " ").splitlines():
        read = PIN.fullmatch(entry)
        assert read, entry
        pin = Pin(read["version"], frozenset(read["hashes"].split()))
        found.setdefault(read["name"], []).append(pin)
    return found


def name_of(package: str) -> str:
    """As the index knows it."""
    return re.sub(r"[-_.]+", "-", package).lower()


def asked(root, *where: str) -> dict[str, str]:
    """The packages that pyproject.toml asks for, with their versions."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    for key in where:
        project = project[key]
    return {name_of(one): version for one, version in (pin.split("==") for pin in project)}


def test_every_line_of_a_lock_is_one_release_with_the_hashes_of_its_files_and_no_address(locks):
    assert all(len(found) > 15 for found in locks.values())


@pytest.mark.parametrize(
    ("lock", "where"),
    [
        ("run", ["build-system", "requires"]),
        ("run", ["dependency-groups", "build"]),
        ("run", ["project", "dependencies"]),
        ("test", ["project", "optional-dependencies", "html"]),
        ("test", ["project", "optional-dependencies", "test"]),
        ("gates", ["project", "optional-dependencies", "gates"]),
    ],
)
def test_what_the_project_asks_for_is_locked_in_that_very_version(root, locks, lock, where):
    wanted = asked(root, *where)
    assert wanted
    assert {name: [pin.version for pin in locks[lock].get(name, [])] for name in wanted} == {
        name: [version] for name, version in wanted.items()
    }


def test_the_locks_agree_and_each_holds_the_one_before(locks):
    for smaller, larger in pairwise(LOCKS):
        assert {name: locks[larger].get(name) for name in locks[smaller]} == locks[smaller]
        assert len(locks[smaller]) < len(locks[larger])


def test_a_release_with_machine_code_is_locked_for_every_system_and_python(locks):
    for name in ("msgspec", "markupsafe", "pyyaml", "rapidfuzz", "watchfiles"):
        # Linux, macOS and Windows, on two kinds of processor, for at least three Pythons.
        assert len(locks["run"][name][0].hashes) > 3 * 2 * 3


@pytest.fixture
def clone(root, tmp_path):
    """The Makefile with a lock of one small package, which lies beside it and not on an index."""
    folder = tmp_path / "clone"
    (folder / "locked").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(root / name, folder)
    with ZipFile(folder / "gull-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("gull.py", "")
        about = "gull-1.0.dist-info"
        wheel.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: gull\nVersion: 1.0\n")
        tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(f"{about}/WHEEL", tags)
        wheel.writestr(f"{about}/RECORD", "")
    return folder


def made(clone, line: str) -> subprocess.CompletedProcess[str]:
    """What make says to a lock of one line; it finds nothing but what lies beside it."""
    (clone / "locked/run.txt").write_text(f"{line}\n")
    environment = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(clone)}
    command = ["make", ".venv/installed", f"PYTHON={sys.executable}"]
    return subprocess.run(
        command, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )


def test_make_refuses_a_file_whose_hash_is_another_and_one_that_has_none(clone):
    digest = sha256((clone / "gull-1.0-py3-none-any.whl").read_bytes()).hexdigest()
    wrong = f"gull==1.0 --hash=sha256:{'0' if digest[0] != '0' else '1'}{digest[1:]}"
    for line, told in (
        (wrong, "DO NOT MATCH THE HASHES"),
        ("gull==1.0", "Hashes are required"),
        (f"gull --hash=sha256:{digest}", "pinned with =="),
    ):
        refused = made(clone, line)
        assert refused.returncode != 0
        assert told in refused.stderr
        assert list(clone.glob(".venv/lib/*/site-packages/gull.py")) == []
        assert not (clone / ".venv/installed").exists()
    made(clone, f"gull==1.0 --hash=sha256:{digest}")
    assert len(list(clone.glob(".venv/lib/*/site-packages/gull.py"))) == 1


def test_every_package_of_node_has_its_hash_and_no_address(root):
    for lock in (root / "gates/package-lock.json", root / "bench/node/package-lock.json"):
        packages = json.loads(lock.read_text("utf-8"))["packages"]
        assert len(packages) > 1
        for path, package in packages.items():
            assert "resolved" not in package, path
            kind, _, digest = package.get("integrity", "sha512-").partition("-")
            assert kind == "sha512", path
            assert len(base64.b64decode(digest)) == (64 if path else 0), path

"""The wheel, installed into an empty environment and run from another folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv

from tests.test_same_bytes import files


def test_the_installed_wheel_carries_templates_and_sample_and_builds_the_same_site(
    root, tmp_path, site
):
    source = shutil.copytree(
        root,
        tmp_path / "source",
        ignore=shutil.ignore_patterns(
            ".venv", ".git", "site", ".digest", "compiled", "__pycache__", "node_modules", "build"
        ),
    )
    # "site" is also a room of the program
    shutil.copytree(
        root / "src/digest/site",
        source / "src/digest/site",
        ignore=shutil.ignore_patterns("compiled", "__pycache__"),
    )
    wheels = tmp_path / "wheels"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--wheel-dir",
            wheels,
            source,
        ],
        check=True,
    )
    [wheel] = wheels.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv/bin/python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for part in ("data", "seeds"):
        shutil.copytree(root / part, elsewhere / part)
    # What the wheel depends on is already here; its own code must come from the wheel.
    environment = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    built = subprocess.run(
        [tmp_path / "venv/bin/digest", "build"],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert files(elsewhere / "site") == site
    for arguments in (["new", "begun"], ["build", "--root", "begun", "--strict"]):
        subprocess.run(
            [tmp_path / "venv/bin/digest", *arguments],
            cwd=elsewhere,
            env=environment,
            capture_output=True,
            check=True,
        )
    assert set(files(elsewhere / "begun/schema")) == {"record.schema.json", "site.schema.json"}
    where = [python, "-c", "import digest; print(digest.__file__)"]
    told = subprocess.run(where, env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.startswith(str(tmp_path / "venv"))

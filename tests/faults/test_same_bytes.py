"""The same inputs give the same bytes, whatever the machine says of itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gates.tools import program
from tests.faults.mounted import small_disk
from tests.faults.story import contents, digest, five


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The five articles, never built here."""
    return five(tmp_path_factory.mktemp("five") / "digest")


@pytest.fixture(scope="module")
def expected(folder, tmp_path_factory) -> dict[str, bytes]:
    """The site that a build makes where nothing is unusual."""
    return site(folder, tmp_path_factory.mktemp("expected"))


def site(
    folder: Path, tmp_path: Path, *more: object, around=(), **environment: str
) -> dict[str, bytes]:
    """Every file that a build makes; it succeeds, and warns of nothing."""
    out = tmp_path / "out"
    words = ("build", "--root", folder, "--out", out, "--no-cache", *more)
    ended = digest(*words, around=around, **environment)
    assert (ended.returncode, ended.stderr) == (0, "")
    return contents(out)


def test_84_the_environment_of_the_process_has_no_say(folder, tmp_path, expected):
    for environment in ENVIRONMENTS:
        assert site(folder, tmp_path, **environment) == expected, environment
        shutil.rmtree(tmp_path / "out")


ZONES = [
    "Pacific/Kiritimati",  # +14
    "Pacific/Pago_Pago",  # -11
    "America/St_Johns",  # -3:30
    "Asia/Kathmandu",  # +5:45
    "Pacific/Chatham",  # +12:45, and an hour more in summer
    "<-99>99",
    "Nowhere/Atall",
    "",
]
ENVIRONMENTS: list[dict[str, str]] = [
    *({"TZ": zone} for zone in ZONES),
    *({"PYTHONHASHSEED": seed} for seed in ("0", "1", "4000", "4294967295")),
    *({"LC_ALL": locale} for locale in ("C", "C.UTF-8", "tr_TR.UTF-8", "no_SUCH")),
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LANGUAGE": "de", "LC_TIME": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8"},
    {"PYTHONIOENCODING": "utf-16"},
    {"PYTHONOPTIMIZE": "2"},
    {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONDEVMODE": "1"},
    {"COLUMNS": "7", "TERM": "dumb", "NO_COLOR": "1", "CLICOLOR_FORCE": "1"},
    {"HOME": "/nonexistent", "USER": "", "LOGNAME": "somebody", "TMPDIR": "/nonexistent"},
    {"SOURCE_DATE_EPOCH": "0", "BASE_URL": "https://example.org", "DIGEST_OUT": "elsewhere"},
]


def test_84_python_without_its_docstrings_and_assertions_makes_the_same(folder, tmp_path, expected):
    out = tmp_path / "out"
    subprocess.run(
        [sys.executable, "-OO", "-m", "digest", "build", "--root", folder, "--out", out],
        check=True,
        capture_output=True,
    )
    assert contents(out) == expected
    shutil.rmtree(folder / ".digest")


@pytest.mark.parametrize("mask", ["000", "027", "077", "0177"])
def test_84_the_mask_of_new_files_has_no_say(folder, tmp_path, expected, mask):
    around = ("sh", "-c", f'umask {mask}; exec "$@"', "sh")
    if mask != "0177" or os.geteuid() == 0:  # only root enters folders that nobody may enter
        assert site(folder, tmp_path, around=around) == expected


@pytest.mark.parametrize("processors", ["0", "0-1"])
def test_84_one_processor_makes_what_several_make(folder, tmp_path, expected, processors):
    around = (program(("taskset",), "util-linux"), "--cpu-list", processors)
    assert site(folder, tmp_path, around=around) == expected


CLOCK = """
#include <sys/time.h>
#include <time.h>
time_t time(time_t *at) { if (at) *at = NOW; return NOW; }
int gettimeofday(struct timeval *at, void *zone) { at->tv_sec = NOW; at->tv_usec = 7; return 0; }
int clock_gettime(clockid_t id, struct timespec *at) {
  at->tv_sec = NOW; at->tv_nsec = 7; return 0;
}
"""


@pytest.mark.parametrize("day", ["1990-01-01", "2028-02-29", "2040-12-31"])
def test_84_the_clock_has_no_say(folder, tmp_path, expected, day):
    now = int(time.mktime(time.strptime(day, "%Y-%m-%d"))) + 43_200
    compiler = program(("cc", "gcc", "clang"), "gcc")
    (tmp_path / "clock.c").write_text(CLOCK)
    library = tmp_path / "clock.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", f"-DNOW={now}L", "-o", library, tmp_path / "clock.c"],
        check=True,
    )
    told = subprocess.run(
        [sys.executable, "-c", "import datetime; print(datetime.date.today())"],
        env={**os.environ, "LD_PRELOAD": str(library)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == f"{day}\n"
    assert site(folder, tmp_path, LD_PRELOAD=str(library)) == expected


@pytest.mark.parametrize("year", [1970, 2040])
def test_84_the_times_of_files_have_no_say(folder, tmp_path, expected, year):
    copy = shutil.copytree(folder, tmp_path / "copy")
    for path in copy.rglob("*"):
        os.utime(path, (0, (year - 1970) * 31_556_952))
    assert site(copy, tmp_path) == expected


def test_84_the_order_in_which_a_disk_lists_its_files_has_no_say(folder, tmp_path, expected):
    with small_disk(tmp_path / "disk", "32m") as disk:
        orders = []
        for backwards in (False, True):
            copy = disk / str(backwards)
            for path in sorted(folder.rglob("*"), reverse=backwards):
                if path.is_file():
                    to = copy / path.relative_to(folder)
                    to.parent.mkdir(parents=True, exist_ok=True)
                    to.write_bytes(path.read_bytes())
            orders.append(os.listdir(copy / "seeds"))
            assert site(copy, tmp_path / str(backwards)) == expected
        assert orders[0] == orders[1][::-1] != orders[1]

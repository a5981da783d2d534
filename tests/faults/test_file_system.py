"""Outputs that are not ours, disks that are full or shut, and paths of every kind."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from gates.tools import program
from tests.faults.calls import strace
from tests.faults.mounted import Image, mounted, small_disk
from tests.faults.story import DIGEST, Story, contents, digest, small

# Another user, who may read everything here (Python itself may lie in a home) and write nothing.
NOBODY = (
    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
    "--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search",
)  # fmt: skip


@pytest.fixture
def story(tmp_path) -> Story:
    """A digest of one claim, with its site."""
    return Story(small(tmp_path / "digest"))


def everything(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file, folder and link below a folder: its kind, its time, and what it holds."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        held = os.readlink(path).encode() if path.is_symlink() else b""
        held = path.read_bytes() if path.is_file() and not path.is_symlink() else held
        found[path.relative_to(folder).as_posix()] = (status.st_mode, status.st_mtime_ns, held)
    return found


HOMES = {
    "a folder of somebody's": "thesis",
    "the home": "home",
    "a checkout": "checkout",
    "the digest itself": "digest",
    "the digest by a detour": "digest/site/../../digest/../digest",
    "the folder around it": ".",
    "the root of the system": "/",
    "the articles": "digest/seeds",
    "a folder among the articles": "digest/seeds/site",
    "the record": "digest/data",
    "what it copies": "digest/data/static/site",
    "its memory": "digest/.digest/site",
    "its own checkout": "digest/.git/site",
    "a file": "thesis/thesis.txt",
    "below a file": "thesis/thesis.txt/site",
    "a link to an empty folder": "link",
    "a link to nowhere": "dangling",
    "a pipe": "pipe",
}


@pytest.mark.parametrize("out", HOMES.values(), ids=HOMES)
def test_59_an_output_that_is_not_ours_is_refused_and_nothing_is_touched(tmp_path, out):
    small(tmp_path / "digest")
    for file in ("thesis/thesis.txt", "home/letter.txt", "checkout/.git/config", "checkout/a.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("ten years of work")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    before = everything(tmp_path)
    ended = digest(
        "build", "--root", tmp_path / "digest", "--out", tmp_path / out, "--no-cache",
        HOME=str(tmp_path / "home"),
    )  # fmt: skip
    assert ended.returncode == 1
    assert ":1:1: error[out-" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", [".git/HEAD", ".git", "CNAME", "quotes/mine.html", "index.htm"])
def test_60_a_file_that_is_not_ours_in_our_output_stops_the_build(story, name):
    (story.site / name).parent.mkdir(exist_ok=True)
    (story.site / name).write_text("mine")
    story.edit()
    before = everything(story.site)
    ended = story.build()
    assert ended.returncode == 1
    assert f"error[out-foreign] holds a file that is not ours: {name}" in ended.stderr
    assert everything(story.site) == before
    assert story.litter() == []


def planted(path: Path, secret: Path) -> None:
    """A link to a secret in a file's place."""
    path.unlink(missing_ok=True)
    path.symlink_to(secret)


def test_61_links_planted_in_our_output_are_replaced_and_never_followed(story, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    for page in ("index.html", "style.css", "quotes/low-shut.html"):
        planted(story.site / page, secret)
    (story.site / "about.html").unlink()
    os.mkfifo(story.site / "about.html")
    story.next_build_is_whole()
    assert secret.read_text() == "a secret"
    assert not [path for path in story.site.rglob("*") if path.is_symlink()]


@pytest.mark.parametrize("what", ["a folder in place of one of ours", "a further one", "manifest"])
def test_61_a_link_to_a_folder_or_for_the_manifest_is_refused_and_not_followed(
    story, tmp_path, what
):
    if what == "manifest":
        shutil.move(story.site / "manifest.json", tmp_path / "manifest.json")
        planted(story.site / "manifest.json", tmp_path / "manifest.json")
    elif what == "a further one":
        (story.site / "more").symlink_to(tmp_path)
    else:
        shutil.move(story.site / "quotes", tmp_path / "quotes")
        (story.site / "quotes").symlink_to(tmp_path / "quotes")
    story.edit()
    before = everything(tmp_path)
    ended = story.build("--no-cache")
    assert ended.returncode == 1
    assert "error[out-foreign] holds" in ended.stderr
    assert everything(tmp_path) == before


@pytest.mark.parametrize("room", ["space", "inodes"])
def test_62_a_full_disk_refuses_the_build_and_the_old_site_stays_whole(tmp_path, room):
    inodes = "nr_inodes=120" if room == "inodes" else "nr_inodes=9999"
    with small_disk(tmp_path / "disk", "32m", inodes) as disk:
        story = Story(small(disk / "digest"))
        story.edit()
        story.next_build_is_whole()
        fill(disk, room)
        story.edit()
        ended = story.build()
        assert ended.returncode == 1
        assert "error[out-unwritable] cannot be written: No space left on device" in ended.stderr
        assert (story.told(), story.litter()) == ("old", [])
        for file in disk.glob("filler*"):
            file.unlink()
        story.next_build_is_whole()


def fill(disk: Path, room: str) -> None:
    """Leave 8 KB, or five names, on a disk."""
    if room == "space":
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        (disk / "filler").write_bytes(b"0" * (free - 8192))
    else:
        for number in range(os.statvfs(disk).f_ffree - 5):
            (disk / f"filler-{number}").touch()


def limited(story: Story, limit: int, most: int) -> subprocess.CompletedProcess[str]:
    """A build that the system allows so much of something."""
    return subprocess.run(
        [*DIGEST, "build", "--root", story.folder],
        preexec_fn=lambda: resource.setrlimit(limit, (most, most)),
        capture_output=True,
        text=True,
        check=False,
    )


def test_63_a_file_that_may_not_grow_refuses_the_build(story):
    story.edit()
    ended = limited(story, resource.RLIMIT_FSIZE, 600)
    assert ended.returncode == 1
    assert "error[out-unwritable] cannot be written: File too large" in ended.stderr
    assert (story.told(), story.litter()) == ("old", [])
    story.next_build_is_whole()


def test_64_a_disk_that_may_only_be_read_refuses_a_new_site_and_knows_the_old_one(tmp_path):
    with small_disk(tmp_path / "disk", "32m") as disk:
        story = Story(small(disk / "digest"))
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        unchanged = story.build()
        assert (unchanged.returncode, unchanged.stderr) == (0, "")
        ended = story.build("--base-url", "https://example.org")
        assert ended.returncode == 1
        assert "cannot be written: Read-only file system" in ended.stderr
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        assert (story.told(), story.litter()) == ("new", [])


def test_65_a_build_needs_no_more_than_24_open_files(story):
    story.edit()
    ended = limited(story, resource.RLIMIT_NOFILE, 24)
    assert (ended.returncode, ended.stderr, story.told()) == (0, "", "new")


@pytest.mark.parametrize("where", [">/dev/full", ">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_66_the_site_is_whole_where_nothing_can_be_printed(story, where):
    story.edit()
    line = f'"$@" {where}'
    ended = subprocess.run(
        ["sh", "-c", line, "sh", *DIGEST, "build", "--root", story.folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if where == ">/dev/full":
        assert ended.returncode == 1
        assert ended.stderr == "digest: cannot print: No space left on device\n"
    else:
        assert (ended.returncode, ended.stderr) == (0, "")
    assert (story.told(), story.litter()) == ("new", [])


def test_66_the_site_is_whole_where_nobody_reads_what_is_printed(story):
    story.edit()
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [*DIGEST, "build", "--root", story.folder],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert (story.told(), story.litter()) == ("new", [])


@pytest.fixture
def theirs() -> Iterator[Story]:
    """The same, of another user, who is to build it."""
    program(("setpriv",), "util-linux")
    if os.geteuid():
        pytest.skip("only root may become another user")
    with TemporaryDirectory() as folder:  # pytest's own folders are shut to others
        os.chmod(folder, 0o755)
        story = Story(small(Path(folder) / "digest"))
        for path in (story.folder, *story.folder.rglob("*")):
            os.chown(path, 65534, 65534)
        yield story


def test_67_another_user_builds_what_is_theirs(theirs):
    theirs.edit()
    assert theirs.build(around=NOBODY).returncode == 0
    assert (theirs.told(), theirs.litter()) == ("new", [])


@pytest.mark.parametrize("shut", ["", "site", "site/quotes"])
def test_67_a_folder_that_may_not_be_written_refuses_the_build(theirs, shut):
    theirs.edit()
    folder = theirs.folder / shut
    folder.chmod(0o500)
    ended = theirs.build(around=NOBODY)
    assert ended.returncode == 1
    assert "error[out-unwritable] cannot be written: Permission denied" in ended.stderr
    assert (theirs.told(), theirs.litter()) == ("old", [])
    folder.chmod(0o700)
    assert theirs.build(around=NOBODY).returncode == 0
    assert (theirs.told(), theirs.litter()) == ("new", [])


def test_67_a_site_of_somebody_else_is_left_alone(theirs):
    theirs.edit()
    for path in (theirs.site, *theirs.site.rglob("*")):
        os.chown(path, 0, 0)
    ended = theirs.build(around=NOBODY)
    assert ended.returncode == 1
    assert "cannot be written: Permission denied" in ended.stderr
    assert (theirs.told(), theirs.litter()) == ("old", [])


@pytest.fixture
def exfat(tmp_path):
    """A file system that takes Icon.png for icon.png, links no files and exchanges no folders."""
    image = Image(tmp_path / "exfat.img", program(("mkfs.exfat",), "exfatprogs"))
    program(("mount.exfat-fuse",), "exfat-fuse")
    attached = subprocess.run(
        ["losetup", "--find", "--show", image.path], capture_output=True, text=True, check=False
    )
    if attached.returncode:
        pytest.skip(f"this machine has no loop device: {attached.stderr.strip()}")
    device = attached.stdout.strip()
    try:
        with mounted(device, tmp_path / "exfat", "-t", "exfat-fuse") as disk:
            yield disk
    finally:
        subprocess.run(["losetup", "--detach", device], check=True)


def test_68_where_capitals_are_small_letters_the_site_is_the_same(exfat, story):
    (exfat / "Icon").touch()
    assert (exfat / "icon").exists()
    out = exfat / "Site"
    for _ in range(3):
        story.edit()
        ended = digest("build", "--root", story.folder, "--out", out)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert story.told(out) == "new"
        assert sorted(path.name for path in exfat.iterdir()) == ["Icon", "Site"]


def test_68_two_files_that_are_one_there_are_refused_everywhere(story):
    static = story.folder / "data/static"
    static.mkdir()
    for name in ("Icon.png", "icon.png"):
        (static / name).write_bytes(b"\x89PNG")
    ended = story.build()
    assert ended.returncode == 1
    assert (
        "data/static/icon.png:1:1: error[file-name] has the name of data/static/Icon.png"
        in ended.stderr
    )
    assert story.told() == "new"


def test_69_an_output_on_another_disk_is_staged_beside_itself_and_exchanged(tmp_path):
    folder = small(tmp_path / "digest")
    with small_disk(tmp_path / "disk", "32m") as disk:
        out = disk / "site"
        for url in ("https://example.org/a", "https://example.org/b"):
            around = (strace(), "-f", "-e", "trace=renameat2,rename", "-o", tmp_path / "log")
            words = ("build", "--root", folder, "--out", out, "--base-url", url)
            assert digest(*words, around=around).returncode == 0
            assert url.encode() in (out / "index.html").read_bytes()
        log = (tmp_path / "log").read_text(encoding="utf-8")
        assert f'"{disk}/.site.new-' in log
        assert f'"{out}", RENAME_EXCHANGE) = 0' in log
        assert [path.name for path in disk.iterdir()] == ["site"]


PATHS = {
    "blanks": "a  digest of ours",
    "é, composed or not": "copié, copie\u0301",
    "200 characters": "d" * 200,
    "what a shell would read": "$(touch x) 'a' \"b\" * ; &",
    "a line break": "one\ntwo",
    "markup": "<b>&amp;",
    "a leading hyphen": "-rf",
    "no UTF-8": os.fsdecode(b"caf\xe9"),
}


@pytest.mark.parametrize("name", PATHS.values(), ids=PATHS)
def test_70_the_path_of_a_digest_changes_no_byte_of_its_site(story, tmp_path, name):
    shutil.copytree(story.folder, tmp_path / name, ignore=shutil.ignore_patterns("site", ".*"))
    ended = digest("build", "--root", tmp_path / name, "--out", tmp_path / name / "out")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert contents(tmp_path / name / "out") == contents(story.site)


@pytest.mark.parametrize("words", [(".", "site"), ("./", "site/"), ("../digest/", "./site//")])
def test_70_a_relative_path_or_a_trailing_slash_changes_no_byte(story, words):
    root, out = words
    shutil.rmtree(story.site)
    ended = digest("build", "--root", root, "--out", out, cwd=story.folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (story.told(), story.litter()) == ("new", [])

"""Readers, builds, an editor and a preview at once: each sees one state, whole."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.calls import Call, at, calls
from tests.faults.story import DIGEST, RECORD, Story, contents, digest, five, small
from tests.serve.conftest import started


@pytest.fixture
def story(tmp_path) -> Story:
    """A digest of one claim, with its site."""
    return Story(small(tmp_path / "digest"))


@contextmanager
def meanwhile(work, *given) -> Iterator[Counter[str]]:
    """``work`` done again and again while the block lasts: how often it had which outcome."""
    found: Counter[str] = Counter()
    over = threading.Event()

    def again() -> None:
        while not over.is_set():
            found[work(*given)] += 1

    working = threading.Thread(target=again)
    working.start()
    try:
        yield found
    finally:
        over.set()
        working.join()


PAGES = ("index.html", "about.html", "manifest.json", "claims.json", "feed.xml")


def visit(story: Story) -> str:
    """What a visitor sees who asks for one page."""
    page = random.choice(PAGES)
    try:
        content = (story.site / page).read_bytes()
    except OSError:
        return "missing"
    return "whole" if content in [site[page] for site in story.sites] else "mixed"


def visit_the_folder(story: Story) -> str:
    """What a visitor sees who keeps the folder open and asks for two pages in it."""
    try:
        folder = os.open(story.site, os.O_RDONLY)
    except OSError:
        return "missing"
    try:
        page, manifest = (_read(name, folder) for name in ("index.html", "manifest.json"))
        listed = json.loads(manifest)["files"]["index.html"]
        return "whole" if listed == sha256(page).hexdigest() else "mixed"
    except FileNotFoundError:
        return "retired"  # the folder was, while it was being read; its place is never empty
    finally:
        os.close(folder)


def _read(name: str, folder: int) -> bytes:
    with open(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:
        return file.read()


def test_76_a_reader_during_twenty_rebuilds_never_finds_a_page_missing_or_mixed(tmp_path):
    story = Story(five(tmp_path / "digest"))
    with meanwhile(visit, story) as pages, meanwhile(visit_the_folder, story) as folders:
        for _ in range(20):
            story.edit()
            assert story.build().returncode == 0
            assert story.told() == "new"
    print(f"\n20 rebuilds; pages read: {dict(pages)}; folders kept open: {dict(folders)}")
    assert set(pages) == {"whole"}
    assert pages["whole"] > 1000
    assert folders["missing"] == folders["mixed"] == 0
    assert folders["whole"] > 1000


def test_77_four_builds_at_once_into_one_output_leave_one_whole_site_each_time(story):
    urls = [f"https://example.org/{n}" for n in range(4)]
    sites = []
    for url in urls:
        assert story.build("--base-url", url, "--no-cache").returncode == 0
        sites.append(contents(story.site))
    last = Counter[int]()
    for _ in range(30):
        words = [*DIGEST, "build", "--root", str(story.folder), "--base-url"]
        builds = [
            subprocess.Popen([*words, url], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            for url in urls
        ]
        for build in builds:
            told = build.communicate()[1].decode()
            assert build.returncode == 0 or "is being published by another build" in told, told
        last[sites.index(contents(story.site))] += 1
        assert story.litter() == []
    print(f"\n30 rounds of 4 builds; the last to publish: {dict(last)}")
    assert sum(last.values()) == 30


class Stopped(NamedTuple):
    """A build that stands still in the middle."""

    around: subprocess.Popen[str]
    log: Path

    @property
    def times(self) -> int:
        """How often it has come to stand still."""
        return self.log.read_text(encoding="utf-8").count("--- stopped by SIGSTOP ---")

    def until(self, times: int) -> None:
        """Wait until it has come to stand still so often, or has ended."""
        latest = time.monotonic() + 60
        while self.times < times and self.around.poll() is None:
            assert time.monotonic() < latest
            time.sleep(0.02)

    def tell(self, what: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(int(self.log.read_text(encoding="utf-8").split()[0]), what)

    def ended(self, how: signal.Signals) -> tuple[int, str]:
        """Its exit code and what it said, after this signal, however often it stands still."""
        while self.around.poll() is None:
            times = self.times
            self.tell(how)
            self.until(times + 1)
        return self.around.returncode, self.around.communicate()[1]


@contextmanager
def stopped(story: Story, call: Call, log: Path) -> Iterator[Stopped]:
    """A build of the story that stands still at a call; killed at the end of the block."""
    words = [*at(call, "signal=SIGSTOP", log), *DIGEST, "build", "--root", story.folder]
    log.write_text("")
    with subprocess.Popen(
        [*map(str, words)], text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as around:
        build = Stopped(around, log)
        try:
            build.until(1)
            yield build
        finally:
            if around.poll() is None:
                build.tell(signal.SIGKILL)


def test_77_a_build_that_waits_for_another_says_so_in_the_end_and_a_dead_one_is_no_hindrance(
    story, tmp_path
):
    story.edit()
    synced = next(call for call in calls(story, tmp_path / "log") if call.kind == "syncfs")
    story.edit()
    with stopped(story, synced, tmp_path / "log") as first:
        second = story.build("--no-cache")
        assert second.returncode == 1
        assert "/site:1:1: error[out-foreign] is being published by another" in second.stderr
        assert "wait until it has ended, or end it" in second.stderr
        assert story.told() == "old"
        assert first.ended(signal.SIGKILL)[0] == -signal.SIGKILL
    story.next_build_is_whole()


def of_two_claims(folder: Path) -> Story:
    """What ends before the second claim is a record too, of one claim, with a warning."""
    article = small(folder) / "seeds/a.txt"
    article.write_text(article.read_text(encoding="utf-8") + "“It is open,” Ada Low said.\n")
    more = '  low-open:\n    speaker: ada-low\n    printed: [{in: a, words: "It is open"}]\n'
    (folder / "data/claims.yaml").write_text(RECORD + more, encoding="utf-8")
    return Story(folder)


def rewritten(path: Path, text: str, chance: random.Random) -> None:
    """As some editors save: cut off, then written bit by bit."""
    middle = text.index("  low-open:")
    with path.open("w", encoding="utf-8") as file:
        time.sleep(chance.uniform(0, 0.02))
        file.write(text[:middle])
        file.flush()
        time.sleep(chance.uniform(0, 0.02))
        file.write(text[middle:])


def test_78_an_editor_that_cuts_off_and_rewrites_the_record_never_makes_a_mixture(tmp_path):
    story = of_two_claims(tmp_path / "digest")
    chance = random.Random(78)
    path = story.folder / "data/claims.yaml"

    def write() -> str:
        chosen = chance.randrange(2)
        rewritten(path, story.texts[chosen], chance)
        time.sleep(chance.uniform(0, 0.1))
        return "written"

    outcomes: Counter[str] = Counter()
    with meanwhile(write) as edits:
        while edits["written"] < 300:
            ended = story.build()
            assert contents(story.site) in story.sites
            assert ended.returncode in (0, 1)
            assert "Traceback" not in ended.stderr
            outcomes["built" if ended.returncode == 0 else ended.stderr.split("[")[1][:15]] += 1
    print(f"\n{edits['written']} times rewritten during {outcomes.total()} builds: {outcomes}")
    assert outcomes["built"]
    story.now = story.texts.index(path.read_text(encoding="utf-8"))
    story.next_build_is_whole()


def test_78_a_build_while_a_preview_shows_the_same_folder_disturbs_neither(story):
    with started(story.folder) as preview:
        page = lambda: str(preview.get("/quotes/low-shut.html").status)  # noqa: E731
        with meanwhile(page) as pages:
            for _ in range(8):
                story.edit()
                story.next_build_is_whole()
    assert set(pages) == {"200"}


def test_79_a_file_that_changes_during_the_build_is_read_again(story, tmp_path):
    story.edit()
    made = calls(story, tmp_path / "log")
    reads = [n for n, one in enumerate(made) if one.kind == "openat" and "claims.yaml" in one.line]
    assert len(reads) == 3  # whether anything changed, to build from, and to see whether it did
    later = made[reads[1] + 2 :]
    for at_work in (later[0], next(call for call in later if call.kind == "openat")):
        story.edit()
        with stopped(story, at_work, tmp_path / "log") as build:
            story.edit()
            assert build.ended(signal.SIGCONT) == (0, "")
        assert story.told() == "new"


def test_79_a_record_that_is_cut_off_whenever_it_is_read_is_never_published(tmp_path):
    story = of_two_claims(tmp_path / "digest")
    path, log = story.folder / "data/claims.yaml", tmp_path / "log"
    story.edit()
    made = calls(story, log)
    _, first, second = (one for one in made if one.kind == "openat" and "claims.yaml" in one.line)
    story.edit()
    whole = story.texts[story.now]
    cut = whole[: whole.index("  low-open:")]
    both = first._replace(number=f"{first.number}+{second.number - first.number}")
    with stopped(story, both, log) as build:
        path.write_text(cut, encoding="utf-8")
        build.tell(signal.SIGCONT)
        build.until(2)
        path.write_text(whole, encoding="utf-8")  # one save has ended, and another has begun
        path.write_text(cut, encoding="utf-8")
        build.tell(signal.SIGCONT)
        build.until(3)
        path.write_text(whole, encoding="utf-8")
        assert build.ended(signal.SIGCONT) == (0, "")
    assert story.told() == "new"


@pytest.mark.parametrize("path", ["data/claims.yaml", "seeds/a.txt", "templates/about.html"])
def test_79_a_build_is_refused_while_a_file_changes_again_and_again(story, path):
    file = story.folder / path
    file.parent.mkdir(exist_ok=True)
    text = file.read_text(encoding="utf-8") if file.exists() else "# nothing yet\n"
    before = contents(story.site)
    counter = iter(range(10**9))

    def write() -> str:
        new = file.with_suffix(".new")
        new.write_text(f"{text}\n{'# ' if path.endswith('.yaml') else ''}{next(counter)}\n")
        new.replace(file)
        return "written"

    with meanwhile(write):
        ended = story.build()
    assert ended.returncode == 1
    assert "data:1:1: error[folder-changing] files changed while they were read" in ended.stderr
    assert contents(story.site) == before
    assert digest("check", "--root", story.folder).returncode in (0, 1)

"""Killed, failed or interrupted at any moment: the old site or the new one, whole."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from gates.tools import program
from tests.faults.calls import Call, at, calls, some
from tests.faults.crash import killed_at_random
from tests.faults.mounted import Image
from tests.faults.story import DIGEST, Story, archive, digest, five, small

PARTS = 4  # so that several processors share the work
parts = pytest.mark.parametrize("part", range(PARTS))
ERRORS = {"EIO": "Input/output error", "ENOSPC": "No space left", "EACCES": "Permission denied"}


@pytest.fixture
def story(tmp_path) -> Story:
    """A digest of one claim, with its site."""
    return Story(small(tmp_path / "digest"))


@pytest.fixture
def made(story, tmp_path) -> list[Call]:
    """Every call on a file that a build of the story makes, in order."""
    story.edit()
    found = calls(story, tmp_path / "calls.txt")
    assert story.told() == "new"
    return found


def on_its_files(made: list[Call], story: Story) -> list[Call]:
    """The calls on files of the digest and of its site; the others load the program itself."""
    names = f"{story.folder}/", f"{story.folder}>", f'{story.folder}"'
    return [call for call in made if any(name in call.line for name in names)]


@parts
def test_71_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one(tmp_path, part):
    found = killed_at_random(Story(five(tmp_path / "digest")), 50, seed=part)
    assert found.total() == 50
    assert not [told for told in found if told.startswith("broken")], found


@pytest.mark.parametrize("command", ["build", "check"])
def test_71_a_process_that_helps_and_is_killed_ends_the_command_with_words(tmp_path, command):
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("on one processor no process helps")
    folder = archive(tmp_path / "digest", 300)
    words = [*DIGEST, command, "--root", str(folder)]
    with subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as ended:
        os.kill(child_of(ended), signal.SIGKILL)
        told = ended.communicate()[1]
    assert ended.returncode == 1
    assert told.startswith(".:1:1: error[process-ended] a process that took part in this was ended")
    assert not [one for one in folder.iterdir() if "site" in one.name]
    assert digest(command, "--root", folder).returncode == 0


def child_of(build: subprocess.Popen[str]) -> int:
    """The first process that this one starts."""
    children = Path(f"/proc/{build.pid}/task/{build.pid}/children")
    while build.poll() is None:
        found = children.read_text().split()
        if found:
            return int(found[0])
    raise AssertionError("it started none")


@pytest.mark.parametrize("helped", [False, True])
@parts
def test_72_a_build_killed_at_any_kind_of_call_leaves_the_old_site_or_the_new_one(
    story, made, part, helped
):
    chosen = [*some(made, 3, seed=72)][part::PARTS]
    found = []
    for call in chosen:
        story.edit()
        ended = story.build(around=at(call, "signal=SIGKILL", helped=helped))
        found.append(story.told())
        assert not found[-1].startswith("broken"), call
        assert ended.returncode in (-signal.SIGKILL, 0) or (helped and left_alone(ended)), call
        story.next_build_is_whole()
    assert {"old", "new"} <= {*found}
    print(f"\n{len(chosen)} kills: {found.count('old')} old, {found.count('new')} new")


def test_72_what_a_killed_build_left_is_swept_also_where_nothing_has_changed(story, made):
    exchange = next(call for call in made if call.kind == "renameat2")
    story.edit()
    story.build(around=at(exchange, "signal=SIGKILL"))
    assert len(story.litter()) == 1
    story.edit()
    story.next_build_is_whole()


def test_72_where_folders_cannot_be_exchanged_two_renames_do_it_and_are_mended(story, made):
    exchange = next(call for call in made if call.kind == "renameat2")
    cannot = (*at(exchange, "error=EINVAL")[:-2], "-e", "trace=renameat2,rename")
    story.edit()
    assert story.build(around=(*cannot, "-o", "/dev/null")).returncode == 0
    assert (story.told(), story.litter()) == ("new", [])
    for number in (1, 2, 3):
        story.edit()
        kill = ("-e", f"inject=rename:signal=SIGKILL:when={number}", "-o", "/dev/null")
        assert story.build(around=(*cannot, *kill)).returncode == -signal.SIGKILL
        story.next_build_is_whole()


def left_alone(ended: subprocess.CompletedProcess[str]) -> bool:
    """Whether a command ended with words because a process that helped it was ended."""
    return ended.returncode == 1 and ended.stderr.startswith(".:1:1: error[process-ended] ")


def told_plainly(stderr: str, why: str) -> bool:
    """Whether one line names a place, a rule and why; ``access`` answers only yes or no."""
    found = re.search(rf"^\S+:1:1: error\[[a-z-]+\] .*({why}|Permission denied)", stderr, re.M)
    return bool(found or "is not readable" in stderr) and "Traceback" not in stderr


@parts
@pytest.mark.parametrize("error", ERRORS)
def test_73_a_call_that_fails_leaves_the_old_site_or_the_new_one_and_is_told(
    story, made, part, error
):
    chosen = [*some(on_its_files(made, story), 1, seed=73)][part::PARTS]
    refused = 0
    for call in chosen:
        story.edit()
        ended = story.build(around=at(call, f"error={error}"))
        if ended.returncode == 0:
            assert (story.told(), ended.stderr) == ("new", ""), call
        else:
            refused += 1
            assert ended.returncode == (2 if "is not readable" in ended.stderr else 1), call
            assert told_plainly(ended.stderr, ERRORS[error]), (call, ended.stderr)
            # The folder around it is synced last: by then the new site stands.
            assert story.told() == ("new" if call.kind == "fsync" else "old"), call
        story.next_build_is_whole()
    assert refused
    print(f"\n{len(chosen)} times {error}: {refused} refused, the others did not matter")


@pytest.mark.parametrize("helped", [False, True])
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
@parts
def test_74_an_interrupted_build_ends_as_the_shell_expects_and_leaves_no_litter(
    story, made, part, name, code, helped
):
    # What a shell runs behind the scenes ignores Ctrl-C, and so does all that it starts.
    heeded = program(("env",), "coreutils"), "--default-signal=INT"
    begins = next(n for n, call in enumerate(made) if "/digest/cli/" in call.line)
    found = []
    for call in [*some(made[begins:], 1, seed=74)][part::PARTS]:
        story.edit()
        ended = story.build(around=(*heeded, *at(call, f"signal={name}", helped=helped)))
        found.append(code if helped and left_alone(ended) else ended.returncode)
        # Before the program has said otherwise, SIGTERM ends it at once; a shell calls that 143.
        assert found[-1] in (code, 0, *([-signal.SIGTERM] if code == 143 else [])), call
        assert story.told() == "new" or (ended.returncode and story.told() == "old"), call
        assert story.litter() == [], call
        assert "Traceback" not in ended.stderr
        story.next_build_is_whole()
    assert found.count(code) > len(found) / 2


def test_75_all_is_on_the_disk_before_the_exchange_and_the_exchange_before_the_end(story, made):
    beside = rf"{story.folder}/\.site\.new-\d+"
    around = rf"\d+<{story.folder}>"
    steps = {
        "folder made": rf'mkdir\("{beside}',
        "file written": rf"write\(\d+<{beside}/",
        "file linked": rf'link\(.*, "{beside}',
        "all of it synced": rf"syncfs\({around}",
        "exchanged": rf'renameat2\(.*"{beside}", .*"{story.site}", RENAME_EXCHANGE\)',
        "folder around it synced": rf"fsync\({around}",
        "old one removed": rf"(unlinkat|rmdir)\(.*{beside}",
    }
    lines = [f"{call.kind}({call.line}" for call in made]
    found = {what: [n for n, line in enumerate(lines) if re.match(step, line)]
             for what, step in steps.items()}  # fmt: skip
    for what, numbers in found.items():
        print(f"{len(numbers):4} × {what}, calls {numbers[0]} to {numbers[-1]}")
    made_before = max(numbers[-1] for numbers in list(found.values())[:3])
    synced, exchanged, ended, removed = list(found.values())[3:]
    assert len(synced) == len(exchanged) == len(ended) == 1
    assert made_before < synced[0] < exchanged[0] < ended[0] < removed[0]


@contextmanager
def cut(disk: Image, live: Path, folder: Path):
    """The disk after a power cut at this moment, its journal recovered."""
    with disk.copy(folder / "cut.img").mounted(folder / "cut") as after:
        yield after / live.relative_to(folder / "live")


def stands_whole_after(disk: Image, story: Story, folder: Path) -> str:
    """``old`` or ``new``: what a power cut at this moment leaves; then the next build is whole."""
    with cut(disk, story.folder, folder) as after:
        left = story.told(after / "site")
        (after / "data/claims.yaml").write_text(story.texts[story.now], encoding="utf-8")
        ended = digest("build", "--root", after)
        assert (ended.returncode, ended.stderr) == (0, ""), left
        assert story.told(after / "site") == "new"
        assert not [one.name for one in after.iterdir() if one.name.startswith(".site.")]
    return left


@parts
def test_75_a_power_cut_at_any_step_of_publishing_leaves_the_old_site_or_the_new_one(
    tmp_path, part
):
    make = program(("mkfs.ext4",), "e2fsprogs"), "-q", "-E", "lazy_itable_init=0"
    disk = Image(tmp_path / "disk.img", *make)
    with disk.mounted(tmp_path / "live", "commit=300", "noinit_itable") as live:
        story = Story(small(live / "digest"))
        story.edit()
        made = on_its_files(calls(story, tmp_path / "calls.txt"), story)
        assert stands_whole_after(disk, story, tmp_path) == "new", "what is published stays"
        begins = next(n for n, call in enumerate(made) if call.kind == "mkdir")
        found = []
        for call in [*some(made[begins:], 0, seed=75)][part::PARTS]:
            story.edit()
            subprocess.run(["sync", "-f", live], check=True)
            story.build(around=at(call, "signal=SIGKILL"))
            found.append(stands_whole_after(disk, story, tmp_path))
            with (live / "another program's").open("w") as file:  # takes the journal along
                file.write(f"{call}")
                file.flush()
                os.fsync(file.fileno())
            found.append(stands_whole_after(disk, story, tmp_path))
            assert {*found} <= {"old", "new"}, (call, found[-2:])
            story.next_build_is_whole()
    print(f"\n{len(found)} power cuts: {found.count('old')} old, {found.count('new')} new")

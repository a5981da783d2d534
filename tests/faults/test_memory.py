"""A rebuild is what a clean build would be, whatever happened to its memory and its site."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from digest.build import build
from digest.diagnostics import errors
from digest.model.options import Options
from digest.rebuild import Built, as_built
from tests.faults.edits import Curator, harm_memory, harm_site
from tests.faults.story import FILLER, ROOT, Story, archive, contents, digest, five, small

WALKS, STEPS = 10, 50


@pytest.fixture(scope="module")
def invented(tmp_path_factory) -> Path:
    """An invented digest of 300 claims."""
    return archive(tmp_path_factory.mktemp("invented") / "digest", 300)


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
def test_80_after_any_edit_a_rebuild_is_byte_for_byte_a_clean_build(invented, tmp_path, walk):
    root = shutil.copytree(invented, tmp_path / "digest")
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


@pytest.fixture
def story(tmp_path) -> Story:
    """A digest of one claim with a note, which is remembered, and its site."""
    folder = small(tmp_path / "digest")
    record = folder / "data/claims.yaml"
    record.write_text(record.read_text(encoding="utf-8") + '    note: "*Ours*"\n', encoding="utf-8")
    return Story(folder)


HARMS = {
    "emptied": lambda path: path.write_bytes(b""),
    "halved": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a bit flipped": lambda path: path.write_bytes(flipped(path.read_bytes())),
    "random": lambda path: path.write_bytes(random.Random(81).randbytes(5000)),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a full folder": lambda path: (path.unlink(), path.mkdir(), (path / "mine").touch()),
    "a link": lambda path: (path.unlink(), path.symlink_to("/etc/hostname")),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "deleted": lambda path: path.unlink(),
    "nested without end": lambda path: path.write_bytes(b"[" * 100_000 + DIGITS),
    "nested without end, with its hash": lambda path: path.write_bytes(hashed(b"[" * 100_000)),
    "of another kind, with its hash": lambda path: path.write_bytes(hashed(b'{"a": [1]}')),
}
DIGITS = b"0" * 64


def hashed(content: bytes) -> bytes:
    return content + sha256(content).hexdigest().encode()


def flipped(content: bytes) -> bytes:
    return content[:-9] + bytes([content[-9] ^ 4]) + content[-8:]


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_81_whatever_happens_to_the_memory_the_next_build_is_a_clean_one(story, harm):
    for path in sorted((story.folder / ".digest").iterdir()):
        harm(path)
    story.next_build_is_whole()
    story.edit()
    for path in sorted((story.folder / ".digest").glob("*.json")):
        if path.is_file() and not path.is_symlink():
            harm(path)
    story.next_build_is_whole()


def test_80_a_file_that_a_template_includes_is_part_of_every_page(tmp_path):
    folder = small(tmp_path / "digest")
    (folder / "templates").mkdir()
    base = (ROOT / "templates/base.html").read_text(encoding="utf-8")
    with_part = base.replace("</body>", "{% include 'part.txt' %}</body>")
    (folder / "templates/base.html").write_text(with_part, encoding="utf-8")
    for words in ("before", "and after"):
        (folder / "templates/part.txt").write_text(words, encoding="utf-8")
        assert digest("build", "--root", folder).returncode == 0
        pages = {to: text for to, text in contents(folder / "site").items() if ".html" in to}
        assert pages
        assert [to for to, text in pages.items() if f"{words}</body>".encode() not in text] == []


def test_80_the_publisher_of_the_article_that_gives_a_day_is_part_of_the_page(tmp_path):
    folder = small(tmp_path / "digest")
    told = f" date 2030-01-03 The council met on Tuesday. {FILLER}\n"
    (folder / "seeds/b.txt").write_text(told, encoding="utf-8")
    record = (folder / "data/claims.yaml").read_text(encoding="utf-8")
    session = "events:\n  session: {what: the council met, in: b, when: {words: on Tuesday}}\n"
    record = record.replace(
        "    said: 2030-01-02\n    when: {words: on Wednesday}\n", "    at: session\n"
    )
    record = session + record.replace(
        "speakers:", "  b: {file: b.txt, publisher: First}\nspeakers:", 1
    )
    for publisher in ("First", "Second"):
        (folder / "data/claims.yaml").write_text(record.replace("First", publisher), "utf-8")
        ended = digest("build", "--root", folder)
        assert ended.returncode == 0, ended.stderr
        assert publisher.encode() in (folder / "site/quotes/low-shut.html").read_bytes()


def test_80_what_stands_at_an_old_address_changes_with_its_claim(tmp_path):
    folder = small(tmp_path / "digest")
    record = folder / "data/claims.yaml"
    moved = record.read_text(encoding="utf-8") + "    formerly: [low-closed]\n"
    record.write_text(moved.replace("medium: interview", "stance: shut"), encoding="utf-8")
    stances = (
        "stances: {shut: {label: Shut, means: it is}, open: {label: Open, means: it is not}}\n"
    )
    record.write_text(stances + record.read_text(encoding="utf-8"), encoding="utf-8")
    assert digest("build", "--root", folder).returncode == 0
    assert b"Shut" in (folder / "site/quotes/low-closed.json").read_bytes()
    record.write_text(record.read_text(encoding="utf-8").replace("stance: shut", "stance: open"))
    assert digest("build", "--root", folder).returncode == 0
    assert b"Shut" not in (folder / "site/quotes/low-closed.json").read_bytes()
    rebuilt = contents(folder / "site")
    assert digest("build", "--root", folder, "--no-cache").returncode == 0
    assert contents(folder / "site") == rebuilt


@pytest.mark.parametrize("how", ["deleted", "a file", "a link", "an older one"])
def test_81_a_folder_of_memory_that_is_not_one_or_an_older_one_changes_no_byte(
    story, tmp_path, how
):
    memory, elsewhere = story.folder / ".digest", tmp_path / "elsewhere"
    shutil.copytree(memory, tmp_path / "older")
    story.edit()
    story.next_build_is_whole()
    shutil.rmtree(memory)
    elsewhere.mkdir()
    if how == "a file":
        memory.write_text("mine")
    elif how == "a link":
        memory.symlink_to(elsewhere)
    elif how == "an older one":
        shutil.copytree(tmp_path / "older", memory)
    story.next_build_is_whole()
    story.edit()
    story.next_build_is_whole()
    assert not [*elsewhere.iterdir()]


@pytest.mark.parametrize("harm", ["deleted", "tampered", "linked", "gone", "older"])
def test_82_a_site_that_was_harmed_is_restored(tmp_path, harm):
    story = Story(five(tmp_path / "digest"))
    page = story.site / "quotes/vance-this-is-not-our-war.html"
    status, content = page.stat(), page.read_bytes()
    if harm == "gone":
        shutil.rmtree(story.site)
    elif harm == "older":
        shutil.copytree(story.site, tmp_path / "older")
        story.edit()
        story.next_build_is_whole()
        shutil.rmtree(story.site)
        shutil.copytree(tmp_path / "older", story.site)
    else:
        page.unlink()
    if harm == "tampered":
        page.write_bytes(content.replace(b"Vance", b"Nance", 1))
        os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert page.stat().st_size == status.st_size
    elif harm == "linked":
        page.symlink_to("/etc/hostname")
    story.next_build_is_whole()
    assert not page.is_symlink()


def with_more(module: Path, text: str) -> None:
    """A module that does something else in the end."""
    module.write_text(module.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_83_another_version_of_what_renders_makes_everything_anew(story, tmp_path):
    import markdown_it

    packages = tmp_path / "newer-packages"
    newer = shutil.copytree(Path(markdown_it.__file__).parent, packages / "markdown_it")
    (packages / "markdown_it_py-999.dist-info").mkdir()
    more = "\n_before = RendererHTML.render\n"
    more += "RendererHTML.render = lambda *given: _before(*given).upper()\n"
    with_more(newer / "renderer.py", more)
    path = os.pathsep.join(map(str, (packages, *filter(None, sys.path))))
    before = contents(story.site)
    assert story.build(PYTHONPATH=path).returncode == 0
    found = contents(story.site)
    clean = story.build("--no-cache", PYTHONPATH=path)
    assert (clean.returncode, contents(story.site)) == (0, found)
    assert b"OURS" in found["quotes/low-shut.html"]
    assert story.build().returncode == 0
    assert contents(story.site) == before


def test_83_a_version_of_the_program_that_was_edited_makes_everything_anew(story, tmp_path):
    program = shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    more = "\n_before = _markdown\ndef _markdown(text): return _before(text).upper()\n"
    with_more(program / "digest/site/render.py", more)
    assert story.build(PYTHONPATH=str(program)).returncode == 0
    assert b"OURS" in (story.site / "quotes/low-shut.html").read_bytes()
    assert b"Ada Low" in (story.site / "quotes/low-shut.html").read_bytes()
    story.next_build_is_whole()


def test_80_the_command_itself_says_of_a_rebuild_what_it_says_of_a_clean_build(story):
    for path, text in {
        "seeds/b.txt": " date 2030-01-05 Nobody said “a word” more.\n",  # a warning
        "seeds/notes.pdf": "not read",  # another
        "data/proposed/b.yaml": "not a proposal\n",  # a third
    }.items():
        (story.folder / path).parent.mkdir(exist_ok=True)
        (story.folder / path).write_text(text, encoding="utf-8")
        first, again, clean = (story.build(*more) for more in ((), (), ("--no-cache",)))
        assert first.stderr.count("warning[") > 0
        assert first.returncode == again.returncode == clean.returncode
        assert first.stderr == again.stderr == clean.stderr
        assert first.stdout == again.stdout == clean.stdout
    for path in ("seeds/b.txt", "seeds/notes.pdf", "data/proposed/b.yaml"):
        (story.folder / path).unlink()
        rebuilt, clean = story.build(), story.build("--no-cache")
        assert (rebuilt.stdout, rebuilt.stderr) == (clean.stdout, clean.stderr)
    story.next_build_is_whole()

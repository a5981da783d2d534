"""Rows 38 to 46: articles that come in by ``digest add``: hostile, killed, twice, at once."""

from __future__ import annotations

import gzip
import random
import subprocess
import time
import zipfile
from io import BytesIO
from itertools import chain

import pytest

from tests.faults.measured import digest
from tests.faults.story import DIGEST, contents, small

pytest.importorskip("trafilatura", reason="the extra html is not installed")

PROSE = (
    "The council met for an hour in the hall by the harbour and talked about the wall, which the "
    "storm of last winter had broken in three places. “We will mend it before the winter,” Ada Low "
    "said on Wednesday, and nobody in the hall who had come to listen spoke against her."
)


def page(body: str, head: str = '<meta charset="utf-8">') -> str:
    return (
        f"<!DOCTYPE html><html><head>{head}<title>The wall</title></head><body>{body}</body></html>"
    )


ARTICLE = f"<article><h1>The wall</h1><p>{PROSE}</p><p>{PROSE[:90]} again.</p></article>"
WITHIN = 5  # s of the processor for one page
MEMORY = 512  # MB


@pytest.fixture
def folder(tmp_path):
    """A digest of one claim, its site built."""
    root = small(tmp_path / "digest")
    assert digest("build", "--root", root).code == 0
    return root


@pytest.fixture
def given(folder, tmp_path):
    """What came of an ``add``: how it ended, and the files that are new, with their content."""
    before = contents(folder)

    def add(content: bytes, name: str = "page.html"):
        (tmp_path / name).write_bytes(content)
        ended = digest("add", tmp_path / name, "--root", folder, timeout=60)
        assert "Traceback" not in ended.err
        after = contents(folder)
        assert before.items() <= after.items(), "something was changed or taken away"
        return ended, {path: after[path] for path in after.keys() - before.keys()}

    return add


HOSTILE = {
    "tags that never end": page(ARTICLE + "<a " * 20_000),
    "comments that never end": page(ARTICLE + "<!--" * 20_000),
    "a marked section": page(ARTICLE + "<![ if ]>" * 5_000),
    "a number beyond all letters": page(ARTICLE + "&#999999999999999999;" * 5_000),
    "ten thousand boxes in one another": page("<div>" * 10_000 + ARTICLE + "</div>" * 10_000),
    "no page but its beginning": "<!DOCTYPE html><html><body>" + "<p" * 50_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_38_a_hostile_page_is_read_or_refused_within_bounds(given, html):
    ended, new = given(html.encode())
    assert ended.seconds < WITHIN + 2  # and the starting of Python and of lxml
    assert ended.megabytes < MEMORY
    assert ended.code in (0, 1)
    assert bool(new) == (ended.code == 0)
    assert ended.code == 0 or "page.html:" in ended.err


def test_38_fifty_megabytes_are_refused_at_once(given):
    ended, new = given(page(ARTICLE).encode() + b" " * 50_000_000)
    assert (ended.code, new) == (1, {})
    assert "error[file-size] is larger than 5,000,000 bytes" in ended.err
    assert ended.seconds < 1


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<meta charset="windows-1252">', "utf-8-sig"),  # a byte order mark counts more
        ("", "utf-8"),
        ('<meta charset="utf-8">', "utf-8"),
    ],
)
def test_39_a_page_is_read_in_its_own_characters(given, head, encoding):
    ended, new = given(page(ARTICLE, head).encode(encoding))
    assert ended.code == 0, ended.err
    [seed] = [text.decode() for path, text in new.items() if path.endswith(".md")]
    assert "“We will mend it before the winter,”" in seed
    assert "\ufffd" not in seed


def test_39_characters_that_are_not_what_the_page_says_are_never_replaced_in_silence(given):
    ended, new = given(page(ARTICLE).encode("cp1252"))
    kept = [text.decode() for path, text in new.items() if path.endswith(".md")]
    assert ended.code == 1 or all("“We will mend" in text for text in kept)
    assert not any("\ufffd" in text for text in kept)


UNSEEN = {
    "hidden by its style": '<p style="display: none">“Nobody sees this,” Ada Low said.</p>',
    "of a template": "<template><p>“Nobody sees this,” Ada Low said.</p></template>",
    "in a comment": "<!-- <p>“Nobody sees this,” Ada Low said.</p> -->",
    "for browsers without scripts": "<noscript><p>“Nobody sees this,” Ada said.</p></noscript>",
    "with the attribute": "<p hidden>“Nobody sees this,” Ada Low said.</p>",
}


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN)
def test_40_what_no_reader_of_the_page_sees_is_no_part_of_the_article(given, unseen):
    ended, new = given(page(ARTICLE.replace("</h1>", f"</h1>{unseen}")).encode())
    assert ended.code == 0, ended.err
    [seed] = [text.decode() for path, text in new.items() if path.endswith(".md")]
    assert "We will mend it" in seed
    assert "Nobody sees" not in seed


def zipped() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("article.html", b"\0" * 50_000_000)
    return written.getvalue()


NO_PAGE = {
    "a bomb by gzip": (gzip.compress(b"\0" * 50_000_000), "is compressed, not a text"),
    "a bomb by zip": (zipped(), "is a zip archive, not a text"),
    "nothing": (b"", "there is nothing in it"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "is a PDF, not a text"),
}


@pytest.mark.parametrize(("content", "told"), NO_PAGE.values(), ids=NO_PAGE)
def test_41_what_only_has_the_name_of_a_page_is_refused(given, content, told):
    ended, new = given(content)
    assert (ended.code, new) == (1, {})
    assert told in ended.err
    assert ended.seconds < 1


def test_42_the_same_article_again_changes_nothing(given):
    first, new = given(page(ARTICLE).encode())
    again, still = given(page(ARTICLE).encode(), "other.html")
    assert (first.code, again.code) == (0, 0)
    assert still == new
    assert len([path for path in new if path.startswith("seeds/00")]) == 1


def test_42_other_words_under_the_same_name_are_another_article(given):
    given(page(ARTICLE).encode())
    ended, new = given(page(ARTICLE.replace("harbour", "seaside")).encode())
    assert ended.code == 0
    assert len([path for path in new if path.endswith(".md")]) == 2


def test_43_an_add_that_is_killed_leaves_whole_files_and_is_ended_by_the_same_command(tmp_path):
    """A hundred times: the folder is as before, or holds whole files of the article."""
    (tmp_path / "wall.txt").write_text(f" date 2030-01-03 {PROSE}\n", encoding="utf-8")
    command = [*DIGEST, "add", str(tmp_path / "wall.txt"), "--root"]
    whole = small(tmp_path / "whole")
    begun = time.monotonic()
    assert subprocess.run([*command, whole], capture_output=True, check=False).returncode == 0
    lasts = time.monotonic() - begun
    wanted, chance, folder = contents(whole), random.Random(43), small(tmp_path / "killed")
    untouched = contents(folder)
    for _ in range(100):
        with subprocess.Popen([*command, folder], stderr=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL) as add:  # fmt: skip
            time.sleep(chance.random() * lasts)
            add.kill()
        left = {path: text for path, text in contents(folder).items() if "/." not in f"/{path}"}
        assert untouched.items() <= left.items() <= wanted.items()
    assert subprocess.run([*command, folder], capture_output=True, check=False).returncode == 0
    assert contents(folder) == wanted


@pytest.mark.parametrize("name", ["-rf", "..hidden", "a\nb.txt", "é" * 120, "CON.txt", "a;b|c.txt"])
def test_44_a_file_of_any_name_gets_a_name_of_ours(folder, tmp_path, name):
    path = tmp_path / name
    path.write_text(f" date 2030-01-03 {PROSE}\n", encoding="utf-8")
    ended = digest("add", path, "--root", folder)
    assert ended.code == 0, ended.err
    [seed] = [one for one in (folder / "seeds").iterdir() if one.name != "a.txt"]
    assert seed.name.startswith(("000_", "001_"))
    assert seed.suffix == ".txt"


def test_44_an_id_that_climbs_is_refused(folder, tmp_path):
    (tmp_path / "wall.txt").write_text(f" date 2030-01-03 {PROSE}\n", encoding="utf-8")
    before = contents(folder)
    ended = digest("add", tmp_path / "wall.txt", "--id", "../../x", "--root", folder)
    assert ended.code == 1
    assert "error[id-form]" in ended.err
    assert contents(folder) == before


def test_45_of_two_articles_added_at_once_both_come_in_or_one_is_refused(tmp_path):
    for number in range(10):
        folder = small(tmp_path / f"digest-{number}")
        both = []
        for name, day in (("one", "03"), ("two", "04")):
            path = tmp_path / f"{name}.txt"
            path.write_text(f" date 2030-01-{day} {PROSE} {name}\n", encoding="utf-8")
            both.append(
                subprocess.Popen([*DIGEST, "add", path, "--root", folder],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            )  # fmt: skip
        errors = [one.communicate()[1].decode() for one in both]
        codes = [one.returncode for one in both]
        seeds = [one.name for one in (folder / "seeds").iterdir() if one.name != "a.txt"]
        assert set(codes) <= {0, 1}
        assert len(seeds) == codes.count(0) >= 1, errors
        assert len({name[:3] for name in seeds}) == len(seeds)
        assert "Traceback" not in "".join(chain(errors))
        assert digest("check", "--root", folder).code == 0


GOLDEN = f"""---
title: "The wall"
---

{PROSE}

{PROSE[:90]} again.
"""


def test_46_the_text_that_is_taken_from_a_page_is_this_to_the_letter(given):
    _, new = given(page(ARTICLE).encode())
    [seed] = [text.decode() for path, text in new.items() if path.endswith(".md")]
    assert seed == GOLDEN


def test_46_a_stored_text_is_never_written_again(given, folder):
    _, new = given(page(ARTICLE).encode())
    [seed] = [path for path in new if path.endswith(".md")]
    (folder / seed).write_bytes(new[seed].replace(b"The wall", b"The Wall"))
    stored = (folder / seed).read_bytes()
    ended = digest("add", folder.parent / "page.html", "--root", folder)
    assert ended.code == 0, ended.err
    assert (folder / seed).read_bytes() == stored

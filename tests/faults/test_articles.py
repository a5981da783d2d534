"""Rows 23 to 37 of docs/promises.md: quotes and articles.

Each test runs the real command on a small digest whose site is built already.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import socket
import stat
from pathlib import Path
from threading import Event, Thread
from unicodedata import normalize

import pytest
from lxml import etree

from tests.faults.ends import passed, refused
from tests.faults.formats import blocks, strictly, strings
from tests.faults.inert import Page, flat
from tests.faults.measured import digest

FILLER = "The council met for an hour and talked about the wall, the nets and the weather. " * 8
LOW = "It is shut, and I don’t think it will open again"
CAFE = "The café at Orr’s pier stays, too"
ARTICLE = f""" date 2030-01-09 “{LOW},” Ada Low said on Monday. {FILLER}

“{CAFE},” she said on Monday. {FILLER}
"""
OTHER = f" date 2030-01-09 “We were not asked,” Ben Orr said on Tuesday. {FILLER}\n"
SECRET = "the key to the safe is under the stone"
RECORD = """\
articles:
  a: {file: a.txt, publisher: The Post}
  b: {file: b.txt, publisher: The Mail}
speakers:
  ada-low: {name: Ada Low}
  ben-orr: {name: Ben Orr}
claims:
  low-shut:
    speaker: ada-low
    when: {words: on Monday}
    printed: [{in: a, words: %s}]
  orr-asked:
    speaker: ben-orr
    when: {words: on Tuesday}
    printed: [{in: b, words: "We were not asked"}]
dismissed:
  a: {%s: a café}
"""


def written(value: object) -> str:
    """A value as it stands in YAML, what cannot be seen by its number."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in text)


def record(words: object = LOW, dismissed: str = CAFE) -> str:
    return RECORD % (written(words), written(dismissed))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A digest with its site; beside it a file that nobody may publish."""
    around = tmp_path_factory.mktemp("built")
    (around / "secret.txt").write_text(f" date 2030-01-09 “{SECRET},” Ada Low said.\n")
    for path, text in {
        "seeds/a.txt": ARTICLE,
        "seeds/b.txt": OTHER,
        "data/claims.yaml": record(),
        "data/site.yaml": "title: A digest\n",
        "data/pages/about.md": "# Method\n",
    }.items():
        (around / "digest" / path).parent.mkdir(parents=True, exist_ok=True)
        (around / "digest" / path).write_text(text, encoding="utf-8")
    assert digest("build", "--root", around / "digest").code == 0
    return around


@pytest.fixture
def folder(built, tmp_path) -> Path:
    return shutil.copytree(built, tmp_path / "around") / "digest"


def write(folder: Path, path: str, content: str | bytes) -> None:
    content = content.encode() if isinstance(content, str) else content
    (folder / path).write_bytes(content)


def published(site: Path) -> str:
    """All that a site holds."""
    return "".join(path.read_text("utf-8", "replace") for path in site.rglob("*") if path.is_file())


def quoted(site: Path) -> list[str]:
    """The words of the first claim, from ``claims.json``."""
    told = json.loads((site / "claims.json").read_text(encoding="utf-8"))
    [appearance] = told["claims"][0]["appearances"]
    return [segment["text"] for segment in appearance["segments"]]


def safe(told: str) -> bool:
    """Whether words do nothing to a terminal."""
    return all(sign.isprintable() or sign == "\n" for sign in told)


# -- The words of a quotation

SLIPS = {
    "words that stand nowhere": ("Nobody ever spoke of that at all", ()),
    "one letter off": (LOW.replace("shut", "shot"), (f"nearest, at seeds/a.txt:1:19: “{LOW}",)),
    "a word dropped": (LOW.replace("will ", ""), (f"nearest, at seeds/a.txt:1:19: “{LOW}",)),
    "a word more": (LOW.replace("will ", "will not "), ("nearest, at seeds/a.txt:1:19",)),
    "another case": (LOW.replace("It", "it"), ("here “it is shut", "there “It is shut")),
    "another accent": (CAFE.replace("é", "è"), ("there “The café at Orr's",)),
    "half of it": ("It is shut", ("is only part of the stretch at seeds/a.txt:1:19",)),
    "more than is quoted": (LOW + ",” Ada Low said", ("error[words-",)),
    "prose": ("The council met for an hour", ("stands at seeds/a.txt:1:", "no", "quotation marks")),
}


@pytest.mark.parametrize(("words", "told"), SLIPS.values(), ids=SLIPS)
def test_23_words_that_are_not_the_articles_are_refused_and_the_nearest_is_shown(
    folder, words, told
):
    write(folder, "data/claims.yaml", record(words))
    refused(folder, "data/claims.yaml:11:30: error[words-", *told)


UNLIKE = {
    "a Cyrillic a": (LOW.replace("again", "\u0430gain"), "U+0430"),
    "a Greek omicron": (LOW.replace("open", "\u03bfpen"), "U+03BF"),
    "a zero-width space": (LOW.replace("shut", "sh\u200but"), "U+200B"),
    "a word joiner": (LOW.replace("shut", "sh\u2060ut"), "U+2060"),
    "a direction overridden": (LOW.replace("shut", "\u202eshut"), "U+202E"),
    "a soft hyphen": (LOW.replace("again", "a\u00adgain"), "U+00AD"),
    "a full-width letter": (LOW.replace("It", "\uff29t"), "U+FF29"),
    "a ligature": (LOW.replace("think it", "think \ufb01t"), "U+FB01"),
    "a dotless i": (LOW.replace("will", "w\u0131ll"), "U+0131"),
    "a variation selector": (LOW.replace("shut", "shut\ufe0f"), "U+FE0F"),
    "a tag": (LOW.replace("shut", "shut\U000e0041"), "U+E0041"),
    "a letter of private use": (LOW.replace("shut", "shut\ue000"), "U+E000"),
}


@pytest.mark.parametrize(("words", "code"), UNLIKE.values(), ids=UNLIKE)
def test_24_a_character_that_looks_like_another_or_like_nothing_is_named(folder, words, code):
    write(folder, "data/claims.yaml", record(words))
    assert safe(refused(folder, "data/claims.yaml:11:", code))


@pytest.mark.parametrize(
    ("printed", "curated"),
    [
        (LOW.replace("again", "a\u00adgain"), LOW),  # what folding passes over
        (LOW.replace("I don’t", "\u200eI don’t"), LOW),
        (LOW.replace("It is", "It\u00a0is"), LOW),
        (LOW.replace("and I", "and\u2028I"), LOW),
    ],
)
def test_24_what_only_the_article_has_is_printed_as_the_article_has_it(folder, printed, curated):
    write(folder, "seeds/a.txt", ARTICLE.replace(LOW, printed))
    write(folder, "data/claims.yaml", record(curated))
    assert quoted(passed(folder)) == [printed]


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\u202e", "\U000e0041"])
def test_24_an_invisible_sign_of_the_article_stops_nobody_from_seeing_that_it_is_there(
    folder, sign
):
    write(folder, "seeds/a.txt", ARTICLE.replace("shut", f"sh{sign}ut"))
    refused(folder, "error[words-not-found]", f"U+{ord(sign):04X}")
    write(folder, "data/claims.yaml", record(LOW.replace("shut", f"sh{sign}ut")))
    refused(folder, "data/claims.yaml:11:", f"U+{ord(sign):04X}")


def test_25_letters_written_in_two_ways_are_two_letters(folder):
    apart = normalize("NFD", CAFE)
    assert apart != CAFE
    write(folder, "data/claims.yaml", record(apart, LOW))
    refused(folder, "error[words-not-found]", "U+00E9", f"nearest, at seeds/a.txt:3:2: “{CAFE}")
    write(folder, "seeds/a.txt", ARTICLE.replace(CAFE, apart))
    assert quoted(passed(folder)) == [apart]


@pytest.mark.parametrize(
    "typed", [LOW.replace("’", "'"), LOW.replace("’", "‘"), f"  {LOW}  ", LOW.replace(" ", "\n")]
)
def test_25_other_typography_in_the_record_prints_the_articles_own(folder, typed):
    write(folder, "data/claims.yaml", record(typed))
    site = passed(folder)
    assert quoted(site) == [LOW]
    assert "don’t think" in (site / "quotes/low-shut.html").read_text(encoding="utf-8")
    assert "don't think" not in published(site)


NOTHING = {
    "nothing": "",
    "blanks": "   ",
    "no-break spaces": "\u00a0\u00a0",
    "a list of nothing": [],
    "a list of blanks": [" ", ""],
    "a regular expression": ".*",
    "one that is meant to match": r"It is shut.*again",
    "a class": "[^”]+",
    "signs alone": "”“…—",
    "a point": ".",
    "an ellipsis for what is left out": "It is shut … again",
    "an ellipsis in brackets": "It is shut, and […] again",
    "two stretches by an ellipsis": f"{LOW} … {CAFE}",
    "two stretches by dots": f"{LOW}... {CAFE}",
    "a stretch of another article": "We were not asked",
    "one stretch of each": [LOW, "We were not asked"],
}


@pytest.mark.parametrize("words", NOTHING.values(), ids=NOTHING)
def test_26_words_that_are_no_whole_stretch_of_this_article_are_refused(folder, words):
    write(folder, "data/claims.yaml", record(words))
    refused(folder, "data/claims.yaml:11:", "error[")


ELSEWHERE = {
    "no such file": "none.txt",
    "a step up": "../../secret.txt",
    "a step up in a file's own folder": "../seeds/a.txt",
    "an absolute path": "/etc/hostname",
    "a path with a blank": " a.txt",
    "a list": ["a.txt", "b.txt"],
    "a mapping": {"a.txt": "b.txt"},
    "nothing": "",
    "another ending": "a.pdf",
    "an address": "https://127.0.0.1/a.txt",
    "a file of the system": "/proc/self/environ",
    "a name with an escape": "a.txt\u001b[2J",
}


@pytest.mark.parametrize("file", ELSEWHERE.values(), ids=ELSEWHERE)
def test_27_an_article_is_a_file_in_seeds_and_nothing_else(folder, file):
    text = record().replace("file: a.txt", f"file: {written(file)}")
    write(folder, "data/claims.yaml", text)
    told = refused(folder, "data/claims.yaml:2:", "error[")
    assert "\x1b" not in told
    assert SECRET not in told + published(folder / "site")


# -- The bytes of an article

BYTES = {
    "a byte that never stands in UTF-8": (b"\xff", 3, "byte 765 (0xff) is not UTF-8"),
    "the first byte of two, alone": (b"\xc3", 3, "(0xc3) is not UTF-8"),
    "half a pair of UTF-16 (CESU-8)": (b"\xed\xa0\x80", 3, "(0xed) is not UTF-8"),
    "more bytes than a slash needs": (b"\xc0\xaf", 3, "(0xc0) is not UTF-8"),
    "a number beyond Unicode": (b"\xf4\x90\x80\x80", 3, "(0xf4) is not UTF-8"),
    "Latin-1": ("café".encode("latin-1"), 3, "(0xe9) is not UTF-8"),
    "a NUL": (b"\0", 3, "a NUL"),
}


@pytest.mark.parametrize(("content", "line", "told"), BYTES.values(), ids=BYTES)
def test_28_what_is_not_utf_8_is_refused_with_line_and_byte(folder, content, line, told):
    article = ARTICLE.encode()
    assert article.count(b"\n", 0, 765) == line - 1
    write(folder, "seeds/a.txt", article[:765] + content + article[765:])
    refused(folder, f"seeds/a.txt:{line}:1: error[article-encoding]", told)


OTHERS = {
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "a program": b"\x7fELF\2\1\1\0",
    "UTF-16": ARTICLE.encode("utf-16"),
    "UTF-16 without a mark": ARTICLE.encode("utf-16-le"),
    "UTF-32": ARTICLE.encode("utf-32"),
    "only NULs": b"\0" * 5000,
}


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS)
def test_29_what_is_no_text_is_refused(folder, content):
    write(folder, "seeds/a.txt", content)
    refused(folder, "seeds/a.txt:", ":1: error[article-encoding]")


@pytest.mark.parametrize("content", [b"", b"\n", b" \t\r\n", b"\xef\xbb\xbf", b"\r", b"\x0c"])
def test_29_an_article_of_nothing_holds_no_words(folder, content):
    write(folder, "seeds/a.txt", content)
    refused(folder, "data/claims.yaml:11:30: error[words-not-found]")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ("\ufeff" + ARTICLE, LOW),  # a byte order mark
        (ARTICLE.replace("\n", "\r\n"), LOW),
        (ARTICLE.replace("\n", "\r"), LOW),
        (ARTICLE.replace("and I", "and\rI"), LOW.replace("and I", "and\rI")),
        (ARTICLE.rstrip("\n"), LOW),
        (ARTICLE + "\x1a", LOW),
    ],
)
def test_29_other_ends_of_lines_and_a_byte_order_mark_are_kept_and_counted(folder, changed, words):
    write(folder, "seeds/a.txt", changed)
    site = passed(folder)
    assert quoted(site) == [words]
    assert digest("verify", site, "--seeds", folder / "seeds").code == 0


# -- Much of it

LARGEST = 2_000_000
LONG = {
    "one line": FILLER * 2900,
    "combining marks": "a" + "\u0301" * 200_000,
    "a megabyte of combining marks": "a" + "\u0301" * 900_000,
    "a quotation of a megabyte": "“" + "and more words " * 66_000 + "”",
    "one word": "x" * 100_000,
    "one word of a megabyte": "x" * 1_900_000,
    "marks that open": "“" * 4_900,
    "quotations in one sentence": "“a, b” " * 2_400,
    "lines of one letter": "a\n" * 49_000,
    "empty lines": "\n" * 49_000,
    "headings": "The Post\n\n" * 24_000,
    "sentences": "He said. " * 200_000,
    "brackets": "(" * 1_900_000,
    "capitals": "A " * 900_000,
    "dashes and points": "—...…" * 150_000,
    "white space": " \u00a0\t" * 400_000,
    "signs that folding skips": "\u00ad\u200e" * 300_000,
    "days": "on Monday " * 190_000,
}


def long(text: str) -> str:
    """An article that goes on for long."""
    return f"{ARTICLE}\n{text}\n"


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_30_a_large_article_is_read_within_bounds(folder, text):
    write(folder, "seeds/a.txt", long(text))
    assert len(long(text).encode()) <= LARGEST
    if text.count("“") * 200 < len(text) and not text.startswith("“and"):
        passed(folder)
    else:  # hardly anything but quotations
        refused(folder, "seeds/a.txt:1:1: error[rights-share]")


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_30_a_word_that_a_large_article_has_not_is_sought_within_bounds(folder, text):
    write(folder, "seeds/a.txt", long(text))
    write(folder, "data/claims.yaml", record(LOW.replace("shut", "shot")))
    refused(folder, "error[words-not-found]")


BEYOND = {
    "bytes": (b"x" * (LARGEST + 1), "error[file-size] is larger than 2,000,000 bytes"),
    "fifty megabytes in one line": (b"x" * 50_000_000, "error[file-size]"),
    "quotation marks": (long("“a” " * 2_500).encode(), "more than 5,000 quotation marks"),
    "straight marks": (long('"' * 1_900_000).encode(), "more than 5,000 quotation marks"),
    "lines": (long("a\n" * 50_000).encode(), "error[article-size] more than 50,000 lines"),
}


@pytest.mark.parametrize(("content", "told"), BEYOND.values(), ids=BEYOND)
def test_30_more_than_an_article_may_hold_is_refused_within_a_second(folder, content, told):
    write(folder, "seeds/a.txt", content)
    refused(folder, "seeds/a.txt:1:1: ", told, within=1)


@pytest.mark.parametrize(
    ("path", "most"),
    [("data/pages/about.md", 256_000), ("data/static/a.txt", 2_000_000)],
)
def test_30_a_page_of_our_own_and_a_copied_file_have_their_caps(folder, path, most):
    (folder / path).parent.mkdir(exist_ok=True)
    write(folder, path, b"word " * (most // 5))
    passed(folder)
    write(folder, path, b"word " * (most // 5) + b"x")
    refused(folder, f"{path}:1:1: error[file-size] is larger than {most:,} bytes", within=1)


# -- What is no plain file


def make(kind: str, path: Path) -> None:
    """Something that is no plain file."""
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a device":
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    elif kind == "a socket":
        with socket.socket(socket.AF_UNIX) as line:
            line.bind(os.path.relpath(path))
    elif kind == "a folder":
        path.mkdir()
        (path / "a.txt").write_text(SECRET)
    else:
        path.symlink_to({
            "a link to a secret": path.parents[2] / "secret.txt",
            "a link to another article": "b.txt",
            "a link to a folder": path.parents[2],
            "a link to itself": path.name,
            "a link to nothing": "nothing.txt",
            "a link to a device": "/dev/zero",
            "a link to what never ends": "/proc/self/fd/0",
        }[kind])  # fmt: skip


KINDS = [
    "a pipe", "a device", "a socket", "a folder", "a link to a secret",
    "a link to another article", "a link to a folder", "a link to itself", "a link to nothing",
    "a link to a device", "a link to what never ends",
]  # fmt: skip
PLACES = ["seeds/a.txt", "seeds/z.txt", "data/claims/z.yaml", "data/pages/z.md", "data/static/z"]


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_31_what_is_no_plain_file_is_refused_and_never_read(folder, monkeypatch, kind, path):
    monkeypatch.chdir(folder)  # a socket's name is short
    make(kind, folder / path)
    if kind == "a folder" and path == "data/static/z":
        assert (passed(folder) / "z/a.txt").read_text() == SECRET
        return
    told = refused(folder, f"{path}:1:1: error[file-kind] is not a plain file", within=1)
    assert SECRET not in told + published(folder / "site")


@pytest.mark.parametrize(
    "part", ["seeds", "data", "data/claims", "data/pages", "data/static", "data/static/icons"]
)
def test_31_a_folder_that_is_a_link_to_elsewhere_is_refused(folder, part):
    (folder / "data/static").mkdir()
    (folder / "data/claims").mkdir()
    elsewhere = folder.parent / "elsewhere"
    if (folder / part).exists():
        (folder / part).rename(elsewhere)
    else:
        elsewhere.mkdir()
        (elsewhere / "key.txt").write_text(SECRET)
    (folder / part).symlink_to(elsewhere)
    told = refused(folder, f"{part}:1:1: error[file-kind] is ", within=1)
    assert told.count("[file-kind]") == 1
    assert SECRET not in told + published(folder / "site")


def test_31_a_folder_that_is_a_link_to_everything_is_not_walked(folder):
    shutil.rmtree(folder / "seeds")
    (folder / "seeds").symlink_to("/")
    (folder / "data/static").symlink_to("/")
    refused(folder, "seeds:1:1: error[file-kind]", "data/static:1:1: error[file-kind]", within=1)


@pytest.mark.parametrize("part", ["seeds", "data/pages", "data/claims", "data/static"])
def test_31_a_file_in_the_place_of_a_folder_is_refused(folder, part):
    if (folder / part).exists():
        shutil.rmtree(folder / part)
    write(folder, part, b"x")
    refused(folder, f"{part}:1:1: error[folder-unreadable] cannot be read: Not a directory")


def test_31_a_link_to_the_whole_folder_is_the_way_that_the_curator_has_named(folder):
    linked = folder.parent / "linked"
    linked.symlink_to(folder)
    assert digest("build", "--root", linked).code == 0


def test_31_a_file_that_becomes_a_link_while_it_is_read_shows_nothing_of_another(folder):
    over, ended = Event(), []

    def exchange() -> None:
        article, there, link = folder / "seeds/b.txt", folder / "b.new", folder / "b.link"
        while not over.is_set():
            link.symlink_to(folder.parent / "secret.txt")
            os.replace(link, article)
            there.write_text(OTHER, encoding="utf-8")
            os.replace(there, article)

    thread = Thread(target=exchange)
    thread.start()
    try:
        for _ in range(40):
            ended.append(digest("build", "--root", folder, "--no-cache"))
            assert SECRET not in published(folder / "site") + ended[-1].out + ended[-1].err
    finally:
        over.set()
        thread.join()
    assert {one.code for one in ended} <= {0, 1}
    assert all("Traceback" not in one.err for one in ended)


def test_31_a_file_that_grows_while_it_is_read_is_refused_or_read_as_it_was(folder):
    over, states = Event(), {OTHER + "x" * n for n in range(1_000)}

    def grow() -> None:
        while not over.is_set():
            with (folder / "seeds/b.txt").open("w", encoding="utf-8") as file:
                for more in (OTHER, *"x" * 999):
                    file.write(more)
                    file.flush()

    thread = Thread(target=grow)
    thread.start()
    try:
        ended = [digest("build", "--root", folder, "--no-cache") for _ in range(20)]
    finally:
        over.set()
        thread.join()
    assert {one.code for one in ended} <= {0, 1}
    assert all("Traceback" not in one.err for one in ended)
    assert (folder / "seeds/b.txt").read_text(encoding="utf-8") in states


# -- The names of files

HOSTILE = {
    "not UTF-8": b"\xff\xfe.txt",
    "half a pair": b"\xed\xa0\x80.txt",
    "two lines and markup": b"a\n<script>alert(1)</script>.txt".replace(b"/", b"\\"),
    "escape codes": b"\x1b[2J\x1b]0;owned\x07.txt",
    "a carriage return": b"a.txt\rseeds.txt",
    "a direction overridden": "a\u202etxt.exe.txt".encode(),
    "a zero-width space": "a\u200b.txt".encode(),
    "a line separator": "a\u2028.txt".encode(),
}


@pytest.mark.parametrize("place", ["seeds", "data/pages", "data/claims", "data/static"])
@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_32_a_name_that_cannot_be_shown_is_refused_safely(folder, name, place):
    ending = {"data/pages": b".md", "data/claims": b".yaml"}.get(place, b".txt")
    (folder / place).mkdir(exist_ok=True)
    path = os.path.join(os.fsencode(folder), place.encode(), name.replace(b".txt", ending))
    Path(os.fsdecode(path)).write_bytes(b"x: y\n")
    told = refused(folder, f"{place}/", ":1:1: error[file-name]", within=1)
    assert safe(told)
    assert len([line for line in told.splitlines() if line.startswith(place)]) == 1


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_32_a_file_that_is_not_read_is_named_safely(folder, name):
    path = os.path.join(os.fsencode(folder), b"seeds", name.replace(b".txt", b".bak"))
    Path(os.fsdecode(path)).write_bytes(b"x")
    ended = digest("build", "--root", folder)
    assert ended.code == 0
    assert safe(ended.err)
    assert ended.err.count("warning[file-skipped]") == 1


@pytest.mark.parametrize(
    "name",
    ["-rf.txt", "--help.txt", " .txt", "a b.txt", "é.txt", "$(id).txt", "'\"<b>.txt", "%s.txt",
     "..txt", "a.txt.txt", "con.txt", "x" * 251 + ".txt", "“quoted”.txt", "😀.txt"],
)  # fmt: skip
def test_32_any_other_name_is_a_name(folder, name):
    (folder / "seeds/a.txt").rename(folder / "seeds" / name)
    text = record().replace("file: a.txt", f"file: {written(name)}")
    write(folder, "data/claims.yaml", text)
    if name.startswith("."):  # hidden
        refused(folder, "error[article-file]")
        return
    told = json.loads((passed(folder) / "claims.json").read_text(encoding="utf-8"))
    assert told["claims"][0]["appearances"][0]["file"] == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("seeds/b.txt", "seeds/B.txt"),
        ("seeds/é.txt", "seeds/e\u0301.txt"),
        ("data/pages/about.md", "data/pages/About.md"),
        ("data/static/a.png", "data/static/A.png"),
        ("data/static/i/a.png", "data/static/I/a.png"),
        ("data/claims/ß.yaml", "data/claims/SS.yaml"),
    ],
)
def test_32_two_names_that_are_one_on_another_system_are_refused(folder, one, other):
    for path in (one, other):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write(folder, path, "" if path.endswith(".yaml") else OTHER)
    first, second = sorted((one, other))
    refused(folder, f"{second}:1:1: error[file-name]", f"has the name of {first} but for")


# -- An article that is another one now


def test_33_a_cited_article_that_is_gone_is_missed(folder):
    (folder / "seeds/a.txt").unlink()
    refused(folder, "data/claims.yaml:2:13: error[article-file]", within=1)


def test_33_an_article_edited_at_equal_size_and_time_is_seen(folder):
    article = folder / "seeds/a.txt"
    before = article.stat()
    write(folder, "seeds/a.txt", ARTICLE.replace("shut", "open", 1))
    os.utime(article, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = article.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    refused(folder, "error[words-not-found]", "here “It is shut", "there “It is open")


def test_33_without_seeds_every_cited_article_is_missed(folder):
    shutil.rmtree(folder / "seeds")
    told = refused(folder, "data/claims.yaml:2:", "data/claims.yaml:3:", within=1)
    assert told.count("error[article-file]") == 2


def test_33_an_article_whose_day_has_changed_no_longer_gives_the_day(folder):
    text = record().replace("speaker: ada-low\n", "speaker: ada-low\n    said: 2030-01-07\n")
    write(folder, "data/claims.yaml", text)
    passed(folder)
    write(folder, "seeds/a.txt", ARTICLE.replace("2030-01-09", "2030-01-16"))
    refused(folder, "data/claims.yaml:", "2030-01-14")


# -- What an article says

MARKUP = {
    "a script": "<script>alert(1)</script>",
    "the end of a script": "</script><!--<script>alert(1)//",
    "the end of a comment": "--><img src=x onerror=alert(1)><!--",
    "the end of a part of XML": "]]><script>alert(1)</script><![CDATA[",
    "a declaration of XML": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "/x">]>&b;',
    "the end of a title": "</title></style></textarea></noscript></pre></svg><svg onload=alert(1)>",
    "the end of an attribute": "' onmouseover='alert(1)' autofocus onfocus=alert(1) x='",
    "the end of a quoted attribute": '" onmouseover="alert(1)" x="',
    "an address": "javascript:alert(1) data:text/html,x vbscript:x",
}
SYNTAX = {
    "a template": "{{ 7*7 }} {% include '/etc/passwd' %} {# gone #} ${7*7} #{7*7} <%= 7*7 %>",
    "Markdown": "**bold** _it_ `code` [a](b) ![c](d) # e * f > g 1. h | i | ~~j~~ <k>",
    "entities": "&lt;b&gt; &amp;amp; &quot; &#60; &#x3C; &nbsp; &copy; & &; &lt",
    "backslashes": r"\\n \u003cb\u003e \x3cb\x3e \0 \ \\ C:\new\table",
    "signs of patterns": r"%s %(name)s {0} {name} \g<1> \1 $1 $& .* (?i) [^a] a|b",
}
FORMULAS = {
    "a formula": "=cmd|' /C calc'!A0",
    "a formula that adds": "+1+cmd|' /C calc'!A0",
    "a formula that takes away": "-2+3+cmd|' /C calc'!A0",
    "a formula at a name": "@SUM(1+1)*cmd|' /C calc'!A0",
    "commas and quotation marks": "a, b; ''c'' 'd', \"e\"\"f",
}
LETTERS = {
    "two letters for one": "e\u0301 \ufb01 \u2126 \uac00 \u1100\u1161",
    "letters beyond the first plane": "\U0001f600 \U0001d504 \U00020000",
    "Arabic and Hebrew": "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
}
HELD = "Before {} after"


def telling(folder: Path, words: str) -> Path:
    """The digest with an article that says these words: quoted, dismissed, in prose, on top."""
    held = HELD.format(words)
    text = f"---\ntitle: {written('Pier ' + words)}\ndate: 2030-01-09\n"
    text += f"publisher: {written(words)}\n---\n\n"
    text += (
        f"“{held},” Ada Low said on Monday. {FILLER}\n\nThe quay {words} is closed. {FILLER}\n\n"
    )
    text += f"They call it “{words}” here. {FILLER}\n"
    write(folder, "seeds/c.md", text)
    more = "  low-told:\n    speaker: ada-low\n    when: {words: on Monday}\n"
    more += f"    printed: [{{in: c, words: {written(held)}}}]\n"
    whole = record().replace("dismissed:\n", f"{more}dismissed:\n  c: {{{written(words)}: said}}\n")
    write(folder, "data/claims.yaml", whole.replace("speakers:", "  c: {file: c.md}\nspeakers:"))
    return passed(folder)


def exact(folder: Path, words: str) -> None:
    """Whatever the article says is printed as it stands, in every format, and does nothing."""
    site, held = telling(folder, words), HELD.format(words)
    article = (folder / "seeds/c.md").read_text(encoding="utf-8")
    told = strictly((site / "claims.json").read_text(encoding="utf-8"))
    [segment] = next(
        one["appearances"][0]["segments"] for one in told["claims"] if one["id"] == "low-told"
    )
    assert article[segment["start"] : segment["end"]] == segment["text"] == held
    assert words in [one["text"] for one in told["dismissed"]]
    rows = list(
        csv.DictReader(io.StringIO((site / "claims.csv").read_bytes().decode(), newline=""))
    )
    assert held in [row["words"] for row in rows]
    page = Page((site / "quotes/low-told.html").read_bytes())
    assert flat(f"“{held},”") in page.text or flat(held) in page.text
    assert flat(f"Pier {words}") in Page((site / "articles/c.html").read_bytes()).text
    assert flat(words) in Page((site / "coverage.html").read_bytes()).text
    quoted = {text for block in blocks((site / "quotes/low-told.html").read_bytes())
              for text in strings(strictly(block))}  # fmt: skip
    assert held in quoted
    feed = etree.parse(site / "feed.xml").getroot()
    assert f"“{held}”" in feed.itertext()
    assert any(held in text for text in strings(strictly((site / "feed.json").read_text("utf-8"))))
    assert digest("verify", site, "--seeds", folder / "seeds").code == 0


@pytest.mark.parametrize("words", MARKUP.values(), ids=MARKUP)
def test_34_markup_in_an_article_is_printed_and_does_nothing(folder, words):
    exact(folder, words)


@pytest.mark.parametrize("words", SYNTAX.values(), ids=SYNTAX)
def test_35_what_other_languages_would_obey_is_printed_as_it_stands(folder, words):
    exact(folder, words)


@pytest.mark.parametrize("words", LETTERS.values(), ids=LETTERS)
def test_36_letters_of_any_script_are_printed_as_they_stand(folder, words):
    exact(folder, words)


@pytest.mark.parametrize("words", FORMULAS.values(), ids=FORMULAS)
def test_37_a_formula_is_exact_in_json_and_csv(folder, words):
    exact(folder, words)


SIGNS = {
    "a line separator": "\u2028",
    "a paragraph separator": "\u2029",
    "a next line": "\x85",
    "a vertical tab": "\x0b",
    "a form feed": "\x0c",
    "a bell": "\x07",
    "an escape": "\x1b[2J",
    "a delete": "\x7f",
    "a C1 control": "\x9b2J",
    "no character": "\ufffe\uffff",
    "no character of the last plane": "\U0010ffff",
    "one that was lost": "\ufffd",
    "private use": "\ue000",
    "a byte order mark": "\ufeff",
    "a direction overridden": "\u202egnp.exe\u202c",
    "isolates": "\u2066a\u2069",
    "a tag": "\U000e0041",
    "an interlinear annotation": "\ufff9a\ufffab\ufffb",
}


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_36_signs_that_break_lines_or_are_none_leave_every_format_whole(folder, sign):
    text = f"{ARTICLE}\nThey call it “the {sign} pier” here, {sign} too. {FILLER}\n"
    write(folder, "seeds/a.txt", text.replace(FILLER, f"{FILLER}{sign} {sign}x{sign}"))
    write(
        folder,
        "seeds/b.txt",
        OTHER.replace("“We", f"{sign} “We").replace("asked,", f"asked {sign},"),
    )
    ended = digest("build", "--root", folder)
    assert "Traceback" not in ended.err
    assert safe(ended.err)
    site = folder / "site"
    for path in site.rglob("*.json"):
        strictly(path.read_text(encoding="utf-8"))
    for path in site.rglob("*.xml"):
        etree.parse(path)
    for path in site.rglob("*.html"):
        assert list(Page(path.read_bytes()).runs()) == []
        for block in blocks(path.read_bytes()):
            strictly(block)
    if ended.code == 0:
        assert digest("verify", site, "--seeds", folder / "seeds").code == 0
        assert quoted(site) == [LOW]

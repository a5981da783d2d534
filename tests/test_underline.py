"""A finding shows its line, and the mark stands below what is meant."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cli.underline import underlined, width
from digest.diagnostics import Diagnostic, Place
from tests.test_same_bytes import run

YAML = "data/claims.yaml"


def shown(line, column, path=YAML, at=1):
    """The line and the mark below it, as they are printed."""
    finding = Diagnostic(Place(path, at, column), "a-rule", "what was found", ("a fix",))
    first, *between, last = underlined(finding, line.split("\n")).split("\n")
    assert first == f"{path}:{at}:{column}: error[a-rule] what was found"
    assert last == "    a fix"
    return between


@pytest.mark.parametrize(
    ("line", "column", "meant"),
    [
        ("  speaker: jd-vanse", 12, "jd-vanse"),
        ("  spekaer: jd-vance", 3, "spekaer"),
        ('  words: ["One, two", "three"]', 11, '"One, two"'),
        (r'  words: "a \"b\" c" # d', 10, r'"a \"b\" c"'),
        ("  words: 'it''s so', x", 10, "'it''s so'"),
        ("  - {in: a, words: it is shut}", 20, "it is shut"),
        ('  words: "never closed', 10, '"never closed'),
        ("  list: [one, two]", 9, "["),
        ("She said: “Not yet.” Then", 12, "Not yet."),
        ("  a:", 3, "a"),
    ],
)
def test_the_mark_is_below_the_words_that_are_meant(line, column, meant):
    told, mark = shown(line, column)
    assert told == f"    {line}"
    assert [told[at] for at, one in enumerate(mark) if one == "^"] == list(meant)


@pytest.mark.parametrize(
    ("line", "column", "told", "mark"),
    [
        ("  名前: 漢字です", 7, "  名前: 漢字です", "        ^^^^^^^^"),  # two columns each
        ("e\u0301te\u0301: x", 8, "e\u0301te\u0301: x", "     ^"),  # a mark upon a letter has none
        ("\ta: x", 2, "    a: x", "    ^"),  # a tab is four blanks
        ("a: \u202ex", 5, "a: <U+202E>x", "           ^"),  # nothing turns the line round
        ("a: \x1b[2Jx", 4, "a: <U+001B>[2Jx", "   ^^^^^^^^"),  # nor clears the screen
        ("a: b\r", 4, "a: b", "   ^"),
        ("a: b", 9, "a: b", "    ^"),  # behind its end
    ],
)
def test_columns_are_those_of_a_terminal_and_no_character_moves_it(line, column, told, mark):
    assert shown(line, column) == [f"    {told}", f"    {mark}"]


def test_of_a_long_line_the_part_around_the_column_is_shown():
    line = "x" * 300 + " the slip " + "y" * 300
    [told, mark] = shown(line, 302, "seeds/a.txt", 1)
    assert told.startswith("    …xxx")
    assert told.endswith("yyy…")
    assert told[mark.index("^") :].startswith("the slip yyy")
    assert max(len(told), len(mark)) <= 96


def test_a_finding_about_a_file_as_a_whole_shows_no_line():
    assert shown("An article.", 1, "seeds/a.txt") == []
    assert shown("articel:", 1) == ["    articel:", "    ^^^^^^^"]


def test_without_the_file_a_finding_is_printed_as_ever():
    finding = Diagnostic(Place(YAML, 3, 4), "a-rule", "found", ("a fix",))
    assert underlined(finding, None) == underlined(finding, ["one"]) == str(finding)


@given(st.text(st.characters(exclude_characters="\n")), st.integers(1, 400))
def test_no_line_is_wider_than_a_terminal_or_leaves_the_mark_off(line, column):
    between = shown("\n" + line, column, at=2)
    assert len(between) == 2
    told, mark = between
    assert width(told) <= 100
    assert told.isprintable()
    assert re.fullmatch(r" {4,}\^+", mark)
    assert len(mark) <= 100


def test_the_whole_report_of_a_broken_record_as_it_is_printed(root):
    outcome = run("check", "--root", root / "tests/broken")
    assert outcome.stderr == (root / "tests/broken/printed.txt").read_text("utf-8")


def test_the_readme_shows_what_is_printed(root, tmp_path):
    readme = (root / "README.md").read_text("utf-8")
    sample = readme.partition("```console\n$ digest check\n")[2].partition("```")[0]
    for part in ("data", "seeds"):
        shutil.copytree(root / part, tmp_path / part)
    claims = tmp_path / YAML
    text = claims.read_text("utf-8")
    slip = text.replace('- "We’re more than open to', '- "We’re mare than open to', 1)
    claims.write_text(slip, "utf-8")
    assert run("check", "--root", tmp_path).stderr == sample


@pytest.fixture
def on_a_terminal(root):
    """What a command prints when its stderr is a terminal."""

    def printed(*arguments, **environment):
        ours, theirs = pty.openpty()
        settings = {key: one for key, one in os.environ.items() if key != "NO_COLOR"}
        command = [sys.executable, "-m", "digest", *map(str, arguments)]
        subprocess.run(
            command, env={**settings, **environment}, stdout=subprocess.DEVNULL, stderr=theirs,
            check=False,
        )  # fmt: skip
        os.close(theirs)
        told = b""
        while part := _read(ours):
            told += part
        os.close(ours)
        return told.decode().replace("\r\n", "\n")

    return printed


def _read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # the end, on Linux
        return b""


def test_colour_is_for_a_terminal_and_no_color_is_honoured(a_digest, tmp_path, on_a_terminal):
    folder = a_digest(tmp_path, {"a.txt": "Gulls."}, "articel:\n")
    plain = run("check", "--root", folder).stderr
    assert "\x1b" not in plain
    assert on_a_terminal("check", "--root", folder, NO_COLOR="1") == plain
    coloured = on_a_terminal("check", "--root", folder)
    assert "\x1b[31m\x1b[1merror[record-section]\x1b[0m" in coloured
    assert "\x1b[31m\x1b[1m^^^^^^^\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_check_says_for_each_article_what_became_of_its_stretches(root, tmp_path):
    outcome = run("check", "--root", root)
    _, _, table = outcome.stdout.partition("\n\n")
    assert table.splitlines() == [
        "article            stretches  claimed  dismissed  waiting",
        "kremlin-catnip            30       30          0        0",
        "good-faith                 6        6          0        0",
        "a-bit-of-impasse           6        6          0        0",
        "what-happens-next         11       10          1        0",
        "reset                      6        4          2        0",
    ]


def test_a_file_that_nobody_curated_has_its_row_too(a_digest, tmp_path):
    record = """
articles: {a: {file: a.txt}}
speakers: {ada: {name: Ada Low}}
claims: {low: {speaker: ada, when: {words: on Monday}, printed: [{in: a, words: Yes}]}}
"""
    filler = "The council met for an hour and talked about the wall. " * 6
    seeds = {
        "a.txt": f" date 2030-01-02 “Yes”, Ada Low said on Monday. “No”, she added. {filler}",
        "b.txt": "“Never”, said “somebody”.",
    }
    outcome = run("check", "--root", a_digest(tmp_path, seeds, record))
    assert outcome.stdout.splitlines()[-2:] == [
        "a                    2        1          0        1",
        "seeds/b.txt          2        0          0        2",
    ]

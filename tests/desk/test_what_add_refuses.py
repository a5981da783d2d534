"""What add will not work with, each with a message and nothing written."""

from __future__ import annotations

import os

import pytest

from tests.desk.conftest import ARTICLES


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "there is nothing in it"),
        (b" \n\t\n", "there is nothing in it"),
        (b"%PDF-1.7\n...", "is a PDF, not a text"),
        (b"PK\x03\x04rest", "is a zip archive, not a text"),
        (b"\x1f\x8b\x08rest", "is compressed, not a text"),
        (b"line one\nline \xe9\n", "-:2:1: error[article-encoding] byte 14 (0xe9) is not UTF-8"),
        (b"line\nwith \x00 in it", "-:2:1: error[article-encoding] a NUL: this is not a text"),
        (b" date 2025-13-41 Text.", '"2025-13-41" is not a day or month of the calendar'),
        (b"---\ntitle: [a\n---\nText.", "error[yaml-syntax]"),
        (b"words " * 400_000, "more than 2,000,000 bytes"),
        (b"words " * 900_000, "is larger than 5,000,000 bytes"),
    ],
)
def test_what_is_no_article_is_refused_and_nothing_is_written(desk, typed, content, said):
    before = files(desk)
    refused = typed("digest add -", content)
    assert refused.exit_code == 1
    assert said in refused.stderr
    assert files(desk) == before


def test_links_pipes_folders_and_missing_files_are_refused(desk, typed, tmp_path):
    os.symlink(ARTICLES / "wire.txt", tmp_path / "link.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    for name, said in (("link.txt", "not a plain file"), ("pipe.txt", "not a plain file"),
                       ("desk", "not a plain file"), ("none.txt", "No such file")):  # fmt: skip
        refused = typed(f"digest add {tmp_path / name}")
        assert (refused.exit_code, said in refused.stderr) == (1, True), refused.output
    assert typed(f"digest add {'x' * 300}").exit_code == 1


def test_a_name_that_leads_elsewhere_or_looks_like_an_option_names_nothing(desk, typed, tmp_path):
    article = (ARTICLES / "wire.txt").read_bytes()
    for name in ("-rf", "a b; rm *.txt", "é" * 80 + ".txt"):
        (tmp_path / name).write_bytes(article + name.encode())
        ended = typed(f"digest add -- '../{name}'")
        assert ended.exit_code == 0, ended.output
    kept = sorted(path.name for path in (desk / "seeds").glob("00[567]*"))
    assert [name[:4] for name in kept] == ["005_", "006_", "007_"]
    assert all(len(name) == 24 for name in kept)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--id Wire", "an id is small letters"),
        ("--id reset", "there is such an article"),
        ("--id con", "Windows reserves"),
        ("--published monday", "is not a day"),
    ],
)
def test_an_id_or_day_that_cannot_be_had_is_refused(desk, typed, option, said):
    before = files(desk)
    refused = typed(f"digest add {ARTICLES / 'wire.txt'} {option}")
    assert refused.exit_code in (1, 2)
    assert said in refused.output
    assert files(desk) == before


def test_an_article_without_a_day_says_so_and_takes_the_one_that_is_given(desk, typed):
    text = (ARTICLES / "wire.txt").read_bytes().replace(b" date 2025-05-27 ", b"")
    added = typed("digest add - --id undated", text)
    assert "no day found: give it with --published" in added.stdout
    assert 'digest take undated/2 --said DAY --because "WHY"' in added.stdout
    (desk / "data/proposed/undated.yaml").unlink()
    added = typed("digest add - --id undated --published 2025-05-27", text)
    assert "2025-05-26" in added.stdout
    assert typed("digest take undated/1").exit_code == 0
    assert typed("digest check").exit_code == 0


def test_a_day_or_id_for_an_article_that_waits_is_not_taken_in_silence(desk, typed):
    text = (ARTICLES / "wire.txt").read_bytes().replace(b" date 2025-05-27 ", b"")
    assert typed("digest add - --id undated", text).exit_code == 0
    before = files(desk)
    for option, wanted in (("--published 2025-05-27", "2025-05-27"), ("--id other", "other")):
        again = typed(f"digest add - {option}", text)
        assert again.exit_code == 1
        assert f"is here already, and not with {wanted}" in again.stderr
        assert "change it in data/proposed/undated.yaml" in again.stderr
    assert files(desk) == before
    assert typed("digest add - --id undated", text).exit_code == 0  # the same again is no slip


def test_a_command_that_was_copied_with_its_blank_left_in_is_refused(desk, typed):
    added = typed(f"digest add {ARTICLES / 'wire.txt'} --id wire")
    assert added.exit_code == 0
    before = files(desk)
    refused = typed('digest dismiss wire/3 --because "WHY"')
    assert refused.exit_code == 2
    assert "say it in your own words instead of WHY" in refused.stderr
    assert files(desk) == before


def test_outside_a_digest_the_commands_say_where_they_belong(desk, typed, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    for line in (f"add {ARTICLES / 'wire.txt'}", "take a/1", "dismiss a/1 --because b"):
        refused = typed(f"digest {line}")
        assert refused.exit_code == 1
        assert "--root DIR" in refused.stderr

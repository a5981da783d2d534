"""An article goes from file to visible page by the commands that are printed, and no others."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from tests.desk.conftest import ARTICLES, printed_commands


def bare(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def page_and_quotation(path: Path) -> tuple[str, str]:
    """All that a page says, and what it shows large."""
    page = path.read_text(encoding="utf-8")
    large = re.search(r"<blockquote.*?</blockquote>", page, re.DOTALL)
    return bare(page), bare(large[0] if large else "")


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        (
            "wire.txt",
            {
                "Olena Marchenko": "Nobody has told us that the chairs will be empty,",
                "Daniel Okafor": "They stop returning calls, and then one morning",
                "diplomat": "It is a calendar made of rubber,",
            },
        ),
        (
            "letter.md",
            {
                "Pavel Hrytsenko": "I have stopped counting who is late,",
                "Ingrid Solheim": "We were asked to be patient, and we are good at it,",
            },
        ),
    ],
)
def test_an_article_goes_from_file_to_visible_pages_by_the_printed_commands(
    desk, typed, file, shown
):
    added = typed(f"digest add {ARTICLES / file}")
    assert added.exit_code == 0, added.output
    commands = printed_commands(added.stdout)
    assert commands[-1] == "digest build"
    for command in commands:
        ended = typed(command)
        assert ended.exit_code == 0, f"{command}: {ended.output}"
    pages = dict(map(page_and_quotation, (desk / "site/quotes").glob("*.html")))
    for speaker, words in shown.items():
        [page] = [page for page, large in pages.items() if words in large]
        assert speaker in page
    assert not (desk / "data/proposed").exists()
    assert "0 waiting" in typed("digest check").stdout


def test_the_seed_is_exactly_the_bytes_that_were_given(desk, typed):
    content = (ARTICLES / "wire.txt").read_bytes().replace(b"\n", b"\r\n")
    typed("digest add -", content)
    [seed] = (desk / "seeds").glob("005_*.txt")
    assert seed.read_bytes() == content


def test_build_counts_what_is_undecided_and_shows_none_of_it(desk, typed):
    typed(f"digest add {ARTICLES / 'wire.txt'}")
    built = typed("digest build")
    assert built.exit_code == 0
    assert "4 proposals undecided" in built.stdout
    assert not [p for p in (desk / "site").rglob("*.html") if "calendar made of" in p.read_text()]
    (proposed,) = (desk / "data/proposed").glob("*.yaml")
    proposed.write_text("what: [is, this")
    built = typed("digest build")
    assert built.exit_code == 0
    assert "warning[yaml-syntax]" in built.stderr


def test_adding_an_article_twice_changes_nothing(desk, typed):
    first = typed(f"digest add {ARTICLES / 'letter.md'}")
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    again = typed(f"digest add {ARTICLES / 'letter.md'}")
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before
    assert printed_commands(first.stdout) == printed_commands(again.stdout)
    assert "is here already" in again.stdout


def test_a_dateline_names_the_publisher(typed):
    assert "  Reuters, of 2025-05-27" in typed(f"digest add {ARTICLES / 'wire.txt'}").stdout


def test_an_article_without_a_quotation_is_kept_and_proposes_nothing(desk, typed):
    added = typed("digest add -", b" date 2025-05-27 Nobody said a word to anybody that day.")
    assert "nothing in it stands in quotation marks" in added.stdout
    assert not (desk / "data/proposed").exists()
    assert typed("digest build").exit_code == 0


def test_dialogue_after_dashes_is_told_as_what_cannot_be_claimed(typed):
    assert "2 paragraphs open with a dash" in typed(f"digest add {ARTICLES / 'letter.md'}").stdout


def test_an_article_whose_every_word_is_decided_says_so(desk, typed):
    added = typed("digest add seeds/000_f1ea0134da60f433.txt")
    assert added.exit_code == 0
    assert "every quotation in it is decided" in added.stdout
    assert not (desk / "data/proposed").exists()


def test_the_words_that_say_when_come_with_the_day(desk, typed):
    typed(f"digest add {ARTICLES / 'wire.txt'}")
    typed("digest take marchenko-nobody-has-told-us-that-the --stance staying")
    typed("digest build")
    told = json.loads((desk / "site/claims.json").read_text())
    [claim] = [c for c in told["claims"] if c["speaker"]["name"] == "Olena Marchenko"]
    assert claim["said"]["latest"] == "2025-05-26"
    assert "on Monday" in claim["said"]["because"]
    assert claim["stance"] == "staying"


def test_quotes_prints_json_of_exactly_the_promised_shape(typed):
    told = json.loads(typed(f"digest quotes --json {ARTICLES / 'wire.txt'}").stdout)
    assert list(told) == ["quotes"]
    text = (ARTICLES / "wire.txt").read_text()
    for one in told["quotes"]:
        assert list(one) == [
            "segments", "speaker", "mention", "cue", "said", "venue", "flags", "tier", "because",
        ]  # fmt: skip
        assert one["said"] is None or list(one["said"]) == ["earliest", "latest", "because"]
        assert all(text[s["start"] : s["end"]] == s["text"] for s in one["segments"])
    assert told["quotes"][0]["speaker"] == "Olena Marchenko"


def test_quotes_for_people_gives_place_speaker_and_reason(typed):
    told = typed(f"digest quotes {ARTICLES / 'letter.md'}").stdout
    assert re.search(r"^14:\d+  Pavel Hrytsenko", told, re.MULTILINE)
    assert "stands beside" in told
    assert told.rstrip().endswith("3 quotations")

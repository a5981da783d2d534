"""A copy of an article adds printings, not claims."""

from __future__ import annotations

import json

from tests.desk.conftest import ARTICLES, printed_commands


def scraped_again(text: str) -> str:
    """Another outlet's copy: guillemets for quotation marks, advertisements, other headlines."""
    paragraphs = text.replace("“", "« ").replace("”", " »").replace("While", "While ").split("\n\n")
    between = ("Advertisement", "Storks return early to the northern marshes")
    return "\n\n".join(
        part for number, one in enumerate(paragraphs) for part in (one, between[number % 2])
    )


def test_a_copy_with_guillemets_and_headlines_becomes_further_printings(desk, typed):
    seed = next((desk / "seeds").glob("000_*"))
    typed("digest build")
    before = json.loads((desk / "site/claims.json").read_text())
    added = typed("digest add - --id the-copy", scraped_again(seed.read_text()).encode())
    assert "a copy of kremlin-catnip" in added.stdout
    for command in printed_commands(added.stdout):
        ended = typed(command)
        assert ended.exit_code == 0, f"{command}: {ended.output}"
    after = json.loads((desk / "site/claims.json").read_text())
    assert [claim["id"] for claim in after["claims"]] == [claim["id"] for claim in before["claims"]]
    printed = [
        one for c in after["claims"] for one in c["appearances"] if one["article"] == "the-copy"
    ]
    original = [
        one
        for c in before["claims"]
        for one in c["appearances"]
        if one["article"] == "kremlin-catnip"
    ]
    assert len(printed) == len(original)
    assert "0 waiting" in typed("digest check").stdout


def test_a_copy_of_interleaved_headlines_of_the_second_article_is_recognised(desk, typed):
    seed = next((desk / "seeds").glob("001_*"))
    added = typed("digest add -", scraped_again(seed.read_text()).encode())
    assert "a copy of good-faith" in added.stdout


def test_another_article_on_the_same_matter_is_no_copy(desk, typed):
    for article in ("wire.txt", "letter.md"):
        assert "a copy of" not in typed(f"digest add {ARTICLES / article}").stdout
    shorter = next((desk / "seeds").glob("001_*")).read_text().split("\n\n")[0]
    prose = shorter + "\n\n" + (ARTICLES / "wire.txt").read_text()
    assert "a copy of" not in typed("digest add -", prose.encode()).stdout


def test_words_that_another_article_prints_are_a_further_printing(typed):
    text = (
        " date 2025-05-22 The vice president spoke on the plane.\n\n"
        "“We’re more than open to walking away,” JD Vance told reporters on Monday.\n\n"
        + "The plane landed at noon and the talks went on without any of those on board. "
        * 6
    )
    added = typed("digest add - --id on-the-plane", text.encode())
    assert "again vance-" in added.stdout
    assert "a copy of" not in added.stdout
    taken = typed(printed_commands(added.stdout)[0])
    assert taken.exit_code == 0, taken.output

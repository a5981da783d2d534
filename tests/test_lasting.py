"""A permalink stays: as the quotation, a redirect, or a tombstone."""

from __future__ import annotations

import json

import pytest

from digest.build import Options, compose

FILLER = "The council met for an hour and talked about the wall, the ferries and the weather. " * 4
SEEDS = {"a.txt": f" date 2030-01-02 “It is shut,” Ada Low said on Wednesday. {FILLER}"}
RECORD = """
articles:
  a: {{file: a.txt, publisher: The Post, {article}}}
speakers:
  ada-low: {{name: Ada Low, kind: official, side: Port}}
claims:
  low-shut:
    speaker: ada-low
    said: 2030-01-02
    when: {{words: on Wednesday}}
    {claim}
    printed: [{{in: a, words: "It is shut"}}]
"""


@pytest.fixture
def built(a_digest, tmp_path):
    def build(claim="venue: the quay", article="kind: news"):
        record = RECORD.format(claim=claim, article=article)
        return compose(Options(a_digest(tmp_path, SEEDS, record), cache=False))

    return build


def test_a_withdrawn_quotation_leaves_a_tombstone_at_its_address_and_nothing_else(built):
    outcome = built("retracted: the paper corrected its report")
    assert outcome.findings == []
    page = outcome.files["quotes/low-shut.html"].decode()
    assert "the paper corrected its report" in page
    assert "It is shut" not in page
    assert json.loads(outcome.files["claims.json"])["claims"] == []
    # Below the timeline the untitled article is called by its first words.
    timeline, _, _ = outcome.files["index.html"].partition(b'id="register"')
    assert b"It is shut" not in timeline


def test_an_address_of_the_past_leads_to_the_quotation(built):
    outcome = built("formerly: [low-closed]")
    page = outcome.files["quotes/low-closed.html"].decode()
    assert 'content="0; url=../quotes/low-shut.html"' in page
    assert '<a href="../quotes/low-shut.html">' in page


@pytest.mark.parametrize("old", ["low-shut", "Low", "../low"])
def test_an_id_of_the_past_is_an_address_and_nobody_elses(built, old):
    [finding] = built(f"formerly: ['{old}']").findings
    assert (finding.rule, finding.place.line) == ("id-former", 11)


def test_an_address_on_the_web_is_one_that_a_click_may_follow(built):
    [finding] = built(article="url: 'javascript:alert(1)'").findings
    assert finding.rule == "article-address"
    assert built(article="url: 'https://example.org/a'").findings == []


def test_a_correction_stands_on_the_page_of_its_quotation(built):
    outcome = built(
        "corrections: [{day: 2030-02-01, what: the venue, was: a pier, because: a slip}]"
    )
    page = outcome.files["quotes/low-shut.html"].decode()
    assert "2030-02-01: the venue; was: a pier. a slip" in page
    told = outcome.files["corrections.html"].decode()
    assert "the venue; it was: a pier. a slip" in told

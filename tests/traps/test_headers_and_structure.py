"""T1 to T10: dates on the first line, titles, boilerplate, captions, headings, glued words."""

from __future__ import annotations

import json
import os
from datetime import date

import pytest

from digest.build import Options, check, compose
from digest.dates import Window, on
from digest.proof.words import Miss, find_passage
from digest.reading.articles import read_article

UNDATED = ("a-bit-of-impasse", "what-happens-next", "reset")
UNTITLED = ("kremlin-catnip", "good-faith", "a-bit-of-impasse")
PAPER = """The mayor spoke at length about the bridge and about all that it had cost so far.

“It will stand,” Ada Lovelace said. Nobody asked her anything more about it that evening.
"""
RECORD = """
articles: {paper: {file: paper.txt}}
speakers: {ada: {name: Ada Lovelace}}
claims:
  ada-stand:
    speaker: ada
    printed: [{in: paper, words: "It will stand,"}]
"""


def test_t1_the_date_on_the_first_line_is_the_articles_day_and_its_sentence_is_kept(articles):
    for id, header, words in (
        ("kremlin-catnip", " date 2025-05-21 ", "Vice President JD Vance’s suggestion this week"),
        ("good-faith", " date 2025-05-09 ", "On 8 May, US Vice President JD Vance told Fox News"),
    ):
        article = articles[id]
        first = article.blocks[0]
        assert article.text.startswith(header + words)
        assert article.dated == on(date.fromisoformat(header.split()[1]))
        assert (first.kind, first.span.start) == ("prose", len(header))


def test_t1_a_header_with_a_month_alone_is_that_month_and_not_its_first_day():
    article = read_article("a.txt", b" date 2025-04 WASHIGTON: It began.")
    assert article.dated == Window(date(2025, 4, 1), date(2025, 4, 30))
    assert article.blocks[0].span.of(article.text) == "WASHIGTON: It began."


@pytest.mark.parametrize(
    "text",
    [
        "The date 2025-05-21 was named.",
        "It began.\ndate 2025-05-21 was named.",
        "\n\n date 2025-05-21 was named.",
    ],
)
def test_t1_a_date_that_does_not_begin_the_file_is_no_header(text):
    article = read_article("a.txt", text.encode())
    assert article.dated is None
    assert "date 2025-05-21 was named." in article.blocks[-1].span.of(text)
    assert [block.kind for block in article.blocks].count("title") == 0


def test_t2_an_article_without_a_header_has_the_window_that_its_own_words_give(digest, shown):
    published = {
        "a-bit-of-impasse": on(date(2025, 5, 19)),
        "what-happens-next": Window(date(2025, 4, 28), date(2025, 5, 4)),
        "reset": Window(date(2025, 5, 5), date(2025, 5, 11)),
    }
    for id, window in published.items():
        curated = digest.articles[id]
        assert curated.article.dated is None
        assert curated.published == window
        assert curated.evidence
        page = shown(f"articles/{id}.html")
        assert all(passage.text in page for passage in curated.evidence)


def test_t2_a_missing_day_is_never_the_files_own_or_that_of_the_build(a_digest, tmp_path):
    folder = a_digest(tmp_path, {"paper.txt": PAPER}, RECORD)
    for seconds in (0, 1_000_000_000):
        os.utime(folder / "seeds" / "paper.txt", (seconds, seconds))
        outcome = check(Options(folder))
        assert [finding.rule for finding in outcome.findings] == ["day-unknown"]
        assert outcome.digest.articles["paper"].published is None


def test_t2_a_site_with_an_article_of_no_known_day_is_built(a_digest, tmp_path):
    dated = RECORD.replace("printed:", "said: 2025-05-19\n    because: she says so\n    printed:")
    outcome = compose(Options(a_digest(tmp_path, {"paper.txt": PAPER}, dated), cache=False))
    assert outcome.findings == []
    assert json.loads(outcome.files["claims.json"])["articles"][0]["published"] is None
    assert b"not known" in outcome.files["articles/paper.html"]


def test_t3_no_title_is_made_from_a_first_sentence(articles, digest, shown):
    for id in UNTITLED:
        assert articles[id].provenance.title is None
        assert digest.articles[id].title is None
        first = articles[id].blocks[0].span.of(articles[id].text)
        assert f"Untitled: {first[:30]}" in shown(f"articles/{id}.html")


def test_t3_a_title_and_the_line_below_it_are_not_the_articles_prose(articles, where):
    for id, line in (("what-happens-next", 1), ("reset", 1)):
        title = articles[id].text.split("\n")[line - 1]
        assert articles[id].provenance.title == title
        assert articles[id].blocks[0].kind == "title"
    below = articles["reset"].blocks[1]
    assert below.kind == "standfirst"
    assert below.span.of(articles["reset"].text).endswith("Here’s what comes next.")
    assert where("Here’s what comes next.") == []


def test_t4_boilerplate_is_not_printed_but_says_who_printed_the_article_before(articles, where):
    told = articles["what-happens-next"].provenance
    assert (told.publisher, told.via) == ("Newsweek", ("TheFeedWired",))
    assert told.byline is None
    assert where("Newsweek AI is in beta") == where("written by TheFeedWired") == []


def test_t4_the_warning_about_translations_stands_on_every_quotation_of_the_article(claims, shown):
    warning = "Translations may contain inaccuracies—please refer to the original content."
    resting = [
        claim.id
        for claim in claims.values()
        if any(printing.article == "what-happens-next" for printing in claim.printings)
    ]
    assert len(resting) == 8  # 11 stretches: one dismissed, one in two parts, one fragment
    assert all(warning in shown(f"quotes/{id}.html") for id in resting)


def test_t5_the_foot_of_the_page_is_cut_and_no_address_of_it_is_printed(articles, where):
    article = articles["what-happens-next"]
    foot = [block.span.of(article.text) for block in article.blocks if block.kind == "footer"]
    assert foot == [line for line in article.text.split("\n")[32:] if line]
    for words in ("support@", "posterbot", "Address: CY", "Recent Updates", "Recent News"):
        assert words in article.text
        assert where(words) == []


def test_t6_the_line_of_the_syndicate_is_cut_and_names_the_publisher(articles, where):
    article = articles["reset"]
    last = article.text.split("\n")[-1]
    assert last.startswith("The post Trump’s Russia–Ukraine Reset appeared first on")
    assert (article.blocks[-1].kind, article.blocks[-1].span.of(article.text)) == ("footer", last)
    assert article.provenance.publisher == "The American Conservative"
    assert where("appeared first on") == []


def test_t6_the_line_of_the_syndicate_gives_the_title_where_nothing_else_does():
    text = "date 2025-05-09 It began.\nThe post The Beginning appeared first on The Paper."
    told = read_article("a.txt", text.encode()).provenance
    assert (told.title, told.publisher) == ("The Beginning", "The Paper")


def test_t7_a_heading_glued_to_a_paragraph_is_no_part_of_a_name(articles, claims):
    text = articles["what-happens-next"].text
    for glued, id, name in (
        ("Both Sides Continue To Fight Peter Rough, director", "rough-isolate-ukraine", "Peter R"),
        ("What People Are Saying U.S. Secretary", "rubio-determination", "Marco Rubio"),
        ("Ukraine Relies More On Europe Peter Rutland", "rutland-illusory-quest", "Peter Rutland"),
    ):
        assert glued in text
        assert claims[id].speaker.name.startswith(name)


def test_t7_a_heading_glued_to_a_paragraph_is_never_printed(articles, where, shown):
    headings = ("Why It Matters", "What To Know", "Both Sides Continue To Fight")
    for heading in (*headings, "What People Are Saying", "What Happens Next Putin"):
        assert heading in articles["what-happens-next"].text
        assert where(heading) == []
    assert "[…] U.S. Secretary of State Marco Rubio, told NBC:" in shown(
        "quotes/rubio-determination.html"
    )


CAPTIONS = (
    "U.S. President Donald Trump and Ukrainian President Volodymyr Zelensky meet in the Oval"
    " Office of the White House on February 28, 2025, in Washington.",
    "Russian President Vladimir Putin during an annual plenary session of the Council of"
    " Legislators at the Tauride Palace on April 28, 2025, in St. Petersburg, Russia.",
)


@pytest.mark.parametrize("caption", CAPTIONS)
def test_t8_a_caption_that_stands_twice_is_apart_both_times(caption, articles, digest):
    article, curated = articles["what-happens-next"], digest.articles["what-happens-next"]
    assert article.text.count(caption) == 2
    assert [block.kind for block in article.blocks if caption in block.span.of(article.text)] == [
        "caption",
        "caption",
    ]
    assert [span.of(curated.article.text) for span in curated.apart].count(caption) == 2
    found = find_passage(caption, article)
    assert isinstance(found, Miss)
    assert found.rule == "passage-ambiguous"


def test_t8_a_caption_that_no_curator_named_is_not_printed_either(a_digest, tmp_path):
    caption = "Ada Lovelace looks at the bridge that has cost the city so much, on May 19, 2025."
    text = PAPER.replace("\n\n“It will", f" {caption}\n\n{caption} Getty Images “It will")
    record = RECORD.replace("printed:", "said: 2025-05-19\n    because: so\n    printed:")
    outcome = compose(Options(a_digest(tmp_path, {"paper.txt": text}, record), cache=False))
    assert outcome.findings == []
    page = outcome.files["quotes/ada-stand.html"].decode()
    assert "Ada Lovelace said." in page
    assert "looks at the bridge" not in page
    assert "Getty" not in page


def test_t8_captions_and_credits_are_never_printed(where):
    for words in (*CAPTIONS, "Andrew Harnik", "Getty Images", "annual plenary session"):
        assert where(words) == []


def test_t8_the_day_of_a_caption_bounds_the_article_and_is_nobodys_statement(digest):
    curated = digest.articles["what-happens-next"]
    assert curated.published.earliest == date(2025, 4, 28)
    assert curated.evidence[0].text == "on April 28, 2025"
    captions = [block.span for block in curated.article.blocks if block.kind == "caption"]
    printed = [
        segment.span
        for claim in digest.claims
        for printing in claim.printings
        for segment in (*printing.segments, *printing.again)
        if printing.article == "what-happens-next"
    ]
    told = [one.passage.span for one in digest.reports if one.passage.article == curated.id]
    assert not any(span.meets(caption) for span in (*printed, *told) for caption in captions)


def test_t9_a_heading_on_a_line_of_its_own_is_no_prose(articles):
    expected = {
        "a-bit-of-impasse": [
            "Questioning Russia’s Intent",
            "Stalled Negotiations",
            "Shifting Responsibilities",
        ],
        "kremlin-catnip": ["‘Fundamental mistrust’", "Trump’s talk with Putin"],
    }
    for id, headings in expected.items():
        article = articles[id]
        parts = [block.span.of(article.text) for block in article.blocks if block.kind == "heading"]
        assert parts == headings


def test_t9_a_heading_in_single_marks_is_no_utterance(articles, claims, where):
    article = articles["kremlin-catnip"]
    heading = article.text.index("‘Fundamental mistrust’")
    assert article.text.count("\n", 0, heading) + 1 == 29
    assert not any(
        stretch.span.start <= heading < stretch.span.end for stretch in article.stretches
    )
    [printing] = claims["vance-fundamental-mistrust"].printings
    assert article.place(printing.segments[0].span.start).line == 39
    assert where("‘Fundamental mistrust’") == []


def test_t10_an_article_is_kept_as_it_is_glued_words_and_all(articles, root):
    for article in articles.values():
        assert article.text.encode() == (root / "seeds" / article.file).read_bytes()
    for glued in ("WhilePresident", "Zelenskyycautioned", "Februaryto"):
        assert glued in articles["kremlin-catnip"].text


def test_t10_a_speaker_whose_name_is_glued_to_the_next_word_is_still_named(a_digest, tmp_path):
    glued = " date 2025-05-19 " + PAPER.replace("Ada Lovelace said", "Ada Lovelacesaid")
    folder = a_digest(tmp_path, {"paper.txt": glued}, RECORD)
    assert check(Options(folder)).findings == []
    (folder / "seeds" / "paper.txt").write_text(glued.replace("Ada Lovelace", "Somebody"), "utf-8")
    assert [finding.rule for finding in check(Options(folder)).findings] == ["speaker-absent"]

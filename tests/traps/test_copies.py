"""T51 and T52: second scrapes of an article, and texts that went through translation."""

from __future__ import annotations

from digest.build import Options, compose
from digest.reading.articles import read_article
from digest.wording import same

FILLER = "The bridge had been in the news for weeks, and the council had met about it four times. "
SCRAPED = f""" date 2025-05-19 {FILLER}{FILLER}

Advertisement

«It will stand», Ada Lovelace said on Monday. {FILLER}

Ten more bridges you should see this summer

{FILLER}{FILLER}
"""
RECORD = """
articles: {paper: {file: paper.txt}}
speakers: {ada: {name: Ada Lovelace}}
claims:
  ada-stand:
    speaker: ada
    when: {words: on Monday}
    note: The mayor’s own.
    printed: [{in: paper, words: "It will stand"}]
"""


def test_t51_guillemets_are_quotation_marks_and_are_printed_as_they_stand(a_digest, tmp_path):
    assert same("«It will stand»", "“It will stand”")
    outcome = compose(Options(a_digest(tmp_path, {"paper.txt": SCRAPED}, RECORD), cache=False))
    assert outcome.findings == []
    assert "«It will stand»" in outcome.files["quotes/ada-stand.html"].decode()


def test_t51_an_advertisement_and_a_headline_between_paragraphs_are_no_prose():
    article = read_article("paper.txt", SCRAPED.encode())
    kinds = {block.span.of(article.text)[:13]: block.kind for block in article.blocks}
    assert kinds["Advertisement"] == "boilerplate"
    assert kinds["Ten more brid"] == "heading"
    assert [block.kind for block in article.blocks].count("prose") == 3


CAUTION = "Put through translation twice."


def test_t52_the_caution_of_an_article_stands_on_every_quotation_that_rests_on_it(
    a_digest, tmp_path
):
    second = RECORD + RECORD[RECORD.index("  ada-stand") :].replace("ada-stand", "ada-far").replace(
        "It will stand", "How far"
    )
    cautious = second.replace("paper.txt}", f"paper.txt, caution: {CAUTION}}}")
    text = SCRAPED + "\n“How far”, Ada Lovelace asked on Monday.\n"
    outcome = compose(Options(a_digest(tmp_path, {"paper.txt": text}, cautious), cache=False))
    assert outcome.findings == []
    for id in ("ada-stand", "ada-far"):
        assert CAUTION in outcome.files[f"quotes/{id}.html"].decode()
    assert CAUTION in outcome.files["articles/paper.html"].decode()


def test_t52_a_warning_that_the_file_prints_needs_no_curator(a_digest, tmp_path):
    printed = "Translations may contain inaccuracies—please refer to the original content."
    text = SCRAPED.replace("Advertisement", f"This is in beta. {printed}")
    outcome = compose(Options(a_digest(tmp_path, {"paper.txt": text}, RECORD), cache=False))
    assert printed in outcome.files["quotes/ada-stand.html"].decode()


def test_t52_a_quotation_says_whose_printing_the_warning_is_of(claims, shown):
    translated = {
        claim.id
        for claim in claims.values()
        if any(printing.article == "what-happens-next" for printing in claim.printings)
    }
    warned = {id for id in claims if "Translations may contain" in shown(f"quotes/{id}.html")}
    assert warned == translated

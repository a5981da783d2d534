"""An invented story, told in four languages, from data alone: the program knows neither story."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from digest.build import build, check
from digest.model.article import Article
from digest.model.claim import Digest
from digest.model.options import Options
from digest.reading.articles import read_article
from digest.sentences import sentences as sentences_of
from digest.wording import fold, invisible

LANGUAGES = {"courier": "en", "sums": "en-GB", "marfa": "ar", "glas": "bg-Cyrl", "sahel": "fa"}
# Words of the first story that a page about anything may have: "withdrawn" is said of a claim
# that was retracted, "step" of a scale, "left" of where a mark is drawn.
EVERYDAY = frozenset(
    "a act around as aside back d has if in is its itself j left longer no not of official"
    " officials open our out s step steps the to u us will withdrawn world".split()
)


@pytest.fixture(scope="module")
def second(root: Path) -> Path:
    return root / "tests" / "second"


@pytest.fixture(scope="module")
def told(second: Path) -> Digest:
    outcome = check(Options(second))
    assert outcome.digest, "\n".join(map(str, outcome.findings))
    return outcome.digest


@pytest.fixture(scope="module")
def built(second: Path, tmp_path_factory) -> dict[str, str]:
    """Every page of the second digest, built as the command builds it."""
    out = tmp_path_factory.mktemp("second") / "site"
    outcome = build(Options(second, out=out, strict=True, cache=False))
    assert not outcome.findings, "\n".join(map(str, outcome.findings))
    return {
        page.relative_to(out).as_posix(): page.read_text(encoding="utf-8")
        for page in out.rglob("*")
        if page.suffix in (".html", ".json", ".csv", ".xml")
    }


@pytest.fixture(scope="module")
def read(second: Path) -> dict[str, Article]:
    files = (second / "seeds").iterdir()
    return {file.stem: read_article(file.name, file.read_bytes()) for file in files}


def test_it_builds_strictly_with_nothing_found(built, told):
    assert {f"quotes/{claim.id}.html" for claim in told.claims} <= set(built)
    assert not told.waiting
    assert not told.uncurated


def test_it_has_all_that_a_record_can_hold(told):
    claims = told.claims
    assert any(len(claim.printings[0].segments) > 1 for claim in claims)
    assert any(len(claim.printings) > 2 for claim in claims)
    assert any(claim.printings[0].via for claim in claims)
    for field in ("voices", "prompt", "corrections", "formerly", "retracted", "turning_point"):
        assert any(getattr(claim, field) for claim in claims), field
    windows = [one.moment.working.said for one in (*claims, *told.events.values())]
    assert any(window.earliest and not window.day for window in windows)
    assert any(curated.article.dated is None for curated in told.articles.values())
    assert told.reports
    assert told.dismissed
    assert told.disagreements


def test_no_page_of_it_holds_a_name_or_a_phrase_of_the_first_story(built, digest):
    texts = {digest.site.title, digest.site.tagline, *digest.phrases}
    texts |= {form for forms in digest.phrases.values() for form in forms}
    texts |= {form for forms in digest.names.values() for form in forms}
    texts |= {stance.label for stance in digest.stances.values()}
    texts |= {speaker.name for speaker in digest.speakers.values()}
    texts |= {curated.publisher for curated in digest.articles.values() if curated.publisher}
    texts |= {event.entry.what for event in digest.events.values()}
    assert not found(texts - EVERYDAY, built)


def test_no_page_of_it_holds_a_word_that_only_the_first_story_needs(built, digest):
    texts = [digest.site.title, *(stance.label for stance in digest.stances.values())]
    texts += [speaker.name for speaker in digest.speakers.values() if speaker.entry.name]
    texts += [form for forms in digest.phrases.values() for form in forms]
    words = {word.casefold() for text in texts for word in re.findall(r"\w+", text)}
    pages = {path: page for path, page in built.items() if path.endswith(".html")}
    assert not found(words - EVERYDAY, pages)


def found(texts, pages) -> list[tuple[str, str]]:
    """Every page on which one of the texts stands as whole words, and which."""
    any_of = "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))
    sought = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)
    return [(path, hit[0]) for path, page in pages.items() if (hit := sought.search(page))]


def test_its_scale_has_four_steps_and_the_first_story_another_number(built, told, digest):
    labels = [stance.label for stance in told.stances.values()]
    assert len(labels) == 4 != len(digest.stances)
    key = re.search(r'<ul class="key".*?</ul>', built["index.html"], re.DOTALL)
    assert key
    steps = (
        re.sub(r"<[^>]+>", "", step).strip()
        for step in re.findall(r"<li>(.*?)</li>", key[0], re.DOTALL)
    )
    assert list(steps) == labels


def test_it_is_led_by_those_whom_its_own_data_name(built):
    assert "city officials" in built["index.html"]


class Parts(HTMLParser):
    """What stands inside each element that has a ``lang`` and a ``dir``."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str] | None]] = []
        self.of: dict[str, list[str]] = {}  # language to the texts of its elements
        self.page: str | None = None  # the language of the page
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "html":
            self.page = given["lang"]
        inside = [] if "lang" in given and given.get("dir") in ("auto", "rtl") else None
        self.open.append((tag, inside))
        if inside is not None:
            self.of.setdefault(given["lang"] or "", []).append("")
            inside.append(given["lang"] or "")

    def handle_endtag(self, tag):
        while any(opened == tag for opened, _ in self.open) and self.open.pop()[0] != tag:
            pass  # elements without an end

    def handle_data(self, data):
        for _, inside in self.open:
            for lang in inside or ():
                self.of[lang][-1] += data


def test_words_stand_on_their_page_as_in_their_file_in_an_element_of_their_language(
    built, told, second
):
    seen = set()
    for claim in (claim for claim in told.claims if not claim.retracted):
        page = Parts(built[f"quotes/{claim.id}.html"])
        assert page.page == "en"
        for printing in claim.printings:
            file = second / "seeds" / told.articles[printing.article].article.file
            text = file.read_bytes().decode()
            for segment in printing.segments:
                words = text[segment.span.start : segment.span.end]
                assert any(words in part for part in page.of[printing.lang]), (claim.id, words)
            seen.add(printing.lang)
    assert seen == {*LANGUAGES.values(), "bg"}


def test_words_have_the_language_of_their_article_unless_they_have_their_own(told, built):
    assert {id: one.entry.lang for id, one in told.articles.items()} == LANGUAGES
    appearances = {
        (claim["id"], one["article"]): one["lang"]
        for claim in json.loads(built["claims.json"])["claims"]
        for one in claim["appearances"]
    }
    assert appearances.pop(("tram-stays", "courier")) == "bg"
    assert all(lang == LANGUAGES[article] for (_, article), lang in appearances.items())


def test_without_a_language_words_have_that_of_the_site(claims_json, digest):
    assert all(curated.entry.lang is None for curated in digest.articles.values())
    assert not any("lang" in one for c in claims_json["claims"] for one in c["appearances"])


SEED = " date 2030-01-02 “It is shut,” Ada Low said. The pier had not been painted for years. " + (
    "The council met for an hour and talked about the wall, the nets and the weather. " * 3
)
RECORD = """\
articles:
  a: {{file: a.txt, lang: {article}}}
speakers:
  ada-low: {{name: Ada Low}}
claims:
  low-shut:
    speaker: ada-low
    printed: [{{in: a, words: It is shut, lang: {words}}}]
"""
HINT = "two or three letters, with a script or region behind a hyphen: ar, sr-Latn, pt-BR"


def findings(a_digest, tmp_path, article: str, words: str) -> list[str]:
    folder = a_digest(tmp_path, {"a.txt": SEED}, RECORD.format(article=article, words=words))
    return [str(finding) for finding in check(Options(folder)).findings]


def test_what_is_no_language_tag_is_told_at_its_place_with_its_fix(a_digest, tmp_path):
    assert findings(a_digest, tmp_path, "Arabic", "ar_SY") == [
        "data/claims.yaml:2:26: error[lang-tag] "
        f'"Arabic" is not a language tag (BCP 47)\n    {HINT}',
        "data/claims.yaml:8:48: error[lang-tag] "
        f'"ar_SY" is not a language tag (BCP 47)\n    {HINT}',
    ]


@pytest.mark.parametrize("tag", ['""', "e", "en-", "-en", "english", "عر", "en US", "eſ"])
def test_a_language_is_not_named_in_any_other_way(a_digest, tmp_path, tag):
    assert len(findings(a_digest, tmp_path, "en", tag)) == 1


@pytest.mark.parametrize("tag", ["no", "AR", "fil", "sr-Latn-RS", "es-419", "sl-rozaj", "de-1996"])
def test_any_tag_of_language_script_region_and_variant_is_taken(a_digest, tmp_path, tag):
    assert findings(a_digest, tmp_path, tag, tag) == []


def sentences(article: Article) -> list[str]:
    text, blocks = article.text, article.blocks
    return [span.of(text) for block in blocks for span in sentences_of(text, block.span)]


def test_sentences_end_at_the_marks_of_each_script_and_not_at_a_small_letter(read):
    marfa = sentences(read["marfa-0307"])
    assert sum(sentence.endswith("؟") for sentence in marfa) == 2
    assert any(one.startswith("40\u200f زبونًا") and one.endswith(".") for one in marfa)
    glas = sentences(read["glas-0312"])
    assert any("4,2 млн. крони" in sentence for sentence in glas)
    assert any("1911 г. и днес" in sentence for sentence in glas)
    assert "Час по-късно той вече говореше за по-къс маршрут." in glas
    sahel = sentences(read["sahel-03"])
    assert "او سپس پرسید: «چه کسی به جای ما رانندگی می\u200cکند؟»" in sahel


def test_a_short_paragraph_that_ends_with_the_marks_of_its_script_is_prose(read):
    kinds = {
        block.span.of(article.text): block.kind
        for article in read.values()
        for block in article.blocks
    }
    assert kinds["„Ще видим през юли.“"] == "prose"
    assert kinds["وسألت امرأة في الصف الأخير: «ومن يدفع ثمن التأخير؟»"] == "prose"


def test_stretches_stand_between_the_marks_of_each_language(read):
    marks = {
        name: {one.marked.of(article.text)[0] + one.marked.of(article.text)[-1] for one in of}
        for name, article in read.items()
        if (of := article.stretches)
    }
    assert marks == {
        "courier-0305": {"“”"},
        "pilot-sums": {'""', "“”"},
        "marfa-0307": {"«»", "“”"},
        "glas-0312": {"„“", "«»"},
        "sahel-03": {"«»"},
    }


def test_a_final_arabic_comma_may_be_left_out_and_stands_outside_what_is_printed(told):
    claim = next(one for one in told.claims if one.id == "shatiri-forty-customers")
    assert claim.printings[0].segments[0].text.endswith("المساء")


def test_marks_of_direction_are_passed_over_in_an_article_and_refused_in_the_record():
    for mark in "\u200e\u200f\u061c":
        assert fold(f"40{mark} زبونًا").text == fold("40 زبونًا").text
        assert invisible(f"40{mark} زبونًا") == mark


def test_a_joiner_is_spelling_between_letters_that_join_and_hidden_elsewhere():
    assert fold("می\u200cرویم").text != fold("میرویم").text
    assert invisible("می\u200cرویم") is None
    assert invisible("می\u200c رویم") == "\u200c"
    assert invisible("walk\u200cing") == "\u200c"

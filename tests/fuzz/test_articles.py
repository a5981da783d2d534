"""Articles with slips, and texts made of what an article is made of."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.model.article import Article
from digest.proof.misses import Miss
from digest.proof.words import find_stretch, find_stretches
from digest.reading import Person, read
from digest.reading.articles import read_article
from digest.sentences import sentences
from digest.wording import Span, fold
from tests.fuzz.conftest import budget
from tests.fuzz.slips import done, slipped, slips, utf8

SEEDS = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
]
BEGINS = [
    *("", " date 2030-01-02 ", " date 2030-01 ", " date 2030-13 ", "\ufeff date 2030-01-02 "),
    *("---\ndate: 2030-01-02\n---\n", "---\ntitle: A title\nbyline: Ann Lee\n---\n", "---\n"),
    *("---\ndate: [2030]\n---\n", "---\na: *b\n---\n", "---\n- a\n---\n", "---\r\na: b\r\n---\r\n"),
]
PIECES = [
    *("Ann Lee", "Lee", "J.D. Vance", "he", "she", "it", "who", "said", "says", "according to"),
    *("told", "adding", "a spokesman", "the", "on Monday", "May 1", "one day earlier", "reporters"),
    *("when", "that", "Mr.", "U.S.", "6'3\"", "said:", "“We go,”", "“We", "stay.”", "“", "”", '"'),
    *("The council met for an hour and talked about the wall. ", "It is shut, ", " (Reuters) "),
    *("By Ada Low\n", "A heading\n", "\n", "\n\n", "All rights reserved.\n", "AP Photo", "a@b.ex"),
    *(
        "Advertisement\n",
        "The post A title appeared first on The Post.\n",
        "The Post has contacted ",
    ),
    # A caption, glued to the paragraph before and repeated with its credit.
    "Gulls. A gull rests on the wall of the old harbour.\n"
    "A gull rests on the wall of the old harbour. AP Photo Ada Low left.\n",
]
PEOPLE = [Person("Ann Lee", ("Lee",), "mayor", "she"), Person("J.D. Vance", (), None, "he")]

news = st.builds(
    lambda begins, pieces, glue: begins + glue.join(pieces),
    st.sampled_from(BEGINS),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30),
    st.sampled_from([" ", "", "\n"]),
)


@st.composite
def passages(draw: Any) -> str:
    """A part of a real article, with slips."""
    text = draw(st.sampled_from(SEEDS))
    start = round(draw(st.floats(0, 1)) * len(text))
    length = draw(st.integers(0, 2000))
    begins = draw(st.sampled_from(BEGINS))
    return begins + slipped(text[start : start + length], draw(slips(*PIECES)))


texts = passages() | news | st.text()
names = st.sampled_from(["a.txt", "a.md"])


@budget
@given(names, st.binary() | texts.map(utf8))
def test_an_article_is_read_as_it_stands_or_refused_with_its_name(name, content):
    article, findings = done(lambda: read_article(name, content))
    assert all(finding.place.path == f"seeds/{name}" for finding in findings)
    if article is None:
        return
    assert article.text.encode() == content
    assert read_article(name, content) == article
    its_parts_stand_in_order(article)
    its_stretches_are_found(article)


def its_parts_stand_in_order(article: Article) -> None:
    """Blocks, sentences and stretches: each within its own, none shares a character."""
    text = article.text
    stand_apart([block.span for block in article.blocks], Span(0, len(text)))
    for block in article.blocks:
        stand_apart(sentences(text, block.span), block.span)
        told = "".join("".join(one.of(text).split()) for one in sentences(text, block.span))
        assert told == "".join(block.span.of(text).split())
    stand_apart([one.marked for one in article.stretches], Span(0, len(text)))
    for one in article.stretches:
        assert one.marked.within(article.blocks[one.block].span)
        assert one.span.within(one.marked)
        assert one.span.of(text) == one.span.of(text).strip()


def stand_apart(spans: Any, within: Span) -> None:
    assert all(span.within(within) and span.start <= span.end for span in spans)
    assert all(one.end <= after.start for one, after in pairwise(spans))


def its_stretches_are_found(article: Article) -> None:
    """Each by its own words, where it stands or as one of several."""
    for one in article.stretches:
        words = one.span.of(article.text)
        if not fold(words).text.strip():
            continue
        assert one in [stretch for stretch, _ in find_stretches(words, article)]
        found = find_stretch(words, article, {})
        assert found[0] == one if not isinstance(found, Miss) else found.rule == "words-ambiguous"
        place = article.place(one.span.start)
        line = article.text.split("\n")[place.line - 1]
        assert line[place.column - 1 :].startswith(words[:1])


days = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))


@budget
@given(texts, days, st.sampled_from([[], PEOPLE]))
def test_a_quotation_is_cut_from_its_text_and_nobody_is_invented(text, published, people):
    quotations = read(text, published, people)
    segments = [segment for quotation in quotations for segment in quotation.segments]
    assert all(text[one.start : one.end] == one.text for one in segments)
    assert all(one.end <= after.start for one, after in pairwise(segments))
    known = [*(person.name for person in people), text]
    for quotation in quotations:
        assert quotation.because
        assert not quotation.speaker or any(
            all(word in of for word in quotation.speaker.split()) for of in known
        )
        assert quotation.speaker is None or quotation.tier != "open"
        assert quotation.mention is None or quotation.mention in text
        if quotation.said and quotation.said.earliest:
            assert quotation.said.earliest <= quotation.said.latest
    assert read(text, published, people) == quotations

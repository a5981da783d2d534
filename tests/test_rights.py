"""How much of an article is printed: what the program counts, and what its pages show."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from digest.build import check
from digest.model.options import Options
from digest.site.context import Widths, around, is_fragment
from digest.site.rights import KEYWORD, MOST, bounds, runs, share, what_is_shown
from digest.wording import Span, at_word_ends

RUN = 5  # words: fewer in a row are anybody's
INLINE = {"a", "b", "code", "del", "em", "i", "ins", "mark", "q", "small", "span", "strong", "time"}
BETWEEN = " \0 "  # where a page begins something new: no run of words goes across


class Words(HTMLParser):
    """The words of a page in the order in which a reader meets them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.parts.append("" if tag in INLINE else BETWEEN)

    def handle_endtag(self, tag):
        self.parts.append("" if tag in INLINE else BETWEEN)

    def handle_data(self, data):
        self.parts.append(data)


def in_a_row(words: list[str]) -> list[tuple[str, ...]]:
    return list(zip(*(words[n:] for n in range(RUN)), strict=False))


def on_pages(site: dict[str, bytes]) -> set[tuple[str, ...]]:
    """Every run of words that stands on some page."""
    pages = (html.decode() for path, html in site.items() if path.endswith(".html"))
    texts = ("".join(Words(html).parts) for html in pages)
    return {run for text in texts for run in in_a_row(re.findall(r"\w+|\0", text))}


def only_here(digest) -> dict[str, dict[tuple[str, ...], Span]]:
    """For each article the runs that stand in no other place of any article, and where.

    A run that stands twice may have been printed for the sake of the other place.
    """
    texts = {id: curated.article.text for id, curated in digest.articles.items()}
    words = {id: list(re.finditer(r"\w+", text)) for id, text in texts.items()}
    every = {id: in_a_row([word[0] for word in found]) for id, found in words.items()}
    times = Counter(run for found in every.values() for run in found)
    return {
        id: {
            run: Span(words[id][at].start(), words[id][at + RUN - 1].end())
            for at, run in enumerate(found)
            if times[run] == 1
        }
        for id, found in every.items()
    }


def test_all_pages_together_print_no_more_of_an_article_than_they_may(site, digest):
    printed = on_pages(site)
    for id, own in only_here(digest).items():
        spans = [span for run, span in own.items() if run in printed]
        part = share(digest.articles[id], spans)
        assert 0.05 < part <= MOST, (id, part)


def test_every_run_of_an_articles_words_that_stands_on_a_page_was_counted(site, digest):
    bound, printed = bounds(digest), on_pages(site)
    for id, own in only_here(digest).items():
        text, counted = digest.articles[id].article.text, bound[id].printed
        for span in (span for run, span in own.items() if run in printed):
            left = [span]
            for run in counted:
                left = [piece for part in left for piece in part.less(run)]
            assert not any(re.search(r"\w", part.of(text)) for part in left), (id, span.of(text))


def test_what_is_counted_stays_within_bounds(digest):
    shown = what_is_shown(digest)
    for id, bound in bounds(digest).items():
        curated = digest.articles[id]
        assert bound.printed == runs(shown[id].at(bound.widths, curated)), id
        assert share(curated, bound.printed) <= MOST, id


def test_a_context_is_cut_only_where_whole_ones_would_be_too_much(digest):
    shown = what_is_shown(digest)
    for id, bound in bounds(digest).items():
        curated, wide = digest.articles[id], bound.widths
        context, fragments, hits = wide.context, wide.first, wide.hits
        wider = {
            (10, None, 0): fragments is not None,
            (None, fragments, 0): context is not None,
            (context, fragments, KEYWORD): hits < KEYWORD,
        }
        for widest, is_cut in wider.items():
            too_much = share(curated, shown[id].at(Widths(*widest), curated)) > MOST
            assert too_much or not is_cut, (id, wide, widest)


RECORD = """
articles: {a: {file: a.txt}}
speakers: {ada-low: {name: Ada Low}}
phrases: {give up: [give up, gives up]}
claims:
  low-shut:
    speaker: ada-low
    when: {words: On Monday}
    note: NOTE
    printed: [{in: a, words: "shut for good"}]
  low-harbour:
    speaker: ada-low
    when: {words: On Monday}
    printed: [{in: a, words: "WORDS"}]
"""
WORDS = "We asked the council for a wall, and for a pier, and for a light at the end of it, " * 2
SENTENCE = "On Monday the ferry, which the council of the town had pledged, is “shut for good” now."
PLACES = (
    "Nobody knows why the council did not give up the pier when the wall fell down in the storm."
)


def an_article(a_digest, tmp_path, filler: int, note: str = "Ours."):
    """A fragment, a long quotation and a phrase in prose, and so much that no page prints."""
    text = (
        f" date 2030-01-09 {SENTENCE}\n\nAfter a year and a day, in the hall by the sea, “{WORDS}”"
        f" Ada Low said before a hundred people of the town.\n\n{PLACES}\n\n"
        + "Rain fell. "
        * filler
    )
    record = RECORD.replace("WORDS", WORDS.strip()).replace("NOTE", note)
    text = text.replace(f"{WORDS}”", f"{WORDS.strip()}”")
    outcome = check(Options(a_digest(tmp_path, {"a.txt": text}, record)))
    assert outcome.findings == [], outcome.findings
    shown = what_is_shown(outcome.digest)
    return outcome.digest.articles["a"], shown["a"], bounds(outcome.digest)["a"]


def test_with_room_for_everything_nothing_is_narrowed(a_digest, tmp_path):
    _, _, bound = an_article(a_digest, tmp_path, 200)
    assert bound.widths == Widths(None, None, 40)


def test_where_room_is_short_a_fragment_keeps_its_sentence_before_others_have_theirs(
    a_digest, tmp_path
):
    article, _, bound = an_article(a_digest, tmp_path, 20)
    assert bound.widths.first is None
    assert bound.widths.context is not None
    begins = article.article.text.index(SENTENCE)
    sentence = Span(begins, begins + len(SENTENCE))
    assert any(sentence.within(run) for run in bound.printed)


def test_what_a_note_quotes_of_an_article_is_counted(a_digest, tmp_path):
    kept = "knows why the council did not give up the pier"
    counted = []
    for number, note in enumerate(("It says who.", f"It says that “nobody {kept}”.")):
        article, shown, _ = an_article(a_digest, tmp_path / str(number), 60, note)
        begins = article.article.text.index(kept)
        words = Span(begins, begins + len(kept))
        printed = runs(shown.at(Widths(0, 0, 0), article))
        counted.append(any(words.within(run) for run in printed))
    assert counted == [False, True]


def test_a_printing_of_fewer_than_six_words_is_a_fragment(digest):
    few = {
        claim.id: is_fragment(claim.printings[0])
        for claim in digest.claims
        if claim.id in ("vance-a-bit-of-impasse", "trump-peacemaker-and-unifier", "vance-step-up")
    }
    assert few == {
        "vance-a-bit-of-impasse": True,
        "trump-peacemaker-and-unifier": True,
        "vance-step-up": False,
    }


@given(st.data())
def test_words_around_a_mark_are_whole_and_no_wider_than_asked(digest, data):
    curated = data.draw(st.sampled_from(list(digest.articles.values())))
    text = curated.article.text
    block = data.draw(st.sampled_from(curated.article.blocks))
    words = list(re.finditer(r"\S+", block.span.of(text)))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 5, len(words) - 1)))
    mark = Span(block.span.start + words[first].start(), block.span.start + words[last].end())
    width = data.draw(st.integers(0, 60))
    found = around(curated, mark, block.span, width)
    assert mark.within(found)
    assert found.within(block.span)
    assert mark.start - found.start <= width
    assert found.end - mark.end <= width
    assert at_word_ends(found, text)

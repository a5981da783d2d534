"""Words found in their article.

A quotation is whole stretches; a passage is a run of whole words of the article's text. A near
miss is never accepted: ``misses`` says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from digest.model.article import Article, Stretch
from digest.proof.misses import Miss, no_passage, no_stretch
from digest.wording import Span, fold, passages

Found = tuple[Stretch, Span]  # a stretch, and its span less a final comma or full stop left out


def find_stretch(
    words: str,
    article: Article,
    others: Mapping[str, Article],
    after: str | None = None,
    beyond: int | None = None,
) -> Found | Miss:
    """The stretch that ``words`` are, whole.

    Where it stands more than once, ``after`` are the words right before it, or else the first
    one past the offset ``beyond`` is meant (of a quotation's later segments). ``others`` are
    all articles by id, to say where the words stand instead.
    """
    found = find_stretches(words, article, after)
    if beyond is not None and len(found) > 1:
        found = [both for both in found if both[1].start > beyond][:1] or found
    if len(found) == 1:
        return found[0]
    if found:
        hint = "give the words that stand right before it: after: “…”"
        listed = _listed(article, [stretch.span for stretch, _ in found])
        return Miss("words-ambiguous", f"stands {len(found)} times: {listed}", (hint,))
    if after is not None and find_stretches(words, article):
        stands = find_stretches(words, article)[0][0].marked.start
        before = article.text[max(stands - 40, 0) : stands].split("\n")[-1]
        return Miss(
            "words-place", f'does not stand right after "{after}"', (f"but after “{before}”",)
        )
    return no_stretch(words, article, others, lambda other: bool(find_stretches(words, other)))


def find_stretches(words: str, article: Article, after: str | None = None) -> list[Found]:
    """Every stretch that consists of ``words``; a final comma or full stop may be left out."""
    sought = fold(words).text.strip()
    found: list[Found] = []
    for stretch in (article.stretches[number] for number in article.by_words.get(sought, ())):
        span = stretch.span
        if fold(span.of(article.text)).text != sought:  # its final comma is left out
            span = Span(span.start, span.end - 1)
        if _follows(after, article, stretch.marked):
            found.append((stretch, span))
    return found


def find_passage(
    words: str,
    article: Article,
    after: str | None = None,
    within: Span | None = None,
    nearest_to: int | None = None,
) -> Span | Miss:
    """A run of whole words of the article's text, the only one or the one nearest to an offset."""
    start, end = (within.start, within.end) if within else (0, None)
    found = passages(words, article.folded, article.text, start, end)
    found = [span for span in found if _follows(after, article, span)]
    if nearest_to is not None and found:
        return min(found, key=lambda span: abs(span.start - nearest_to))
    if len(found) > 1 and nearest_to is None:
        listed = _listed(article, found)
        hint = "take in more of the sentence, so that it stands once"
        return Miss("passage-ambiguous", f"stands {len(found)} times: {listed}", (hint,))
    return found[0] if found else no_passage(words, article, after, within)


def _listed(article: Article, found: list[Span]) -> str:
    """The first places of several."""
    places = [str(article.place(span.start)) for span in found[:3]]
    return ", ".join(places) + (" …" if len(found) > 3 else "")


def _follows(after: str | None, article: Article, span: Span) -> bool:
    """Whether the words ``after`` stand right before ``span``, and begin where a word does."""
    if after is None:
        return True
    before = article.text[max(span.start - 2 * len(after) - 20, 0) : span.start]
    told, sought = fold(before).text.rstrip(), fold(after).text.strip()
    cut = sought[:1].isalnum() and told[: -len(sought)][-1:].isalnum()
    return told.endswith(sought) and not cut

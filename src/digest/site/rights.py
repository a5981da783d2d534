"""How much of an article all pages together print, and how wide its contexts may be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import TypeVar

from msgspec import Struct, msgpack

from digest.diagnostics import Diagnostic, Place
from digest.memo import Memo, Question
from digest.model.claim import Claim, Curated, Digest, Passage, Printing
from digest.site.asked import Asked
from digest.site.context import Width, Widths, around, comes_first, spans
from digest.site.phrases import Hit, hits
from digest.site.repeated import repeated
from digest.wording import Span, passages

MOST = 0.45  # of any article's text
KEYWORD = 40  # the most words around a hit of a phrase, in code points on either side
_WIDTHS: tuple[Width, ...] = (None, 160, 120, 100, 80, 60, 50, 40, 35, 30, 25, 20, 15, 10, 0)
_KEYWORD_WIDTHS = (KEYWORD, 30, 20, 10, 0)
_LEAST = 10  # of other contexts, before those that come first are narrowed
_WIDEST, _NARROWEST = Widths(None, None, KEYWORD), Widths(0, 0, 0)
_NARROWING, _HEAD = 300, 200  # µs for an article
_T = TypeVar("_T", Width, int)
_Answer = TypeVar("_Answer")


class Shown(Struct, frozen=True, array_like=True):
    """What pages print of one article: in any case, and around which printings and hits."""

    fixed: list[Span]
    marks: list[list[Span]]  # the spans of each printing: contexts are made around them
    first: list[list[Span]]  # likewise of those that need it more
    hits: list[Hit]  # of phrases: words are printed around those that a page may print

    def at(self, widths: Widths, curated: Curated) -> Iterator[Span]:
        """Every span of the article that some page prints, with contexts of these widths."""
        yield from self.fixed
        yield from _contexts(self.marks, widths.context, curated)
        yield from _contexts(self.first, widths.first, curated)
        yield from _keywords(self.hits, widths.hits, curated)


class Bounds(Struct, frozen=True, array_like=True):
    """How wide the contexts of an article are, and what pages print of it by that."""

    widths: Widths
    printed: list[Span]  # in order; no two of them touch


def bounds(digest: Digest, memo: Memo | None = None) -> Mapping[str, Bounds]:
    """For each article the widest contexts with which no more of it is printed than may be.

    With a memory they are worked out for all at once, as ``what_is_shown`` is.
    """
    return _bounds_of(_Same(digest, memo))


def check_shares(digest: Digest, memo: Memo) -> Iterator[Diagnostic]:
    """All pages together print at most 45 % of any article, if need be without any context."""
    shown = what_is_shown(digest, memo)
    for id, curated in digest.articles.items():
        memo.pause()
        part = share(curated, shown[id].at(_NARROWEST, curated))
        if part > MOST:
            quoted = [one.marked for one in curated.article.stretches]
            alone = share(curated, [*quoted, *_head(curated)])
            message = f"the pages print {part:.1%} of this article, and may print {MOST:.0%}"
            hint = "shorten passages (reports, sides, prompts, because), and what notes quote of it"
            if alone > MOST:
                hint = (
                    f"its quotations and title alone are {alone:.0%} of it: too short to be shown"
                )
            place = Place(f"seeds/{curated.article.file}")
            yield Diagnostic(place, "rights-share", message, (hint,))


def share(curated: Curated, shown: Iterable[Span]) -> float:
    """How much of an article's text the spans ``shown`` cover, from 0 to 1."""
    covered = sum(span.end - span.start for span in runs(shown))
    return covered / max(len(curated.article.text), 1)


def runs(shown: Iterable[Span]) -> list[Span]:
    """What spans cover, in order, as spans of which no two touch."""
    found: list[Span] = []
    for span in sorted(shown):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def what_is_shown(digest: Digest, memo: Memo | None = None) -> Mapping[str, Shown]:
    """For each article what pages print of it; coverage prints every stretch.

    Both the check and the pages ask, so the last answer is kept. With a memory everything is
    looked for at once, by all processors; else what is asked for.
    """
    return _shown_of(_Same(digest, memo))


class _Same:
    """A digest that is only ever equal to itself: comparing two would read all they hold."""

    def __init__(self, digest: Digest, memo: Memo | None) -> None:
        self.digest, self.memo = digest, memo

    def __hash__(self) -> int:
        return id(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.digest is self.digest


@lru_cache(1)
def _shown_of(same: _Same) -> Mapping[str, Shown]:
    digest = same.digest
    ours, found = repeated(digest, same.memo), hits(digest, same.memo)
    heads = _of_each(same, "heads", _head, _head_words, list[Span], _HEAD)
    alone: dict[str, list[Span]] = {id: [] for id in digest.articles}
    for passage in _passages(digest):
        alone[passage.article].append(passage.span)
    printed: dict[str, list[tuple[Claim, Printing]]] = {id: [] for id in digest.articles}
    for claim in digest.claims:
        for printing in claim.printings:
            printed[printing.article].append((claim, printing))

    def shown(one: Curated) -> Shown:
        marks: tuple[list[list[Span]], list[list[Span]]] = ([], [])
        for claim, printing in printed[one.id]:
            spans = sorted(each.span for each in (*printing.segments, *printing.again))
            marks[comes_first(claim, printing)].append(spans)
        stretches = (stretch.marked for stretch in one.article.stretches)
        evidence = (passage.span for passage in one.evidence)
        fixed = [*stretches, *ours[one.id], *alone[one.id], *evidence, *heads[one.id]]
        return Shown(fixed, *marks, found[one.id])

    return Asked(digest.articles, shown)


@lru_cache(1)
def _bounds_of(same: _Same) -> Mapping[str, Bounds]:
    shown = _shown_of(same)

    def bounded(one: Curated) -> Bounds:
        return _bounded(one, shown[one.id])

    return _of_each(same, "bounds", bounded, lambda one: shown[one.id], Bounds, _NARROWING)


def _of_each(
    same: _Same,
    kind: str,
    work: Callable[[Curated], _Answer],
    also: Callable[[Curated], object],
    answer: type[_Answer],
    effort: int,
) -> Mapping[str, _Answer]:
    """What ``work`` gives for each article: with a memory of all at once, else of who is asked for.

    It depends on the article, on what of it stands apart, and on what ``also`` gives.
    """
    articles = same.digest.articles
    if same.memo is None:
        return Asked(articles, work)
    questions = []
    for one in articles.values():
        of_article = (one.article.file, one.article.sha256, one.apart, one.never)
        made_from = msgpack.encode((of_article, also(one)))
        questions.append(Question((made_from,), partial(work, one), effort))
    return dict(zip(articles, same.memo.recall(kind, questions, answer), strict=True))


def _bounded(curated: Curated, shown: Shown) -> Bounds:
    widths = _widest(curated, shown)
    return Bounds(widths, runs(shown.at(widths, curated)))


def _widest(curated: Curated, shown: Shown) -> Widths:
    """Fragments and turning points come first, then other quotations, then hits of phrases.

    The narrower, the less is printed: the widest that fits is found by halving.
    """
    if share(curated, shown.at(_WIDEST, curated)) <= MOST:
        return _WIDEST

    def fits(context: Width, first: Width, hits: int) -> bool:
        return share(curated, shown.at(Widths(context, first, hits), curated)) <= MOST

    least = _LEAST if fits(_LEAST, 0, 0) else 0
    first = _first(_WIDTHS, lambda width: fits(least, width, 0))
    context = _first(_WIDTHS, lambda width: fits(width, first, 0))
    keyword = _first(_KEYWORD_WIDTHS, lambda width: fits(context, first, width))
    return Widths(context, first, keyword)


def _first(among: Sequence[_T], fits: Callable[[_T], bool]) -> _T:
    """The first that fits, where all after it do too; the last if none does."""
    return among[min(bisect_left(among, True, key=fits), len(among) - 1)]


def _contexts(marks: Iterable[list[Span]], width: Width, curated: Curated) -> Iterator[Span]:
    if width == 0:
        return  # no more than the words, which are whole stretches: they are printed anyway
    for marked in marks:
        for span in spans(curated, marked, width):
            yield from curated.printable(span)


def _keywords(hits: Iterable[Hit], width: int, curated: Curated) -> Iterator[Span]:
    """What the concordance prints of hits; words between quotation marks are printed anyway."""
    for hit in hits:
        if hit.room and not hit.stretch:
            yield around(curated, hit.span, hit.room, width)


def _head(curated: Curated) -> list[Span]:
    """What the head of an article's own page prints of it; one without a title has other words."""
    article, told = curated.article, filter(None, _head_words(curated))
    found = [passages(words, article.folded, article.text)[:1] for words in told]
    return [*(() if curated.title else (curated.first_words,)), *chain.from_iterable(found)]


def _head_words(curated: Curated) -> tuple[str | None, ...]:
    """Its title, its author, and what to beware of."""
    entry, own = curated.entry, curated.article.provenance
    return curated.title, entry.byline or own.byline, entry.caution or own.caution


def _passages(digest: Digest) -> Iterator[Passage]:
    """Every passage that stands on a page by itself."""
    for one in (*digest.claims, *digest.reports):
        if one.moment.working.words:
            yield one.moment.working.words
    yield from (report.passage for report in digest.reports)
    yield from (claim.prompt for claim in digest.claims if claim.prompt)
    for side in (side for one in digest.disagreements for side in one.sides):
        yield side.passage
        if side.working and side.working.words:
            yield side.working.words

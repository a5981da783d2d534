"""How much of an article all pages together print, and how wide its contexts may be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from digest.diagnostics import Diagnostic, Place
from digest.model.claim import Curated, Digest
from digest.site.context import Width, spans
from digest.wording import Span

MOST = 0.45  # of any article's text
_WIDTHS: tuple[Width, ...] = (None, 160, 120, 100, 80, 60, 50, 40, 35, 30, 25, 20, 15, 10, 0)


def widths(digest: Digest) -> dict[str, Width]:
    """For each article the widest context that keeps what is printed of it within bounds."""
    return {
        id: _widest(one, _fixed(one, digest), _marks(one, digest))
        for id, one in digest.articles.items()
    }


def check_shares(digest: Digest) -> Iterator[Diagnostic]:
    """All pages together print at most 45 % of any article, if need be without any context."""
    for curated in digest.articles.values():
        part = share(curated, printed(curated, digest, 0))
        if part > MOST:
            message = f"the pages print {part:.1%} of this article, and may print {MOST:.0%}"
            hint = "shorten passages: reports, sides of disagreements, prompts, because"
            place = Place(f"seeds/{curated.article.file}")
            yield Diagnostic(place, "rights-share", message, (hint,))


def _widest(curated: Curated, fixed: list[Span], marks: list[list[Span]]) -> Width:
    """The narrower, the less is printed: the widest that fits is found by halving."""

    def fits(width: Width) -> bool:
        return share(curated, [*fixed, *_contexts(curated, marks, width)]) <= MOST

    return _WIDTHS[min(bisect_left(_WIDTHS, True, key=fits), len(_WIDTHS) - 1)]


def share(curated: Curated, shown: Iterable[Span]) -> float:
    """How much of an article's text the spans ``shown`` cover, from 0 to 1."""
    covered = reached = 0
    for span in sorted(shown):
        covered += max(0, span.end - max(span.start, reached))
        reached = max(reached, span.end)
    return covered / max(len(curated.article.text), 1)


def printed(curated: Curated, digest: Digest, width: Width) -> list[Span]:
    """Every span of an article that some page prints."""
    return [*_fixed(curated, digest), *_contexts(curated, _marks(curated, digest), width)]


def _contexts(curated: Curated, marks: list[list[Span]], width: Width) -> Iterator[Span]:
    """What the contexts of an article's printings print at that width."""
    for marked in marks:
        for span in spans(curated, marked, width):
            yield from curated.printable(span)


def _marks(curated: Curated, digest: Digest) -> list[list[Span]]:
    """The spans of each printing in an article."""
    return [
        sorted(passage.span for passage in (*printing.segments, *printing.again))
        for claim in digest.claims
        for printing in claim.printings
        if printing.article == curated.id
    ]


def _fixed(curated: Curated, digest: Digest) -> list[Span]:
    """What is printed of an article whatever the context; coverage prints every stretch."""
    days = [one.moment.working.words for one in (*digest.claims, *digest.reports)]
    sides = [side for one in digest.disagreements for side in one.sides]
    days += [side.working.words for side in sides if side.working]
    passages = [
        *(day for day in days if day),
        *(report.passage for report in digest.reports),
        *(claim.prompt for claim in digest.claims if claim.prompt),
        *(side.passage for side in sides),
        *curated.evidence,
    ]
    spans = [passage.span for passage in passages if passage.article == curated.id]
    if not curated.title:
        spans.append(curated.first_words)
    return [*spans, *(stretch.marked for stretch in curated.article.stretches)]

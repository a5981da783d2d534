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
    return {id: _widest(curated, digest) for id, curated in digest.articles.items()}


def _widest(curated: Curated, digest: Digest) -> Width:
    """The narrower the less is printed: the widest that fits is found by halving."""
    at = bisect_left(
        _WIDTHS, True, key=lambda w: share(curated, printed(curated, digest, w)) <= MOST
    )
    return _WIDTHS[min(at, len(_WIDTHS) - 1)]


def check_shares(digest: Digest, wide: dict[str, Width]) -> Iterator[Diagnostic]:
    """All pages together print at most 45 % of any article, even without any context."""
    for id, width in wide.items():
        curated = digest.articles[id]
        part = share(curated, printed(curated, digest, width))
        if part > MOST:
            message = f"the pages print {part:.1%} of this article, and may print {MOST:.0%}"
            hint = "shorten passages: reports, sides of disagreements, prompts, because"
            place = Place(f"seeds/{curated.article.file}")
            yield Diagnostic(place, "rights-share", message, (hint,))


def share(curated: Curated, shown: Iterable[Span]) -> float:
    """How much of an article's text the spans ``shown`` cover, from 0 to 1."""
    covered = reached = 0
    for span in sorted(shown):
        covered += max(0, span.end - max(span.start, reached))
        reached = max(reached, span.end)
    return covered / max(len(curated.article.text), 1)


def printed(curated: Curated, digest: Digest, width: Width) -> Iterator[Span]:
    """Every span of an article that some page prints; coverage prints every stretch."""
    yield from (stretch.marked for stretch in curated.article.stretches)
    for claim in digest.claims:
        for printing in claim.printings:
            if printing.article == curated.id:
                marked = sorted(p.span for p in (*printing.segments, *printing.again))
                for span in spans(curated, marked, width):
                    yield from curated.printable(span)
    days = [one.moment.working.words for one in (*digest.claims, *digest.reports)]
    days += [
        side.working.words for one in digest.disagreements for side in one.sides if side.working
    ]
    passages = [
        *(day for day in days if day),
        *(report.passage for report in digest.reports),
        *(claim.prompt for claim in digest.claims if claim.prompt),
        *(side.passage for one in digest.disagreements for side in one.sides),
        *curated.evidence,
    ]
    yield from (passage.span for passage in passages if passage.article == curated.id)

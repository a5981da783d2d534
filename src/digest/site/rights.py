"""How much of an article all pages together print, and how wide its contexts may be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from msgspec import Struct

from digest.diagnostics import Diagnostic, Place
from digest.model.claim import Curated, Digest, Passage
from digest.site.context import Width, spans
from digest.wording import Span

MOST = 0.45  # of any article's text
_WIDTHS: tuple[Width, ...] = (None, 160, 120, 100, 80, 60, 50, 40, 35, 30, 25, 20, 15, 10, 0)


class Shown(Struct, frozen=True):
    """What pages print of one article: in any case, and around which printings."""

    fixed: list[Span]
    marks: list[list[Span]]  # the spans of each printing: contexts are made around them

    def at(self, width: Width, curated: Curated) -> Iterator[Span]:
        """Every span of the article that some page prints, with contexts of that width."""
        yield from self.fixed
        for marked in self.marks:
            for span in spans(curated, marked, width):
                yield from curated.printable(span)


def widths(digest: Digest) -> dict[str, Width]:
    """For each article the widest context that keeps what is printed of it within bounds."""
    shown = what_is_shown(digest)
    return {id: _widest(one, shown[id]) for id, one in digest.articles.items()}


def check_shares(digest: Digest) -> Iterator[Diagnostic]:
    """All pages together print at most 45 % of any article, if need be without any context."""
    shown = what_is_shown(digest)
    for id, curated in digest.articles.items():
        part = share(curated, shown[id].at(0, curated))
        if part > MOST:
            alone = share(curated, (one.marked for one in curated.article.stretches))
            message = f"the pages print {part:.1%} of this article, and may print {MOST:.0%}"
            hint = "shorten passages: reports, sides of disagreements, prompts, because"
            if alone > MOST:
                hint = f"its quotations alone are {alone:.0%} of it: it is too short to be shown"
            place = Place(f"seeds/{curated.article.file}")
            yield Diagnostic(place, "rights-share", message, (hint,))


def share(curated: Curated, shown: Iterable[Span]) -> float:
    """How much of an article's text the spans ``shown`` cover, from 0 to 1."""
    covered = reached = 0
    for span in sorted(shown):
        covered += max(0, span.end - max(span.start, reached))
        reached = max(reached, span.end)
    return covered / max(len(curated.article.text), 1)


def what_is_shown(digest: Digest) -> dict[str, Shown]:
    """For each article what pages print of it; coverage prints every stretch."""
    shown = {
        id: Shown([stretch.marked for stretch in one.article.stretches], [])
        for id, one in digest.articles.items()
    }
    for passage in _passages(digest):
        shown[passage.article].fixed.append(passage.span)
    for id, curated in digest.articles.items():
        shown[id].fixed.extend(passage.span for passage in curated.evidence)
        if not curated.title:
            shown[id].fixed.append(curated.first_words)
    for claim in digest.claims:
        for printing in claim.printings:
            marked = sorted(one.span for one in (*printing.segments, *printing.again))
            shown[printing.article].marks.append(marked)
    return shown


def _widest(curated: Curated, shown: Shown) -> Width:
    """The narrower, the less is printed: the widest that fits is found by halving."""

    def fits(width: Width) -> bool:
        return share(curated, shown.at(width, curated)) <= MOST

    return _WIDTHS[min(bisect_left(_WIDTHS, True, key=fits), len(_WIDTHS) - 1)]


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

"""Every stretch of every article: in a claim, dismissed and why, or waiting."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from digest import address
from digest.diagnostics import printable
from digest.model.claim import Claim, Curated, Digest, Dismissed
from digest.site.asked import Asked
from digest.site.views import UNNAMED, Link, named, so_many


class Row(Struct, frozen=True, gc=False):
    """One stretch with its marks, as printed, and what became of it."""

    words: str
    claim: Link | None
    because: str | None  # why it was dismissed; None with no claim: it waits


class Coverage(Struct, frozen=True):
    """What became of the stretches of one article."""

    article: Link
    outlet: str
    lang: str | None  # of the article; None: the site's
    rows: tuple[Row, ...]
    claimed: int
    dismissed: int
    waiting: int


class Totals(Struct, frozen=True):
    """What became of the stretches of all articles, those not yet curated too."""

    articles: int
    stretches: int
    claimed: int
    dismissed: int
    waiting: int


def totals(digest: Digest) -> Totals:
    """The counts that the command line and the pages give."""
    articles = [*(one.article for one in digest.articles.values()), *digest.uncurated]
    stretches = sum(len(article.stretches) for article in articles)
    dismissed, waiting = len(digest.dismissed), len(digest.waiting)
    claimed = stretches - dismissed - waiting
    return Totals(len(articles), stretches, claimed, dismissed, waiting)


def told(digest: Digest) -> str:
    """In words, what was proven: one line for each thing that a curator counts."""
    found = totals(digest)
    return (
        f"{so_many(len(digest.claims), 'claim')} and {so_many(len(digest.reports), 'report')} in "
        f"{so_many(found.articles, 'article')}, "
        f"{so_many(len(digest.disagreements), 'disagreement')}\n"
        f"{so_many(found.stretches, 'quoted stretch', 'es')}: {found.claimed} claimed, "
        f"{found.dismissed} dismissed, {found.waiting} waiting"
    )


def table(digest: Digest) -> str:
    """For a terminal: what became of each article's stretches, and files not yet curated.

    A row for each, the name first: an article's id, or the file that has none yet.
    """
    rows: list[tuple[str, ...]] = [("article", "stretches", "claimed", "dismissed", "waiting")]
    for id, one in coverage(digest).items():
        counts = (len(one.rows), one.claimed, one.dismissed, one.waiting)
        rows.append((id, *map(str, counts)))
    for article in digest.uncurated:
        count = str(len(article.stretches))
        rows.append((printable(f"seeds/{article.file}"), count, "0", "0", count))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_in_columns(row, widths) for row in rows)


def _in_columns(row: tuple[str, ...], widths: list[int]) -> str:
    """A name to the left and counts to the right of their columns."""
    name, *counts = row
    told = (f"{count:>{width}}" for count, width in zip(counts, widths[1:], strict=True))
    return "  ".join([f"{name:<{widths[0]}}", *told])


def coverage(digest: Digest) -> Mapping[str, Coverage]:
    """For each article, every stretch and what became of it."""
    claimed = {
        (passage.article, passage.span.start): claim
        for claim in digest.claims
        for printing in claim.printings
        for passage in (*printing.segments, *printing.again)
    }
    dismissed = {(one.words.article, one.words.span.start): one for one in digest.dismissed}
    return Asked(digest.articles, lambda one: _covered(one, claimed, dismissed))


def _covered(
    curated: Curated,
    claimed: dict[tuple[str, int], Claim],
    dismissed: dict[tuple[str, int], Dismissed],
) -> Coverage:
    rows = []
    for stretch in curated.article.stretches:
        key = (curated.id, stretch.span.start)
        claim, why = claimed.get(key), dismissed.get(key)
        name = "withdrawn" if claim and claim.retracted else claim.speaker.name if claim else ""
        to = Link(address.quote(claim.id), name) if claim else None
        words = stretch.marked.of(curated.article.text)
        rows.append(Row(words, to, why.because if why else None))
    taken = sum(row.claim is not None for row in rows)
    set_aside = sum(row.because is not None for row in rows)
    return Coverage(
        article=Link(address.article(curated.id), named(curated)),
        outlet=curated.publisher or UNNAMED,
        lang=curated.entry.lang,
        rows=tuple(rows),
        claimed=taken,
        dismissed=set_aside,
        waiting=len(rows) - taken - set_aside,
    )

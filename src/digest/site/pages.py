"""Which pages there are, and what each one sees."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from msgspec import Struct

from digest import address
from digest.model.claim import Claim, Curated, Statement
from digest.site.badges import BADGES
from digest.site.carriers import context
from digest.site.context import Paragraph
from digest.site.days import day_pages
from digest.site.edition import Edition, heading
from digest.site.home import home_page
from digest.site.lines import Line
from digest.site.metadata import of_article, of_quote, of_site, plain
from digest.site.months import calendar_page, month_pages
from digest.site.page import Page, Planned
from digest.site.printed import caution
from digest.site.quotation import quotation
from digest.site.scale import is_large
from digest.site.speakers import list_pages, speaker_pages
from digest.site.views import Link, named, when
from digest.site.whole import pages_of_the_whole


def pages(edition: Edition) -> Iterator[Page]:
    """Every HTML page."""
    return (make() for _, make in plan(edition))


def plan(edition: Edition) -> Iterator[Planned]:
    """The address of every HTML page, and what makes it: a preview makes only what is asked for."""
    digest = edition.digest
    yield "index.html", partial(home_page, edition)
    for claim in digest.claims:
        stands = partial(_tombstone, claim) if claim.retracted else partial(_quote, claim, edition)
        yield address.quote(claim.id), stands
        for old in claim.formerly:
            yield address.quote(old), partial(_moved, old, claim)
    yield from speaker_pages(edition)
    for curated in digest.articles.values():
        yield address.article(curated.id), partial(_article, curated, edition)
    yield from day_pages(edition)
    if is_large(digest):
        yield from chain(month_pages(edition), calendar_page(edition), list_pages(edition))
    yield from pages_of_the_whole(edition)
    for name, text in _written(edition).items():
        yield f"{name}.html", partial(_own, name, text, edition)


def shared(edition: Edition) -> dict[str, Any]:
    """What every page sees: the site, the scale, and the way to its parts."""
    site = edition.digest.site
    parts = [
        Link("index.html", "Timeline"),
        Link("words.html", "Whose words"),
        Link("disagreements.html", "Disagreements"),
        Link("coverage.html", "Coverage"),
    ]
    own = [Link(f"{name}.html", heading(name, text)) for name, text in _written(edition).items()]
    return {
        "site": site,
        "stances": edition.stances,
        "nav": [*parts, *own, Link("data.html", "Data")],
        "pictured": of_site(site, edition.copied),
    }


def _written(edition: Edition) -> dict[str, str]:
    """The curator's own pages; there is always one about the site."""
    return {"about": "# About\n", **edition.digest.pages}


def _own(name: str, text: str, edition: Edition) -> Page:
    """A page that the curator wrote; about.html also defines the stances and the notes."""
    title = heading(name, text)
    sees: dict[str, Any] = {"title": title, "html": edition.notes.get(f"pages/{name}", "")}
    if name == "about":
        sees["badges"] = tuple(BADGES.values())
    template = "about.html" if name == "about" else "page.html"
    return Page(f"{name}.html", template, sees, plain(title))


def _quote(claim: Claim, edition: Edition) -> Page:
    meta = of_quote(claim, edition)
    return Page(address.quote(claim.id), "quote.html", quotation(claim, edition), meta)


def _tombstone(claim: Claim) -> Page:
    """A withdrawn quotation: its address stays, and says why."""
    sees = {"why": claim.retracted}
    return Page(
        address.quote(claim.id), "retracted.html", sees, plain("This quotation was withdrawn.")
    )


def _moved(old: str, claim: Claim) -> Page:
    """What stands at an address that a quotation had before."""
    to = {"to": address.quote(claim.id)}
    return Page(address.quote(old), "moved.html", to, plain("This quotation has moved."))


class Excerpt(Struct, frozen=True):
    """What an article prints of a statement, among its own words."""

    line: Line
    to: str
    paragraphs: tuple[Paragraph, ...]
    working: str  # of its day: a report has no page that shows it
    leaving: str | None


def _article(curated: Curated, edition: Edition) -> Page:
    """What is known of an article, and every statement it carries, in its order."""
    sees = {
        "article": curated.article,
        "entry": curated.entry,
        "byline": curated.entry.byline or curated.article.provenance.byline,
        "name": named(curated),
        "publisher": curated.publisher,
        "via": curated.via,
        "published": when(curated.published) if curated.published else None,
        "dated_by": curated.dated_by,
        "evidence": [passage.text for passage in curated.evidence],
        "caution": caution(curated),
        "note": edition.notes.get(f"articles/{curated.id}"),
        "coverage": edition.coverage[curated.id],
        # Of a large digest they have no room on the one page for all.
        "stretches": edition.coverage[curated.id].rows if is_large(edition.digest) else (),
        "excerpts": [_excerpt(one, curated, edition) for one in edition.carried[curated.id]],
    }
    return Page(address.article(curated.id), "article.html", sees, of_article(curated, edition))


def _excerpt(statement: Statement, curated: Curated, edition: Edition) -> Excerpt:
    paragraphs: tuple[Paragraph, ...] = ()
    if isinstance(statement, Claim):
        printing = next(one for one in statement.printings if one.article == curated.id)
        paragraphs = context(statement, printing, curated, edition.widths[curated.id])
    line, working = edition.lines[statement.id], str(statement.moment.working)
    return Excerpt(line, line.home, paragraphs, working, statement.leaving)

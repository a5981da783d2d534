"""Which pages there are, and what each one sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct

from digest import address
from digest.dates import spelled
from digest.model.claim import Claim, Curated, Speaker, Statement
from digest.site.badges import BADGES
from digest.site.carriers import context
from digest.site.context import Paragraph
from digest.site.coverage import totals
from digest.site.days import a_day
from digest.site.edition import Edition, heading
from digest.site.home import home, standings
from digest.site.lines import Line, printed_in
from digest.site.metadata import Metadata, of_article, of_home, of_quote, of_site, of_speaker, plain
from digest.site.printed import caution, disagreement_view
from digest.site.quotation import quotation
from digest.site.scale import SPOKE_LAST, is_large
from digest.site.strip import strip
from digest.site.views import Link, home_of, named, when


class Page(Struct, frozen=True):
    """A page of the site: where it stands, how it is set, and all that it prints."""

    address: str
    template: str
    sees: dict[str, Any]
    meta: Metadata


def pages(edition: Edition) -> Iterator[Page]:
    """Every HTML page."""
    return (make() for _, make in plan(edition))


def plan(edition: Edition) -> Iterator[tuple[str, Callable[[], Page]]]:
    """The address of every HTML page, and what makes it: a preview makes only what is asked for."""
    digest = edition.digest
    yield "index.html", lambda: Page("index.html", "index.html", home(edition), of_home(edition))
    for claim in digest.claims:
        stands = partial(_tombstone, claim) if claim.retracted else partial(_quote, claim, edition)
        yield address.quote(claim.id), stands
        for old in claim.formerly:
            yield address.quote(old), partial(_moved, old, claim)
    for speaker in digest.speakers.values():
        if speaker.entry.name:  # an unnamed speaker gets no page of a person
            yield address.speaker(speaker.id), partial(_speaker, speaker, edition)
    for curated in digest.articles.values():
        yield address.article(curated.id), partial(_article, curated, edition)
    days = list(edition.timeline.by_day)
    for number, day in enumerate(days):
        beside = days[max(number - 1, 0) : number] + days[number + 1 : number + 2]
        yield address.day(day), partial(_day, day, beside, edition)
    for page in (*_of_the_whole(edition), *_own(edition)):
        yield page.address, partial(_made, page)


def _made(page: Page) -> Page:
    return page  # so cheap that it was made already


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


def _of_the_whole(edition: Edition) -> Iterator[Page]:
    """Pages that speak of everything at once."""
    digest = edition.digest
    yield Page(
        "words.html", "words.html", {"concordance": edition.concordance},
        plain("Whose words the phrases are, counted in every article."),
    )  # fmt: skip
    told = [(one.id, disagreement_view(one, digest)) for one in digest.disagreements]
    yield Page(
        "disagreements.html", "disagreements.html", {"disagreements": told},
        plain("Where the articles cannot all be right, with both sides in their own words."),
    )  # fmt: skip
    sees = {
        "articles": list(edition.coverage.values()),
        "uncurated": digest.uncurated,
        "totals": totals(digest),
    }
    about = "Every stretch between quotation marks in every article, and what became of it."
    yield Page("coverage.html", "coverage.html", sees, plain(about))
    yield Page("corrections.html", "corrections.html", _corrections(edition),
               plain("What was corrected or withdrawn, when and why."))  # fmt: skip
    yield Page("data.html", "data.html", {"totals": totals(digest)},
               plain("The record for other programs: JSON, CSV, feeds and citations."))  # fmt: skip
    if digest.site.base_url:
        # A host shows it at any depth: its links begin at the site's own address.
        sees = {"up": f"{digest.site.base_url.rstrip('/')}/"}
        yield Page("404.html", "404.html", sees, plain("There is no such page."))


def _own(edition: Edition) -> Iterator[Page]:
    """Pages that the curator wrote; about.html also defines the stances and the notes."""
    for name, text in _written(edition).items():
        title = heading(name, text)
        sees: dict[str, Any] = {"title": title, "html": edition.notes.get(f"pages/{name}", "")}
        if name == "about":
            sees["badges"] = BADGES.values()
        template = "about.html" if name == "about" else "page.html"
        yield Page(f"{name}.html", template, sees, plain(title))


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


def _corrections(edition: Edition) -> dict[str, Any]:
    """Every correction, the latest first, and what was withdrawn."""
    claims = edition.digest.claims
    made = [(one, claim) for claim in claims for one in claim.corrections]
    made.sort(key=lambda pair: pair[0].day, reverse=True)
    return {
        "corrections": [(one, Link(address.quote(by.id), by.speaker.name)) for one, by in made],
        "retracted": [
            (claim.retracted, Link(address.quote(claim.id), claim.speaker.name))
            for claim in claims
            if claim.retracted
        ],
    }


def _speaker(speaker: Speaker, edition: Edition) -> Page:
    said = edition.timeline.of(speaker.id)
    drawn = [one for one in said if edition.leads(one)]
    sees = {
        "speaker": speaker,
        "entry": speaker.entry,
        "feed": f"{speaker.id}.xml",
        "strip": strip(edition.digest, f"Each statement by {speaker.name}", [drawn]),
        "said_by": edition.set_lines(said),
        "articles": len({id for one in said for id in printed_in(one)}),
        "used": edition.concordance.used_by(speaker.id),
    }
    return Page(address.speaker(speaker.id), "speaker.html", sees, of_speaker(speaker, edition))


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
        "excerpts": [_excerpt(one, curated, edition) for one in edition.carried[curated.id]],
    }
    return Page(address.article(curated.id), "article.html", sees, of_article(curated, edition))


def _excerpt(statement: Statement, curated: Curated, edition: Edition) -> Excerpt:
    paragraphs: tuple[Paragraph, ...] = ()
    if isinstance(statement, Claim):
        printing = next(one for one in statement.printings if one.article == curated.id)
        paragraphs = context(statement, printing, curated, edition.widths[curated.id])
    line, working = edition.lines[statement.id], str(statement.moment.working)
    return Excerpt(line, home_of(statement), paragraphs, working, statement.leaving)


def _day(day: date, beside: list[date], edition: Edition) -> Page:
    """A day's statements, and where each official stood that evening."""
    timeline = edition.timeline
    shown = when(timeline.by_day[day][0].moment.working.said)
    positions = timeline.positions(day)
    sees = {
        "when": shown,
        "day": a_day(timeline.by_day[day], timeline.happened.get(day, []), edition),
        "positions": standings(positions, edition),
        "cut": is_large(edition.digest) and len(positions) == SPOKE_LAST,
        "beside": [Link(address.day(one), spelled(one)) for one in beside],
    }
    told = f"Who said what on {shown.text}, and where each stood that evening."
    return Page(address.day(day), "day.html", sees, plain(told))

"""The home page: where each stands, the strip, the turning points, the whole timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from digest import address
from digest.dates import MONTHS, spelled
from digest.model.claim import Statement
from digest.site.days import months
from digest.site.edition import Edition
from digest.site.gathered import gathered
from digest.site.lines import Line
from digest.site.metadata import of_home
from digest.site.months import calendar
from digest.site.page import Page
from digest.site.positions import standings
from digest.site.scale import LATEST, YEARS, is_large
from digest.site.search import choices
from digest.site.speakers import by_surname
from digest.site.strip import strip
from digest.site.views import UNNAMED, Link, named
from digest.site.whose import called

_TURNS = 5  # at most


def home_page(edition: Edition) -> Page:
    """The home page: of a large digest the latest, and the way to everything."""
    if is_large(edition.digest):
        return Page("index.html", "large.html", latest(edition), of_home(edition))
    return Page("index.html", "index.html", home(edition), of_home(edition))


def latest(edition: Edition) -> dict[str, Any]:
    """What the home page of a large digest sees."""
    digest, statements = edition.digest, edition.timeline.statements
    own = [one for one in statements if edition.leads(one)]
    drawn = [one for one in own if one.stance]
    name, years = "Statements by period and stance", calendar(edition)
    return {
        "counts": _scope(own, edition),
        "gathered": drawn and gathered(digest, name, drawn, edition.timeline.beside, _month),
        "latest": standings(edition.timeline.positions(date.max), edition),
        "turning": _turning(statements, edition),
        "choices": choices(edition),
        "calendar": years[:YEARS],
        "earlier": address.MONTHS if len(years) > YEARS else None,
        "newest": edition.set_lines(statements[: -LATEST - 1 : -1]),
        "names": MONTHS,
        "everybody": address.SPEAKERS,
        "people": sum(one.entry.name is not None for one in digest.speakers.values()),
    }


def _month(day: date) -> str:
    return address.month(day.isoformat()[:7])


def home(edition: Edition) -> dict[str, Any]:
    """What the home page sees."""
    digest, statements = edition.digest, edition.timeline.statements
    own = [one for one in statements if edition.leads(one)]
    lanes = standing(own, edition)
    return {
        "counts": _scope(own, edition),
        "latest": standings([lane[-1] for lane in lanes], edition),
        "strip": strip(digest, "Each statement by day and stance", lanes),
        "table": edition.set_lines(one for one in own if one.stance),
        "turning": _turning(statements, edition),
        "choices": choices(edition),
        "people": [
            (Link(address.speaker(one.id), one.name), told)
            for one, told in by_surname(digest.speakers.values())
        ],
        "articles": [
            (Link(address.article(id), named(one)), one.publisher or UNNAMED)
            for id, one in digest.articles.items()
        ],
        "months": months(own, list(digest.events.values()), edition),
        "others": months([one for one in statements if not edition.leads(one)], [], edition),
    }


def standing(statements: Sequence[Statement], edition: Edition) -> list[list[Statement]]:
    """Who has taken a stance: each speaker's statements with one, whoever spoke last first."""
    lanes: dict[str, list[Statement]] = {}
    for one in statements:
        if one.stance:
            lanes.setdefault(one.speaker.id, []).append(one)
    places = edition.timeline.places
    return sorted(lanes.values(), key=lambda lane: -places[None, lane[-1].id])


def _turning(statements: Sequence[Statement], edition: Edition) -> list[tuple[Line, str]]:
    """The turning points that the record names: the first five."""
    turning = [one for one in statements if one.turning_point]
    return [(edition.lines[one.id], one.turning_point or "") for one in turning[:_TURNS]]


def _scope(own: Sequence[Statement], edition: Edition) -> dict[str, Any]:
    """Who, and from when to when: only what speaks of the matter is counted."""
    digest = edition.digest
    on_matter = [one for one in own if one.stance] if digest.stances else list(own)
    days = [one.moment.working.said for one in on_matter]
    first = min((d.earliest or d.latest for d in days), default=None)
    return {
        "statements": len(on_matter),
        "articles": len(digest.articles),
        "disagreements": len(digest.disagreements),
        "speakers": len({one.speaker.id for one in on_matter if one.speaker.entry.name}),
        "unnamed": any(not one.speaker.entry.name for one in on_matter),
        "called": called(digest.site),
        "first": spelled(first) if first else None,
        "last": spelled(max(d.latest for d in days)) if days else None,
    }

"""The home page: where each stands, the strip, the turning points, the whole timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from digest import address
from digest.dates import spelled
from digest.model.claim import Statement
from digest.site.days import months
from digest.site.edition import Edition
from digest.site.lines import Line
from digest.site.search import choices
from digest.site.strip import strip
from digest.site.views import UNNAMED, Link, named
from digest.site.whose import called

_TURNS = 5  # at most


class Standing(Struct, frozen=True):
    """A speaker's latest position, and the stances of which nobody can say that they are older."""

    line: Line
    others: tuple[tuple[int, str], ...]  # sign and label, from the first step up


def home(edition: Edition) -> dict[str, Any]:
    """What the home page sees."""
    statements = edition.timeline.statements
    own = [one for one in statements if edition.leads(one)]
    lanes = standing(own, edition)
    return {
        "counts": _scope(own, edition),
        "latest": standings([lane[-1] for lane in lanes], edition),
        "strip": strip(edition.digest, "Each statement by day and stance", lanes),
        "table": edition.set_lines(one for one in own if one.stance),
        "turning": _turning(statements, edition),
        "choices": choices(edition),
        "people": _people(edition),
        "articles": [
            (Link(address.article(id), named(one)), one.publisher or UNNAMED)
            for id, one in edition.digest.articles.items()
        ],
        "months": months(own, list(edition.digest.events.values()), edition),
        "others": months([one for one in statements if not edition.leads(one)], [], edition),
    }


def _people(edition: Edition) -> list[tuple[Link, str]]:
    """Everybody who has a page, by surname, and as whom they speak."""
    named_so = [one for one in edition.digest.speakers.values() if one.entry.name]
    named_so.sort(key=lambda one: (one.name.split()[-1].casefold(), one.name))
    told = (", ".join(filter(None, (one.entry.role, one.entry.side))) for one in named_so)
    links = (Link(address.speaker(one.id), one.name) for one in named_so)
    return list(zip(links, told, strict=True))


def standings(latest: Sequence[Statement], edition: Edition) -> list[Standing]:
    """Each latest position, with the other stances that may have come after it."""
    found = []
    for one in latest:
        others = [edition.lines[o.id] for o in edition.timeline.open_order(one)]
        line = edition.lines[one.id]
        signs = {(o.tone, o.stance) for o in others if o.tone and o.stance and o.tone != line.tone}
        found.append(Standing(line, tuple(sorted(signs))))
    return found


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

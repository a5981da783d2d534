"""Which pages there are, and what each one sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from digest import address
from digest.dates import spelled
from digest.model.claim import Claim, Curated, Digest, Speaker, Statement, Voice, Working
from digest.site.context import excerpt
from digest.site.coverage import totals
from digest.site.edition import Edition, heading
from digest.site.views import (
    Line,
    Link,
    PrintingView,
    caution,
    disagreement_view,
    named,
    place,
    printing_view,
    when,
)


class Page(Struct, frozen=True):
    """A page of the site: where it stands, how it is set, and all that it prints."""

    address: str
    template: str
    sees: dict[str, Any]


def pages(edition: Edition) -> Iterator[Page]:
    """Every HTML page."""
    digest = edition.digest
    yield _home(edition)
    for claim in digest.claims:
        yield _quote(claim, edition) if not claim.retracted else _tombstone(claim)
        for old in claim.formerly:
            sees: dict[str, Any] = {"to": address.quote(claim.id)}
            yield Page(address.quote(old), "moved.html", sees)
    for speaker in digest.speakers.values():
        if speaker.entry.name:  # an unnamed speaker gets no page of a person
            yield _speaker(speaker, edition)
    for curated in digest.articles.values():
        yield _article(curated, edition)
    said = (one.moment.working.said.day for one in edition.timeline.statements)
    for day in sorted({day for day in said if day}):
        yield _day(day, edition)
    told = [(one.id, disagreement_view(one, digest)) for one in digest.disagreements]
    yield Page("disagreements.html", "disagreements.html", {"disagreements": told})
    sees = {
        "articles": list(edition.coverage.values()),
        "uncurated": digest.uncurated,
        "totals": totals(digest),
    }
    yield Page("coverage.html", "coverage.html", sees)
    for name, text in digest.pages.items():
        sees = {"title": heading(name, text), "html": edition.notes[f"pages/{name}"]}
        yield Page(f"{name}.html", "page.html", sees)


class DayView(Struct, frozen=True):
    """A day or window of the timeline and what stands under it."""

    text: str
    to: str | None  # the day's page, when it is one day
    events: tuple[str, ...]
    lines: tuple[Line, ...]


def _home(edition: Edition) -> Page:
    """The timeline by day; reactions and analysts stand below those whom it is about."""
    statements = edition.timeline.statements
    own = [one for one in statements if edition.leads(one)]
    latest = [one for one in edition.timeline.positions(date.max).values() if edition.leads(one)]
    latest.sort(key=lambda one: one.moment.working.said.latest, reverse=True)
    sees = {
        "months": _months(own, edition),
        "others": _months([one for one in statements if not edition.leads(one)], edition),
        "latest": edition.set_lines(latest),
        "turning": [
            (edition.lines[one.id], one.turning_point) for one in statements if one.turning_point
        ],
        "counts": _scope(own, edition.digest),
    }
    return Page("index.html", "index.html", sees)


def _months(statements: list[Statement], edition: Edition) -> list[tuple[str, list[DayView]]]:
    """Statements by month and day, in order."""
    found: dict[str, dict[str, list[Statement]]] = {}
    for one in statements:
        said = one.moment.working.said
        month = spelled(said.latest).split(" ", 1)[1]
        found.setdefault(month, {}).setdefault(when(said).text, []).append(one)
    return [
        (month, [_day_view(under, edition) for under in days.values()])
        for month, days in found.items()
    ]


def _day_view(statements: list[Statement], edition: Edition) -> DayView:
    said = statements[0].moment.working.said
    happened = [
        event.entry.what
        for event in edition.digest.events.values()
        if said.day and event.moment.working.said.day == said.day
    ]
    shown = when(said)
    return DayView(shown.text, shown.to, tuple(happened), edition.set_lines(statements))


def _scope(own: list[Statement], digest: Digest) -> dict[str, Any]:
    """Who, and from when to when: only what speaks of the matter is counted."""
    on_matter = [one for one in own if one.stance]
    days = [one.moment.working.said for one in on_matter]
    first = min((d.earliest for d in days if d.earliest), default=None)
    quoted = sum(isinstance(one, Claim) for one in on_matter)
    return {
        "quoted": quoted,
        "told": len(on_matter) - quoted,
        "articles": len(digest.articles),
        "disagreements": len(digest.disagreements),
        "speakers": len({one.speaker.id for one in on_matter if one.speaker.entry.name}),
        "called": digest.site.leads.called if digest.site.leads else "speakers",
        "first": spelled(first) if first else None,
        "last": spelled(max(d.latest for d in days)) if days else None,
    }


def _quote(claim: Claim, edition: Edition) -> Page:
    """One quotation: the words, who said them and when, and the proof."""
    digest = edition.digest
    printings = _printings(claim, edition)
    sees = {
        "line": edition.lines[claim.id],
        "working": _working(claim.moment.working, digest),
        "printings": printings,
        "outlets": [printing.outlet for printing in printings],
        "stance": digest.stances[claim.stance] if claim.stance else None,
        "condition": claim.condition,
        "leaving": claim.leaving,
        "place": place(claim),
        "prompt": claim.prompt,
        "checked": claim.checked,
        "corrections": claim.corrections,
        "voices": [_voice(voice, digest) for voice in claim.voices],
        "note": edition.notes.get(f"quotes/{claim.id}"),
        "disagreements": [
            disagreement_view(one, digest)
            for one in digest.disagreements
            if claim.id in one.entry.claims
        ],
        "neighbours": _neighbours(claim, edition),
    }
    return Page(address.quote(claim.id), "quote.html", sees)


def _voice(voice: Voice, digest: Digest) -> tuple[str, str, str]:
    """The words inside, how they are meant, and who is made to say them."""
    of = digest.speakers.get(voice.entry.of)
    return voice.words.text, voice.entry.kind, of.name if of else voice.entry.of


def _tombstone(claim: Claim) -> Page:
    """A withdrawn quotation: its address stays, and says why."""
    return Page(address.quote(claim.id), "retracted.html", {"why": claim.retracted})


def _printings(claim: Claim, edition: Edition) -> list[PrintingView]:
    shown = []
    for printing in claim.printings:
        curated = edition.digest.articles[printing.article]
        marked = (*printing.segments, *printing.again)
        context = excerpt(curated, marked, edition.widths[curated.id])
        shown.append(printing_view(claim, printing, curated, context))
    return shown


def _neighbours(claim: Claim, edition: Edition) -> list[tuple[str, Line]]:
    """Earlier and later, by time and by speaker."""
    name = claim.speaker.name
    in_time = edition.timeline.neighbours(claim)
    by_speaker = edition.timeline.neighbours(claim, claim.speaker.id)
    labels = ("Earlier", "Later", f"Earlier, by {name}", f"Later, by {name}")
    both = zip(labels, (*in_time, *by_speaker), strict=True)
    return [(label, edition.lines[other.id]) for label, other in both if other]


def _working(working: Working, digest: Digest) -> dict[str, Any]:
    """A date's working as a sum: the words, what they count from, and the day."""
    article = working.words.article if working.words else None
    return {
        "words": working.words.text if working.words else None,
        "article": Link(address.article(article), named(digest.articles[article]))
        if article
        else None,
        "counted_from": when(working.counted_from) if working.counted_from else None,
        "than": working.than,
        "said": when(working.said),
        "because": working.because,
    }


def _speaker(speaker: Speaker, edition: Edition) -> Page:
    lines = edition.set_lines(edition.timeline.of(speaker.id))
    sees = {"speaker": speaker, "entry": speaker.entry, "said_by": lines}
    return Page(address.speaker(speaker.id), "speaker.html", sees)


def _article(curated: Curated, edition: Edition) -> Page:
    """What is known of an article, and every statement it carries."""
    sees = {
        "article": curated.article,
        "entry": curated.entry,
        "byline": curated.entry.byline or curated.article.provenance.byline,
        "name": named(curated),
        "publisher": curated.publisher,
        "via": curated.via,
        "published": when(curated.published) if curated.published else None,
        "evidence": [passage.text for passage in curated.evidence],
        "caution": caution(curated),
        "note": edition.notes.get(f"articles/{curated.id}"),
        "coverage": edition.coverage[curated.id],
        "carried": edition.set_lines(edition.carried[curated.id]),
    }
    return Page(address.article(curated.id), "article.html", sees)


def _day(day: date, edition: Edition) -> Page:
    """A day's statements, and where each official stood that evening."""
    said = [one for one in edition.timeline.statements if one.moment.working.said.day == day]
    positions = [one for one in edition.timeline.positions(day).values() if edition.leads(one)]
    sees = {"day": _day_view(said, edition), "when": when(said[0].moment.working.said),
            "positions": edition.set_lines(positions)}  # fmt: skip
    return Page(address.day(day), "day.html", sees)

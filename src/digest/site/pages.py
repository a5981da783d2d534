"""Which pages there are, and what each one sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from digest import address
from digest.dates import spelled
from digest.model.claim import Claim, Curated, Digest, Dismissed, Passage, Statement
from digest.site.context import Width, excerpt
from digest.site.timeline import Timeline, neighbours
from digest.site.views import (
    Line,
    Link,
    caution,
    line,
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


def pages(
    digest: Digest, timeline: Timeline, notes: dict[str, str], wide: dict[str, Width]
) -> Iterator[Page]:
    """Every HTML page.

    ``notes`` are our own words rendered, by what they belong to; ``wide`` is how much context
    each article may be printed with.
    """
    covered = coverage(digest)
    yield _home(digest, timeline)
    for claim in digest.claims:
        yield _quote(claim, digest, timeline, wide, notes.get(f"quotes/{claim.id}"))
    for speaker in digest.speakers.values():
        if speaker.entry.name:
            yield _speaker(speaker.id, digest, timeline)
    for curated in digest.articles.values():
        yield _article(curated, digest, timeline, covered[curated.id], notes)
    for day in timeline.days():
        if any(one.moment.working.said.day == day for one in timeline.statements):
            yield _day(day, digest, timeline)
    sees = {"articles": list(covered.values()), "counts": _counts(digest)}
    yield Page("coverage.html", "coverage.html", sees)
    for id, html in notes.items():
        if id.startswith("pages/"):
            stem = id.removeprefix("pages/")
            yield Page(f"{stem}.html", "page.html", {"title": stem.capitalize(), "html": html})


def leads(statement: Statement, digest: Digest) -> bool:
    """Whether the timeline shows the statement first: kind and side as ``site.yaml`` says."""
    entry, wanted = statement.speaker.entry, digest.site.leads
    return all(
        getattr(entry, field, None) == wanted[field]
        for field in ("kind", "side")
        if field in wanted
    )


class DayView(Struct, frozen=True):
    """A day of the timeline and what stands under it."""

    text: str
    to: str | None
    lines: tuple[Line, ...]
    events: tuple[str, ...]


def _home(digest: Digest, timeline: Timeline) -> Page:
    """The timeline by day; reactions and analysts stand below the officials it is about."""
    own = [one for one in timeline.statements if leads(one, digest)]
    others = [one for one in timeline.statements if not leads(one, digest)]
    latest = timeline.positions(date.max)
    sees = {
        "months": _months(own, digest),
        "others": _months(others, digest),
        "latest": [
            line(one, digest) for one in _latest_first(latest.values()) if leads(one, digest)
        ],
        "counts": _counts(digest) | _scope(own, digest),
    }
    return Page("index.html", "index.html", sees)


def _latest_first(statements: Any) -> list[Statement]:
    return sorted(statements, key=lambda one: one.moment.working.said.latest, reverse=True)


def _months(statements: list[Statement], digest: Digest) -> list[tuple[str, list[DayView]]]:
    """Statements by month and day, in order."""
    found: dict[str, dict[str, list[Statement]]] = {}
    for one in statements:
        said = one.moment.working.said
        month = spelled(said.latest).split(" ", 1)[1]
        found.setdefault(month, {}).setdefault(when(said).text, []).append(one)
    return [
        (month, [_day_view(day, days[day], digest) for day in days])
        for month, days in found.items()
    ]


def _day_view(text: str, statements: list[Statement], digest: Digest) -> DayView:
    day = statements[0].moment.working.said.day
    happened = [
        e.entry.what for e in digest.events.values() if day and e.moment.working.said.day == day
    ]
    lines = tuple(line(one, digest) for one in statements)
    return DayView(text, address.day(day) if day else None, lines, tuple(happened))


def _scope(own: list[Statement], digest: Digest) -> dict[str, Any]:
    """Who and from when to when: only what speaks of the matter is counted."""
    on_matter = [one for one in own if one.stance]
    days = [one.moment.working.said for one in on_matter]
    first = min((d.earliest for d in days if d.earliest), default=None)
    return {
        "statements": len(on_matter),
        "officials": len({one.speaker.id for one in on_matter}),
        "called": digest.site.leads.get("called", "speakers"),
        "first": spelled(first) if first else None,
        "last": spelled(max(d.latest for d in days)) if days else None,
    }


def _counts(digest: Digest) -> dict[str, Any]:
    """What stands in how many articles, and what was made of it."""
    stretches = sum(len(curated.article.stretches) for curated in digest.articles.values())
    return {
        "articles": len(digest.articles),
        "stretches": stretches,
        "dismissed": len(digest.dismissed),
        "waiting": len(digest.waiting),
        "disagreements": len(digest.disagreements),
    }


def _quote(
    claim: Claim, digest: Digest, timeline: Timeline, wide: dict[str, Width], note: str | None
) -> Page:
    """One quotation: the words, who said them and when, and the proof."""
    shown = []
    for printing in claim.printings:
        curated = digest.articles[printing.article]
        context = excerpt(curated, (*printing.segments, *printing.again), wide[printing.article])
        shown.append(printing_view(claim, printing, curated, context))
    earlier, later = neighbours(claim, timeline.statements)
    own_earlier, own_later = neighbours(claim, timeline.of(claim.speaker.id))
    sees = {
        "line": line(claim, digest),
        "working": _working(claim, digest),
        "printings": shown,
        "outlets": len(claim.printings),
        "stance": digest.stances[claim.stance] if claim.stance else None,
        "condition": claim.condition,
        "leaving": claim.leaving,
        "place": place(claim),
        "prompt": claim.prompt,
        "voices": [(voice.words.text, voice.entry.of, voice.entry.kind) for voice in claim.voices],
        "note": note,
        "disagreements": [d for d in digest.disagreements if claim.id in d.entry.claims],
        "neighbours": [
            ("Earlier", earlier and line(earlier, digest)),
            ("Later", later and line(later, digest)),
            (f"Earlier, by {claim.speaker.name}", own_earlier and line(own_earlier, digest)),
            (f"Later, by {claim.speaker.name}", own_later and line(own_later, digest)),
        ],
    }
    return Page(address.quote(claim.id), "quote.html", sees)


def _working(statement: Statement, digest: Digest) -> dict[str, Any]:
    """A date's working as a sum: the words, what they count from, and the day."""
    working = statement.moment.working
    article = working.words.article if working.words else None
    return {
        "words": working.words.text if working.words else None,
        "article": Link(address.article(article), named(digest.articles[article]))
        if article
        else None,
        "counted_from": str(working.counted_from) if working.counted_from else None,
        "than": working.than,
        "means": [str(window) for window in working.means],
        "said": when(working.said),
        "because": working.because,
        "text": str(working),
    }


def _speaker(id: str, digest: Digest, timeline: Timeline) -> Page:
    speaker = digest.speakers[id]
    lines = [line(one, digest) for one in timeline.of(id)]
    return Page(
        address.speaker(id),
        "speaker.html",
        {"speaker": speaker, "entry": speaker.entry, "lines_said": lines},
    )


def _article(
    curated: Curated,
    digest: Digest,
    timeline: Timeline,
    covered: dict[str, Any],
    notes: dict[str, str],
) -> Page:
    """What is known of an article, and every statement it carries."""
    carried = [
        one for one in timeline.statements
        if any(passage.article == curated.id for passage in _printed_by(one))
    ]  # fmt: skip
    sees = {
        "article": curated.article,
        "entry": curated.entry,
        "name": named(curated),
        "title": curated.title,
        "publisher": curated.publisher,
        "via": curated.via,
        "published": when(curated.published) if curated.published else None,
        "evidence": [passage.text for passage in curated.evidence],
        "lines_said": [line(one, digest) for one in carried],
        "coverage": covered,
        "caution": caution(curated),
        "note": notes.get(f"articles/{curated.id}"),
    }
    return Page(address.article(curated.id), "article.html", sees)


def _day(day: date, digest: Digest, timeline: Timeline) -> Page:
    """A day's statements, and where each official stood that evening."""
    said = [one for one in timeline.statements if one.moment.working.said.day == day]
    positions = [one for one in timeline.positions(day).values() if leads(one, digest)]
    sees = {
        "day": when(said[0].moment.working.said),
        "lines_said": [line(one, digest) for one in said],
        "events": _day_view("", said, digest).events,
        "positions": [line(one, digest) for one in positions],
    }
    return Page(address.day(day), "day.html", sees)


def _printed_by(statement: Statement) -> Iterator[Passage]:
    """Every passage of an article that a statement's page prints as words."""
    if isinstance(statement, Claim):
        for printing in statement.printings:
            yield from (*printing.segments, *printing.again)
    else:
        yield statement.passage  # type: ignore[attr-defined]  # the only other kind


def coverage(digest: Digest) -> dict[str, dict[str, Any]]:
    """By article, every stretch: claimed by which claim, or dismissed and why, or waiting."""
    claimed = {
        (passage.article, passage.span.start): claim
        for claim in digest.claims
        for passage in _printed_by(claim)
    }
    dismissed = {(one.article, one.stretch.span.start): one for one in digest.dismissed}
    return {id: _covered(curated, claimed, dismissed) for id, curated in digest.articles.items()}


def _covered(
    curated: Curated,
    claimed: dict[tuple[str, int], Claim],
    dismissed: dict[tuple[str, int], Dismissed],
) -> dict[str, Any]:
    rows = []
    for stretch in curated.article.stretches:
        key = (curated.id, stretch.span.start)
        claim, why = claimed.get(key), dismissed.get(key)
        rows.append({
            "words": stretch.marked.of(curated.article.text),
            "claim": Link(address.quote(claim.id), claim.speaker.name) if claim else None,
            "because": why.because if why else None,
        })  # fmt: skip
    return {
        "link": Link(address.article(curated.id), named(curated)),
        "rows": rows,
        "claimed": sum(row["claim"] is not None for row in rows),
        "dismissed": sum(row["because"] is not None for row in rows),
        "waiting": sum(row["claim"] is None and row["because"] is None for row in rows),
    }

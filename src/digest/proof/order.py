"""Order within a day: what stands before and after an event stands on its day, in no circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from digest.dates import Window
from digest.diagnostics import Diagnostic
from digest.model.claim import Digest, Event, Moment
from digest.model.record import OnRecord, Record

_FIELDS = ("before", "after")
_NAMED = 20  # events of a circle that a message names


def check_order(record: Record, digest: Digest) -> Iterator[Diagnostic]:
    """``before`` and ``after`` name an event that can be of the same day."""
    moments: dict[str, Moment] = {one.id: one.moment for one in (*digest.claims, *digest.reports)}
    statements: list[OnRecord[Any]] = [*record.claims.values(), *record.reports.values()]
    for entry in statements:
        if entry.id in moments:
            yield from _same_day(entry, moments[entry.id].working.said, digest.events)
    for event in record.events.values():
        if event.id in digest.events:
            said = digest.events[event.id].moment.working.said
            yield from _same_day(event, said, digest.events)
    yield from _circles(record)


def _same_day(
    entry: OnRecord[Any], said: Window, events: Mapping[str, Event]
) -> Iterator[Diagnostic]:
    for field in _FIELDS:
        event = events.get(getattr(entry.entry, field) or "")
        other = event.moment.working.said if event else said
        begins = max(said.earliest or date.min, other.earliest or date.min)
        if begins > min(said.latest, other.latest):
            message = f"said {said}, and that was {other}"
            hint = "before: and after: order what is of one day"
            yield entry.finding("order-day", message, field, hints=(hint,))


def _circles(record: Record) -> Iterator[Diagnostic]:
    """No event stands before itself, by way of others."""
    after: dict[str, set[str]] = {id: set() for id in record.events}  # what each stands after
    for id, event in record.events.items():
        if event.entry.before in after:
            after[event.entry.before].add(id)
        if event.entry.after in after:
            after[id].add(event.entry.after)
    circle = sorted(_peeled(_turned(_peeled(after))))
    named = ", ".join(circle[:_NAMED]) + (" …" if len(circle) > _NAMED else "")
    for id in circle:
        entry = record.events[id]
        field = next((field for field in _FIELDS if getattr(entry.entry, field)), "what")
        hint = f"leave out one before: or after: of {named}"
        yield entry.finding("order-circle", "stands before itself", field, hints=(hint,))


def _peeled(after: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """What is left when, again and again, what stands after nothing is taken away."""
    left = {id: set(others) for id, others in after.items()}
    before = _turned(after)
    free = [id for id, others in left.items() if not others]
    for id in free:  # which grows meanwhile
        del left[id]
        for later in before[id]:
            left[later].discard(id)
            if not left[later]:
                free.append(later)
    return left


def _turned(after: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """What each stands before, from what each stands after."""
    before: dict[str, set[str]] = {id: set() for id in after}
    for id, others in after.items():
        for other in others:
            before[other].add(id)
    return before

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
    earlier: dict[str, list[tuple[str, str]]] = {id: [] for id in record.events}
    for id, event in record.events.items():
        if event.entry.before in earlier:
            earlier[event.entry.before].append((id, "before"))
        if event.entry.after in earlier:
            earlier[id].append((event.entry.after, "after"))
    settled: set[str] = set()
    waiting = True
    while waiting:  # an event is settled when all that stand before it are
        ready = {id for id in earlier if id not in settled
                 and all(other in settled for other, _ in earlier[id])}  # fmt: skip
        settled |= ready
        waiting = bool(ready)
    for id in earlier.keys() - settled:
        entry = record.events[id]
        field = next(field for field in _FIELDS if getattr(entry.entry, field)) if any(
            getattr(entry.entry, field) for field in _FIELDS) else "what"  # fmt: skip
        hint = "leave out one before: or after: of these events"
        yield entry.finding("order-circle", "stands before itself", field, hints=(hint,))

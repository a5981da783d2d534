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
_LONGEST = 100  # events that stand one after another


def check_order(record: Record, digest: Digest) -> Iterator[Diagnostic]:
    """``before`` and ``after`` name an event that can be of the same day."""
    moments: dict[str, Moment] = {one.id: one.moment for one in (*digest.claims, *digest.reports)}
    statements: list[OnRecord[Any]] = [*record.claims.values(), *record.reports.values()]
    for entry in statements:
        if entry.id in moments and (entry.entry.before or entry.entry.after):
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
    depths = _depths(after)
    yield from _too_deep(record, depths)
    left = {id: others - depths.keys() for id, others in after.items() if id not in depths}
    circle = sorted(left.keys() - _depths(_turned(left)).keys())
    named = ", ".join(circle[:_NAMED]) + (" …" if len(circle) > _NAMED else "")
    for id in circle:
        entry = record.events[id]
        field = next((field for field in _FIELDS if getattr(entry.entry, field)), "what")
        hint = f"leave out one before: or after: of {named}"
        yield entry.finding("order-circle", "stands before itself", field, hints=(hint,))


def _too_deep(record: Record, depths: Mapping[str, int]) -> Iterator[Diagnostic]:
    """A day holds only so many events one after another."""
    deep = next((id for id, depth in depths.items() if depth == _LONGEST), None)
    if deep:
        message = f"stands after {_LONGEST} events, one after another"
        hint = "order fewer: events of other days need no before: or after:"
        yield record.events[deep].finding("order-chain", message, hints=(hint,))


def _depths(after: Mapping[str, set[str]]) -> dict[str, int]:
    """How many events, one after another, each stands after; without those behind a circle."""
    left = {id: len(others) for id, others in after.items()}
    before = _turned(after)
    depths = {id: 0 for id, count in left.items() if not count}
    waiting = list(depths)
    for id in waiting:  # which grows meanwhile
        for later in before[id]:
            left[later] -= 1
            if not left[later]:
                depths[later] = depths[id] + 1
                waiting.append(later)
    return depths


def _turned(after: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """What each stands before, from what each stands after."""
    before: dict[str, set[str]] = {id: set() for id in after}
    for id, others in after.items():
        for other in others:
            before[other].add(id)
    return before

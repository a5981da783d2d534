"""The timeline by month and day: statements, and the events that they stand around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from digest.dates import MONTHS, WEEKDAYS, Window
from digest.model.claim import Event, Statement
from digest.site.edition import Edition
from digest.site.lines import Line
from digest.site.timeline import Ranks
from digest.site.views import when


class Row(Struct, frozen=True):
    """What stands under a day: a statement, or an event that statements stand around."""

    line: Line | None
    event: str | None


class DayView(Struct, frozen=True):
    """A day or window of the timeline and what stands under it, in order."""

    text: str
    datetime: str | None
    to: str | None  # the day's page, when it is one day
    rows: tuple[Row, ...]


class MonthView(Struct, frozen=True):
    """A month of the timeline."""

    text: str
    id: str  # 2025-05
    days: list[DayView]


def months(
    statements: Sequence[Statement], events: Sequence[Event], edition: Edition
) -> list[MonthView]:
    """The days of the timeline by the month in which they end."""
    return [
        MonthView(f"{MONTHS[month - 1]} {year}", f"{year}-{month:02}", _days(under))
        for (year, month), under in groupby(
            _placed(statements, events, edition),
            key=lambda row: (row[0].latest.year, row[0].latest.month),
        )
    ]


def a_day(statements: Sequence[Statement], events: Sequence[Event], edition: Edition) -> DayView:
    """One day with its statements and events, in order."""
    return _days(_placed(statements, events, edition))[0]


def _placed(
    statements: Sequence[Statement], events: Sequence[Event], edition: Edition
) -> list[tuple[Window, Row]]:
    """Each row with its window, in time, and within a day by what stands before what.

    An event that is itself the occasion of a statement is told there, as its venue.
    """
    ranks, places = Ranks(edition.digest.events), edition.timeline.places
    occasions = {one.moment.event for one in edition.timeline.statements}
    rows = [
        (
            one.moment.working.said,
            (ranks.of(one), 1, places[None, one.id]),
            _statement(one, edition),
        )
        for one in statements
    ]
    rows += [
        (one.moment.working.said, (ranks.event(one.id), 0, number), Row(None, one.entry.what))
        for number, one in enumerate(events)
        if one.id not in occasions
    ]
    rows.sort(key=lambda row: (row[0].latest, row[0].earliest or date.min, row[1]))
    return [(said, row) for said, _, row in rows]


def _statement(one: Statement, edition: Edition) -> Row:
    return Row(edition.lines[one.id], None)


def _days(rows: Iterable[tuple[Window, Row]]) -> list[DayView]:
    return [
        _day(said, [row for _, row in under])
        for said, under in groupby(rows, key=lambda row: row[0])
    ]


def _day(said: Window, rows: list[Row]) -> DayView:
    """A day with its weekday, under a heading that gives the year; a window in words."""
    shown, day = when(said), said.day
    text = shown.text[:1].upper() + shown.text[1:]
    if day:
        text = f"{WEEKDAYS[day.weekday()].capitalize()} {day.day} {MONTHS[day.month - 1]}"
    told = any(row.line for row in rows)
    return DayView(text, shown.datetime, shown.to if told else None, tuple(rows))

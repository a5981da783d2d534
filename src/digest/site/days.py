"""The timeline by month and day: statements, and the events that they stand around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from msgspec import Struct

from digest import address
from digest.dates import MONTHS, WEEKDAYS, Window, spelled
from digest.model.claim import Event, Statement
from digest.site.edition import Edition
from digest.site.lines import Line
from digest.site.metadata import plain
from digest.site.page import Page, Planned, Sheet, sheets
from digest.site.positions import standings
from digest.site.scale import ON_A_PAGE, SPOKE_LAST, is_large
from digest.site.views import Link, when


class Row(Struct, frozen=True):
    """What stands under a day: a statement, or an event that statements stand around."""

    line: Line | None
    event: str | None
    ordered: bool  # whether something is told to come before or after it


class DayView(Struct, frozen=True):
    """A day or window of the timeline and what stands under it, in order."""

    text: str
    datetime: str | None
    to: str | None  # the day's page, when it is one day
    rows: tuple[Row, ...]
    unplaced: tuple[Row, ...]  # of a day with an order: those of which it is not told


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


def day_pages(edition: Edition) -> Iterator[Planned]:
    """Every day that is known, each with those before and after it."""
    days = list(edition.timeline.by_day)
    for number, day in enumerate(days):
        beside = days[max(number - 1, 0) : number] + days[number + 1 : number + 2]
        said = edition.timeline.by_day[day]
        most = ON_A_PAGE if is_large(edition.digest) else len(said)
        for sheet in sheets(address.day(day), said, most):
            yield sheet.address, partial(_page, day, sheet, beside, edition)


def _page(day: date, sheet: Sheet[Statement], beside: list[date], edition: Edition) -> Page:
    """A day's statements, and where each official stood that evening."""
    shown = when(sheet.things[0].moment.working.said)
    first = sheet.address == address.day(day)
    events = edition.timeline.happened.get(day, []) if first else []
    positions = edition.timeline.positions(day)
    sees = {
        "when": shown,
        "day": a_day(sheet.things, events, edition),
        "positions": standings(positions, edition) if first else (),
        "large": is_large(edition.digest),
        "most": SPOKE_LAST,
        "parts": sheet.parts,
        "beside": [Link(address.day(one), spelled(one)) for one in beside],
    }
    told = f"Who said what on {shown.text}, and where each stood that evening."
    return Page(sheet.address, "day.html", sees, plain(told))


def _placed(
    statements: Sequence[Statement], events: Sequence[Event], edition: Edition
) -> list[tuple[Window, Row]]:
    """Each row with its window, in time, and within a day by what stands before what.

    An event that is itself the occasion of a statement is told there, as its venue.
    """
    timeline = edition.timeline
    rows = [
        (
            one.moment.working.said,
            (timeline.ranks.of(one), 1, timeline.places[None, one.id]),
            _row(one, edition),
        )
        for one in statements
    ]
    rows += [
        (
            one.moment.working.said,
            (timeline.ranks.event(one.id), 0, number),
            Row(None, one.entry.what, one.id in timeline.ordering),
        )
        for number, one in enumerate(events)
        if one.id not in timeline.by_event
    ]
    rows.sort(key=lambda row: (row[0].latest, row[0].earliest or date.min, row[1]))
    return [(said, row) for said, _, row in rows]


def _row(one: Statement, edition: Edition) -> Row:
    moment = one.moment
    ordered = bool(moment.before or moment.after or moment.event in edition.timeline.ordering)
    return Row(edition.lines[one.id], None, ordered)


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
    to = shown.to if any(row.line for row in rows) else None
    placed = tuple(row for row in rows if row.ordered)
    if not any(row.event for row in placed):
        return DayView(text, shown.datetime, to, tuple(rows), ())
    return DayView(text, shown.datetime, to, placed, tuple(r for r in rows if not r.ordered))

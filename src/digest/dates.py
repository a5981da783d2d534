"""Days and windows: when something was, as far as that is known."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

DAY = timedelta(days=1)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = (
    "January February March April May June July August September October November December"
).split()


class Window(Struct, frozen=True, order=True):
    """A day as far as it is known: earliest to latest, both included; equal when known.

    ``earliest`` None: nothing says that it was not long before ("by 4 May 2025").
    """

    earliest: date | None
    latest: date

    @property
    def day(self) -> date | None:
        """The day, when it is one day; else None."""
        return self.latest if self.earliest == self.latest else None

    def within(self, other: Window) -> bool:
        """Whether every day of this window is a day of ``other``."""
        begins = other.earliest is None or bool(self.earliest and other.earliest <= self.earliest)
        return begins and self.latest <= other.latest

    def days(self) -> Iterator[date]:
        """Its days in order; only the latest where the earliest is not known."""
        first = self.earliest or self.latest
        return (first + n * DAY for n in range((self.latest - first).days + 1))

    def __str__(self) -> str:
        if self.day:
            return self.latest.isoformat()
        return f"{self.earliest} to {self.latest}" if self.earliest else f"by {self.latest}"


def spelled(day: date) -> str:
    """``19 May 2025``, whatever the locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def with_weekday(day: date) -> str:
    """``Wed 2025-05-21``: so that the arithmetic of weekdays can be followed."""
    return f"{WEEKDAYS[day.weekday()][:3].capitalize()} {day}"


def on(day: date) -> Window:
    """The window of a known day."""
    return Window(day, day)


def a_month(year: int, month: int) -> Window:
    """The window of a month: a month is not its first day."""
    return Window(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def a_day(written: str) -> date | None:
    """The day of exactly ``YYYY-MM-DD``, or None if it is not written so or no such day is.

    >>> a_day("2025-05-19"), a_day("2025-13-41"), a_day("20250519")
    (datetime.date(2025, 5, 19), None, None)
    """
    try:
        return date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written) else None
    except ValueError:
        return None


def hull(windows: tuple[Window, ...]) -> Window:
    """The window from the first day of all to the last."""
    return Window(windows[0].earliest, max(window.latest for window in windows))

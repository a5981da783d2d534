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


class Window(Struct, frozen=True, order=True, array_like=True, gc=False):
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

    @property
    def months(self) -> list[str]:
        """Each month that its days touch.

        >>> Window(date(2024, 12, 30), date(2025, 1, 2)).months
        ['2024-12', '2025-01']
        """
        first = self.earliest or self.latest
        count = (self.latest.year - first.year) * 12 + self.latest.month - first.month
        numbers = (first.year * 12 + first.month - 1 + n for n in range(count + 1))
        return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]

    def __str__(self) -> str:
        if self.day:
            return self.latest.isoformat()
        return f"{self.earliest} to {self.latest}" if self.earliest else f"by {self.latest}"


def spelled(day: date) -> str:
    """``19 May 2025``, whatever the locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def brief(window: Window, between: str = "–") -> str:
    """A day or window where there is little room: ``19 May``, ``8–11 May``, ``by 4 May``.

    >>> brief(Window(date(2025, 4, 30), date(2025, 5, 1)), " or ")
    '30 Apr or 1 May'
    >>> brief(Window(date(2028, 1, 5), date(2030, 1, 7)))
    '5 Jan 2028–7 Jan 2030'
    """
    last = f"{window.latest.day} {MONTHS[window.latest.month - 1][:3]}"
    first = window.earliest
    if first is None:
        return f"by {last}"
    if first == window.latest:
        return last
    same = (first.year, first.month) == (window.latest.year, window.latest.month)
    if first.year != window.latest.year:
        between, last = f" {first.year}{between}", f"{last} {window.latest.year}"
    return f"{first.day}{'' if same else ' ' + MONTHS[first.month - 1][:3]}{between}{last}"


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

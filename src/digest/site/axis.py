"""Days across: where a day stands on the strip, in percent, and where weeks or months begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from digest.dates import DAY, MONTHS, Window

_WEEKS = 14  # at most; a longer axis is ticked by months


class Tick(Struct, frozen=True):
    """Where a week or month begins, and how many of its statements pass the threshold."""

    x: str
    label: str
    passed: int
    count: int


class Axis(Struct, frozen=True):
    """Days across, whole weeks from a Monday to a Sunday."""

    first: date
    last: date

    def of(self, day: date) -> str:
        """The middle of a day."""
        return self._percent((day - self.first).days + 0.5)

    def begin(self, day: date) -> str:
        """Where a day begins."""
        return self._percent((day - self.first).days)

    def end(self, day: date) -> str:
        """Where a day ends."""
        return self._percent((day - self.first).days + 1)

    def middle(self, window: Window) -> str:
        """The middle of a window; of one that is open to the past, its last day."""
        first = window.earliest or window.latest
        return self._percent(
            ((first - self.first).days + (window.latest - self.first).days + 1) / 2
        )

    def share(self, window: Window) -> str:
        """How much of the axis a window takes."""
        return percent((window.latest - (window.earliest or window.latest)).days + 1, self.days)

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1

    def holds(self, window: Window) -> bool:
        """Whether all of a window lies on the axis."""
        return self.first <= (window.earliest or window.latest) and window.latest <= self.last

    def _percent(self, days: float) -> str:
        return percent(days, self.days)


def percent(part: float, whole: float) -> str:
    """A part of the whole, for SVG.

    >>> percent(1, 3)
    '33.33%'
    """
    return f"{100 * part / whole:.2f}%"


def ticks(axis: Axis, said: Iterable[tuple[Window, bool]]) -> Iterator[Tick]:
    """Weeks, or months where there are too many; a window counts where it ends.

    ``said``: for each statement when, and whether it passes the threshold.
    """
    passing = [(window.latest, passes) for window, passes in said]
    begins = list(_weeks(axis) if axis.days <= 7 * _WEEKS else _months(axis))
    for number, begin in enumerate(begins):
        end = begins[number + 1] if number + 1 < len(begins) else axis.last + DAY
        there = [passes for day, passes in passing if begin <= day < end]
        month = MONTHS[begin.month - 1][:3]
        fresh = number == 0 or begin.month != begins[number - 1].month
        label = f"{begin.day} {month}" if fresh else str(begin.day)
        label = label if axis.days <= 7 * _WEEKS else f"{month} {begin.year}"
        yield Tick(axis.begin(begin), label, sum(there), len(there))


def _weeks(axis: Axis) -> Iterable[date]:
    return (axis.first + timedelta(weeks=n) for n in range(axis.days // 7))


def _months(axis: Axis) -> Iterator[date]:
    """At most twelve firsts of months."""
    first = axis.first.year * 12 + axis.first.month
    last = axis.last.year * 12 + axis.last.month
    for number in range(first, last + 1, (last - first) // 12 + 1):
        begin = date((number - 1) // 12, (number - 1) % 12 + 1, 1)
        yield max(begin, axis.first)

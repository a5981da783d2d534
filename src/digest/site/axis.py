"""Days across: where a day stands on the strip, in percent, and where weeks or months begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import accumulate, chain

from msgspec import Struct

from digest.dates import DAY, MONTHS, Window

_WEEKS = 14  # at most; a longer axis is ticked by months
_NAME = 1 / 6  # of the axis: what a month and its year take below it
_PERIODS = 12  # at most, of months or more


class Tick(Struct, frozen=True):
    """Where a week or month begins, and how many of its statements pass the threshold."""

    x: str
    label: str
    passed: int
    count: int


class Axis(Struct, frozen=True):
    """Days across, whole weeks from a Monday to a Sunday; a day with many marks is wider."""

    first: date
    edges: tuple[float, ...]  # where each day begins, of the whole, and last where it all ends

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + (len(self.edges) - 2) * DAY

    @property
    def days(self) -> int:
        """How many there are."""
        return len(self.edges) - 1

    def place(self, day: date) -> float:
        """Where a day begins, of the whole."""
        return self._edges(day)[0]

    def at(self, day: date, part: float) -> str:
        """A place within a day: 0 where it begins, 1 where it ends."""
        begin, end = self._edges(day)
        return percent(begin + (end - begin) * part, 1)

    def begin(self, day: date) -> str:
        """Where a day begins."""
        return self.at(day, 0)

    def end(self, day: date) -> str:
        """Where a day ends."""
        return self.at(day, 1)

    def middle(self, window: Window) -> str:
        """The middle of a window; of one that is open to the past, of its last day."""
        first = self._edges(window.earliest or window.latest)[0]
        return percent((first + self._edges(window.latest)[1]) / 2, 1)

    def share(self, window: Window) -> str:
        """How much of the axis a window takes."""
        first = self._edges(window.earliest or window.latest)[0]
        return percent(self._edges(window.latest)[1] - first, 1)

    def holds(self, window: Window) -> bool:
        """Whether all of a window lies on the axis."""
        return self.first <= (window.earliest or window.latest) and window.latest <= self.last

    def _edges(self, day: date) -> tuple[float, float]:
        number = (day - self.first).days
        return self.edges[number], self.edges[number + 1]


def axis(first: date, last: date, wide: Mapping[date, int]) -> Axis:
    """From the Monday before ``first`` to the Sunday after ``last``.

    ``wide``: for days on which several marks stand side by side, how many; they get their room,
    so that no mark stands on another day than its own.
    """
    first, last = first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY
    days = Window(first, last).days()
    edges = list(accumulate((max(1, wide.get(day, 1)) for day in days), initial=0))
    return Axis(first, tuple(edge / edges[-1] for edge in edges))


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


def _months(axis: Axis) -> list[date]:
    """Firsts of months, as far apart as their names are wide on a telephone, as is the end."""
    first, last = _month(axis.first), _month(axis.last)
    begins, reached = [axis.first], 0.0
    for month in range(first + 1, last + 1):
        at = axis.place(_first_of(month))
        if at - reached >= _NAME and 1 - at >= _NAME:
            begins.append(_first_of(month))
            reached = at
    return begins


def periods(first: date, last: date) -> list[date]:
    """Where weeks begin, or months or years if those are too many; and last where it all ends.

    >>> [str(day) for day in periods(date(2020, 2, 3), date(2021, 11, 30))][:3]
    ['2020-01-01', '2020-03-01', '2020-05-01']
    """
    monday = first - first.weekday() * DAY
    weeks = (last - monday).days // 7 + 1
    if weeks <= _WEEKS:
        return [monday + timedelta(weeks=number) for number in range(weeks + 1)]
    for size in chain((1, 2, 3, 6), (12 * years for years in (1, 2, 5, 10, 20, 50, 100, 1000))):
        begin, end = _month(first) // size, _month(last) // size + 1
        if end - begin <= _PERIODS:
            break
    return [_first_of(size * number) for number in range(begin, end + 1)]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> date:
    return date(min(max(month // 12, date.min.year), date.max.year), month % 12 + 1, 1)

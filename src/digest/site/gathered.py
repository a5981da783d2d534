"""A strip of too many statements for a mark each: they are gathered by weeks, months or years.

A sign stands for all statements of one stance in one period, with their number, and is the larger
the more there are. Everything else is as on any strip: days across, and higher is further out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import sqrt

from msgspec import Struct

from digest.dates import DAY, MONTHS, Window, brief
from digest.model.claim import Digest, Statement
from digest.site.axis import Axis, percent, periods
from digest.site.beside import Band, Beside
from digest.site.views import so_many, tone

_SMALLEST, _LARGEST = 0.6, 1.4  # a sign, of its usual size
_Pile = tuple[int, int]  # a period and a step


class Pile(Struct, frozen=True):
    """The statements of one stance in one period."""

    to: str
    title: str
    tone: int
    x: str
    y: str
    size: str  # of the sign
    count: int


class Period(Struct, frozen=True):
    """A week, a month or several, and how much was said in it."""

    x: str  # where it begins
    label: str  # where there is little room
    text: str
    counts: tuple[int, ...]  # of each stance, from the first step of the scale to the last
    passed: int  # statements that pass the threshold
    articles: int  # that are of it

    @property
    def count(self) -> int:
        """How many statements there are."""
        return sum(self.counts)


class Gathered(Struct, frozen=True):
    """Everything that the template draws."""

    name: str
    steps: tuple[str, ...]  # the height of each step
    door: str | None  # where talk of leaving begins
    piles: tuple[Pile, ...]
    bands: tuple[Band, ...]
    periods: tuple[Period, ...]
    threshold: str | None


def gathered(
    digest: Digest,
    name: str,
    statements: Iterable[Statement],
    around: Beside,
    to: Callable[[date], str],
) -> Gathered:
    """The strip of the statements with a stance; ``to`` is where those from a day on are listed."""
    said = [one for one in statements if one.stance]
    begins = periods(_ends(said[0]), _ends(said[-1]))
    steps = {id: step for step, id in enumerate(digest.stances, 1)}
    door = next((steps[id] for id, one in digest.stances.items() if one.threshold), None)
    piled: dict[_Pile, list[Statement]] = {}
    for one in said:
        piled.setdefault((_which(begins, _ends(one)), steps[str(one.stance)]), []).append(one)
    of = [0] * len(begins)
    for window in (one.published for one in around.articles if one.published):
        if begins[0] <= window.latest < begins[-1]:
            of[_which(begins, window.latest)] += 1
    across = _axis(begins)
    return Gathered(
        name=name,
        steps=tuple(_height(step, len(steps)) for step in steps.values()),
        door=_height(door - 0.5, len(steps)) if door else None,
        piles=tuple(_piles(piled, begins, digest, to)),
        bands=tuple(around.bands(digest, across, {})),
        periods=tuple(_periods(piled, begins, len(steps), door, of)),
        threshold=list(digest.stances.values())[door - 1].threshold if door else None,
    )


def _axis(begins: Sequence[date]) -> Axis:
    """Days across, where each period is as wide as every other."""
    edges = [
        (at + day / (end - begin).days) / (len(begins) - 1)
        for at, (begin, end) in enumerate(pairwise(begins))
        for day in range((end - begin).days)
    ]
    return Axis(begins[0], (*edges, 1.0))


def _ends(one: Statement) -> date:
    return one.moment.working.said.latest


def _which(begins: Sequence[date], day: date) -> int:
    return bisect_right(begins, day, hi=len(begins) - 1) - 1


def _height(step: float, steps: int) -> str:
    return percent(steps + 0.5 - step, steps)


def _piles(
    piled: dict[_Pile, list[Statement]],
    begins: Sequence[date],
    digest: Digest,
    to: Callable[[date], str],
) -> Iterator[Pile]:
    """Every pile, in time; a sign's area grows with the number that it stands for."""
    labels, most = list(digest.stances.values()), max(map(len, piled.values()))
    for (period, step), those in sorted(piled.items()):
        told = f"{labels[step - 1].label}, {so_many(len(those), 'statement')}"
        yield Pile(
            to=to(_ends(those[0])),
            title=f"{_text(begins[period], begins[period + 1])}: {told}",
            tone=tone(step, len(labels)),
            x=percent(period + 0.5, len(begins) - 1),
            y=_height(step, len(labels)),
            size=f"{_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(len(those) / most):.2f}",
            count=len(those),
        )


def _periods(
    piled: dict[_Pile, list[Statement]],
    begins: Sequence[date],
    steps: int,
    door: int | None,
    articles: Sequence[int],
) -> Iterator[Period]:
    for at, begin in enumerate(begins[:-1]):
        counts = tuple(len(piled.get((at, step), ())) for step in range(1, steps + 1))
        yield Period(
            x=percent(at, len(begins) - 1),
            label=_label(begin, begins[at + 1], begins[at - 1] if at else None),
            text=_text(begin, begins[at + 1]),
            counts=counts,
            passed=sum(counts[door - 1 :]) if door else 0,
            articles=articles[at],
        )


def _label(begin: date, end: date, before: date | None) -> str:
    """The year where one begins, else the month, else the day: whatever is new."""
    if before is None or before.year != begin.year:
        return str(begin.year)
    month = MONTHS[begin.month - 1][:3]
    return month if (end - begin).days > 7 else f"{begin.day} {month}"


def _text(begin: date, end: date) -> str:
    """A period in words: ``5–11 May 2025``, ``May 2025``, ``January–March 2025``, ``2024–2025``."""
    last = end - DAY
    if (end - begin).days <= 7:
        return f"{brief(Window(begin, last))} {last.year}"
    if (begin.month, last.month) == (1, 12):
        return str(begin.year) if begin.year == last.year else f"{begin.year}–{last.year}"
    first, until = MONTHS[begin.month - 1], MONTHS[last.month - 1]
    return f"{first if first == until else f'{first}–{until}'} {last.year}"

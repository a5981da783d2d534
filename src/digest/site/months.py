"""The timeline of a large digest, month by month, and the calendar that leads there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct

from digest import address
from digest.dates import MONTHS, Window, brief
from digest.model.claim import Event, Statement
from digest.site.days import months
from digest.site.edition import Edition
from digest.site.metadata import plain
from digest.site.page import Page, Planned
from digest.site.scale import ON_A_PAGE, YEARS, length, parts
from digest.site.views import Link, so_many


class Month(Struct, frozen=True):
    """A month of the timeline, or a part of one that is too much for a page."""

    id: str  # 2025-05
    number: int  # of the part, from 1
    text: str
    statements: list[Statement]
    events: list[Event]

    @property
    def link(self) -> Link:
        """Its page."""
        return Link(address.part(address.month(self.id), self.number), self.text)


class Year(Struct, frozen=True):
    """A year of the calendar: for each month its page and how many statements it holds."""

    year: int
    months: tuple[tuple[str, int] | None, ...]  # twelve; None: nothing is known of it


def month_pages(edition: Edition) -> Iterator[Planned]:
    """Every month, each with those before and after it."""
    every = list(_months(edition))
    for at, one in enumerate(every):
        siblings = [other.link for other in every if other.id == one.id]
        beside = [other.link for other in (*every[max(at - 1, 0) : at], *every[at + 1 : at + 2])]
        yield one.link.to, partial(_page, one, siblings, beside, edition)


def calendar_page(edition: Edition) -> Iterator[Planned]:
    """The whole calendar, where home has no room for all years."""
    if len(years := calendar(edition)) > YEARS:
        sees = {"calendar": years, "names": MONTHS}
        page = Page(address.MONTHS, "months.html", sees, plain("All months, by year."))
        yield page.address, lambda: page


def calendar(edition: Edition) -> list[Year]:
    """Every year with its months, the latest first."""
    counts = {id: len(said) for id, (said, _) in _by_month(edition).items()}
    years = sorted({int(id[:4]) for id in counts}, reverse=True)
    return [Year(year, tuple(_twelve(year, counts))) for year in years]


def _twelve(year: int, counts: dict[str, int]) -> Iterator[tuple[str, int] | None]:
    for number in range(1, 13):
        id = f"{year}-{number:02}"
        yield (address.month(id), counts[id]) if id in counts else None


def _months(edition: Edition) -> Iterator[Month]:
    for id, (said, happened) in sorted(_by_month(edition).items()):
        yield from _cut(id, said, happened)


def _by_month(edition: Edition) -> dict[str, tuple[list[Statement], list[Event]]]:
    """By the month in which a statement's window ends; events stand beside them."""
    timeline = edition.timeline
    found: dict[str, tuple[list[Statement], list[Event]]] = {
        id: (list(said), []) for id, said in groupby(timeline.statements, _month_of)
    }
    for one in edition.digest.events.values():
        if one.id not in timeline.by_event:
            found.setdefault(_month_of(one), ([], []))[1].append(one)
    return found


def _cut(id: str, statements: list[Statement], events: Iterable[Event]) -> Iterator[Month]:
    """A month in parts of whole days, as far as a day is no more than a page."""
    days = (list(under) for _, under in groupby(statements, lambda one: one.moment.working.said))
    found = list(parts(days, ON_A_PAGE, length)) or [[]]
    first = [part[0].moment.working.said.latest for part in found[1:]]
    beside: list[list[Event]] = [[] for _ in found]
    for event in events:
        beside[bisect_right(first, event.moment.working.said.latest)].append(event)
    for number, (part, happened) in enumerate(zip(found, beside, strict=True), 1):
        text = _called(id, part if len(found) > 1 else ())
        yield Month(id, number, text, part, happened)


def _called(id: str, part: Sequence[Statement]) -> str:
    """``May 2025``, or of a part from which day to which: ``1–12 May 2025``."""
    if not part:
        return f"{MONTHS[int(id[5:]) - 1]} {id[:4]}"
    days = [one.moment.working.said.latest for one in part]
    return f"{brief(Window(days[0], days[-1]))} {id[:4]}"


def _month_of(one: Statement | Event) -> str:
    return one.moment.working.said.latest.isoformat()[:7]


def _page(one: Month, siblings: list[Link], beside: list[Link], edition: Edition) -> Page:
    own = [said for said in one.statements if edition.leads(said)]
    others = [said for said in one.statements if not edition.leads(said)]
    sees = {
        "text": one.text,
        "count": len(one.statements),
        "months": months(own, one.events, edition),
        "others": months(others, [], edition),
        "parts": siblings if len(siblings) > 1 else [],
        "beside": beside,
    }
    told = f"{so_many(len(one.statements), 'statement')} of {one.text}, day by day."
    return Page(one.link.to, "month.html", sees, plain(told))

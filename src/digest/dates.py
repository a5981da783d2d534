"""Days, windows, and what "on Monday" means.

A day is a window, earliest to latest. Words are read against the day of the article that
prints them, or against another event ("a day earlier"); never against today. Where the
article's own day is a window, every day of it is tried and all answers are kept. Weekdays
follow the habit of news prose: "on Monday" is the last Monday up to and including the day of
publication (TempEval-3 counts 44 % of weekdays as that day itself).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta
from msgspec import Struct

DAY = timedelta(days=1)
_WEEKDAYS = dict(
    zip(
        "monday tuesday wednesday thursday friday saturday sunday".split(),
        (MO, TU, WE, TH, FR, SA, SU),
        strict=True,
    )
)
_MONTH_NAMES = (
    "January February March April May June July August September October November December"
).split()
_MONTHS = {name.lower(): n for n, name in enumerate(_MONTH_NAMES, 1)}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_COUNTS = dict(
    zip(
        ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        (1, *range(1, 11)),
        strict=True,
    )
)
_ANY_DAY = date(2000, 1, 5)
_LEADING = re.compile(r"^(?:(?:on|in|by|since|over|during|of|at|late|early|earlier|held|back)\s+)+")


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
    return f"{day.day} {_MONTH_NAMES[day.month - 1]} {day.year}"


def with_weekday(day: date) -> str:
    """``Wed 2025-05-21``: so that the arithmetic of weekdays can be followed."""
    return f"{[*_WEEKDAYS][day.weekday()][:3].capitalize()} {day}"


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


def meanings(
    words: str, published: Window | None, than: Window | None = None, ahead: bool = False
) -> tuple[Window, ...] | None:
    """All windows that ``words`` can mean; None if these are not words for a day.

    They count from ``than``, the day of another event, or else from ``published``, that of the
    article that prints them: the last such day, or with ``ahead`` the next (for what was
    announced). Empty: words for a day, but nothing to count from.

    >>> meanings("on Monday", on(date(2025, 5, 21)))[0].day
    datetime.date(2025, 5, 19)
    """
    plain = _LEADING.sub("", " ".join(words.lower().replace(",", " ").split()))
    # Whether a rule knows the words does not hang on the day: any day will do to ask.
    rule = next((rule for rule in _RULES if any(rule(plain, _ANY_DAY))), None)
    if rule is None:
        return None
    if rule is _written_in_full:
        return tuple(rule(plain, _ANY_DAY))
    reference = than or (None if rule is _apart_from else published)
    if reference is None:
        return ()
    found = {
        window
        for day in reference.days()
        for window in rule(plain, day)
        if rule is _apart_from or ahead == _lies_ahead(window, day)
    }
    return _merged(found if ahead or rule is _apart_from else _cut_at(found, reference.latest))


def hull(windows: tuple[Window, ...]) -> Window:
    """The window from the first day of all to the last."""
    return Window(windows[0].earliest, max(window.latest for window in windows))


def _lies_ahead(window: Window, day: date) -> bool:
    """Whether a window begins only after ``day``."""
    return bool(window.earliest and window.earliest > day)


def _cut_at(found: Iterable[Window], latest: date) -> Iterator[Window]:
    """What was said in a period was said before the article that tells of it went out."""
    for window in found:
        yield Window(window.earliest, min(window.latest, latest))


def _merged(found: Iterable[Window]) -> tuple[Window, ...]:
    """Windows in order, those that touch made one."""
    merged: list[Window] = []
    for window in sorted(found, key=lambda w: (w.earliest or date.min, w.latest)):
        last = merged[-1] if merged else None
        if last and window.earliest and window.earliest <= last.latest + DAY:
            merged[-1] = Window(last.earliest, max(last.latest, window.latest))
        else:
            merged.append(window)
    return tuple(merged)


# Each rule: plain words and a day of publication (or of the other event) to their windows.


def _written_in_full(words: str, _: date) -> Iterator[Window]:
    """ "April 28 2025", "28 April 2025", "2025-04-28", "February 2025"."""
    iso = a_day(words)
    if iso:
        yield on(iso)
    named = _month_and_day(words)
    if named and named[2]:
        yield from _calendar(named[2], named[0], named[1])


def _written_without_year(words: str, published: date) -> Iterator[Window]:
    """ "May 1", "8 May", "February": the last such day or month before, and the next."""
    named = _month_and_day(words)
    if named and not named[2]:
        reach = 8 if named[:2] == (2, 29) else 1
        years = range(published.year - reach, published.year + reach + 1)
        near = [window for year in years for window in _calendar(year, named[0], named[1])]
        yield [window for window in near if window.earliest and window.earliest <= published][-1]
        yield next(window for window in near if window.latest >= published)


def _range(words: str, published: date) -> Iterator[Window]:
    """ "between May 8 until midnight on May 11": from the first day of one to the last of two."""
    match = re.fullmatch(r"(?:between|from) (.+?) (?:and|until|to) (?:midnight on )?(.+)", words)
    if match:
        first, last = (list(_written_without_year(part, published)) for part in match.groups())
        for begins, ends in zip(first, last, strict=False):
            yield Window(begins.earliest, ends.latest)


def _weekday(words: str, published: date) -> Iterator[Window]:
    """ "Monday": the last one up to and including the day of publication, and the next."""
    weekday = _WEEKDAYS.get(words.removeprefix("this "))
    if weekday:
        yield on(published + relativedelta(weekday=weekday(-1)))
        yield on(published + relativedelta(days=1, weekday=weekday(1)))


def _last_weekday(words: str, published: date) -> Iterator[Window]:
    """ "last Friday": the last one before the day of publication, or that of the week before."""
    weekday = _WEEKDAYS.get(words.removeprefix("last ")) if words.startswith("last ") else None
    if weekday:
        yield on(published + relativedelta(days=-1, weekday=weekday(-1)))
        yield on(_monday(published) + relativedelta(days=-1, weekday=weekday(-1)))


def _day_nearby(words: str, published: date) -> Iterator[Window]:
    """ "today", "tonight", "yesterday", "tomorrow"."""
    offset = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}.get(words)
    if offset is not None:
        yield on(published + offset * DAY)


def _period(words: str, published: date) -> Iterator[Window]:
    """ "this week", "last week", "this weekend", "last month"; weeks begin on Monday."""
    monday = _monday(published)
    this, last = (
        words.startswith(("this ", "the week")),
        words.startswith(("last ", "the previous ")),
    )
    unit = words.split()[-1]
    if unit == "week" and (this or last):
        begins = monday - (7 * DAY if last else 0 * DAY)
        yield Window(begins, begins + 6 * DAY)
    elif unit == "weekend" and (this or last):
        saturday = published + relativedelta(weekday=SA(-1))
        yield Window(saturday, saturday + DAY)
    elif unit == "month" and (this or last):
        then = published - relativedelta(months=int(last))
        yield a_month(then.year, then.month)


def _ago(words: str, published: date) -> Iterator[Window]:
    """ "three days ago" to the day; "two weeks ago" to within three days of it."""
    match = re.fullmatch(r"(\w+) (day|week|month)s? ago", words)
    count = _count(match[1]) if match else None
    if match and count:
        days, weeks, months = (count * (match[2] == unit) for unit in ("day", "week", "month"))
        then = published - relativedelta(days=days, weeks=weeks, months=months)
        give = {"day": 0, "week": 3, "month": 15}[match[2]] * DAY
        yield Window(then - give, then + give)


def _apart_from(words: str, event: date) -> Iterator[Window]:
    """ "one day earlier", "two days before", "the day after": counted from another event."""
    match = re.fullmatch(r"(\w+) (day|week)s? (earlier|before|later|after)", words)
    count = (1 if match[1] == "the" else _count(match[1])) if match else None
    if match and count:
        length = count * (7 if match[2] == "week" else 1) * DAY
        yield on(event - length if match[3] in ("earlier", "before") else event + length)
    elif words in ("the same day", "that day", "same day"):
        yield on(event)


_RULES: tuple[Callable[[str, date], Iterator[Window]], ...] = (
    _written_in_full,
    _written_without_year,
    _range,
    _weekday,
    _last_weekday,
    _day_nearby,
    _period,
    _ago,
    _apart_from,
)


def _month_and_day(words: str) -> tuple[int, int | None, int | None] | None:
    """Month, day and year of a written date; None for what it does not name."""
    match = re.fullmatch(
        r"(?:(?P<before>\d\d?)(?:st|nd|rd|th)? )?(?P<month>[a-z]+)\.?"
        r"(?: (?P<after>\d\d?)(?:st|nd|rd|th)?)?(?: (?P<year>\d{4}))?",
        words,
    )
    month = _MONTHS.get(match["month"]) if match else None
    if not match or not month or (match["before"] and match["after"]):
        return None
    day = match["before"] or match["after"]
    return month, int(day) if day else None, int(match["year"]) if match["year"] else None


def _calendar(year: int, month: int, day: int | None) -> Iterator[Window]:
    if day is None:
        yield a_month(year, month)
    elif 1 <= day <= calendar.monthrange(year, month)[1]:
        yield on(date(year, month, day))


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() else _COUNTS.get(word)

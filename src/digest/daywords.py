"""What "on Monday" means.

Words are read against the day of the article that prints them, or against another event ("a
day earlier"); never against today. Where the article's own day is a window, every day of it is
tried and all answers are kept. Weekdays follow the habit of news prose: "on Monday" is the last
Monday up to and including the day of publication (in TempEval-3, 44 % of weekdays are that day
itself).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from digest.dates import DAY, MONTHS, WEEKDAYS, Window, a_day, a_month, on

Rule = Callable[[str, date], Iterable[Window]]

_WEEKDAYS = dict(zip(WEEKDAYS, (MO, TU, WE, TH, FR, SA, SU), strict=True))
_MONTHS = {name.lower(): n for n, name in enumerate(MONTHS, 1)}
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
    found = _found(rule, plain, reference, ahead)
    return _merged(found if ahead or rule is _apart_from else _cut_at(found, reference.latest))


def _found(rule: Rule, plain: str, reference: Window, ahead: bool) -> set[Window]:
    """What a rule makes of the words on each day that they may count from."""
    try:
        return {
            window
            for day in reference.days()
            for window in rule(plain, day)
            if rule is _apart_from or _lies_so(window, day, ahead)
        }
    except (OverflowError, ValueError):  # before the year 1 or after 9999: no day to count to
        return set()


def _lies_so(window: Window, day: date, ahead: bool) -> bool:
    """Whether a window ends no earlier than ``day``, or begins no later; that day is both."""
    return window.latest >= day if ahead else bool(window.earliest and window.earliest <= day)


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
        yield from [w for w in near if w.earliest and w.earliest <= published][-1:]
        yield from [w for w in near if w.latest >= published][:1]


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
    match = re.fullmatch(r"(this|the|last|the previous) (week|weekend|month)", words)
    if not match:
        return
    last = match[1] in ("last", "the previous")
    if match[2] == "week":
        begins = _monday(published) - last * 7 * DAY
        yield Window(begins, begins + 6 * DAY)
    elif match[2] == "weekend":
        saturday = published + relativedelta(weekday=SA(-1))
        yield Window(saturday, saturday + DAY)
    else:
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


_RULES: tuple[Rule, ...] = (
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

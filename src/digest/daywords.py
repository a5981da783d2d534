"""What "on Monday" means.

Words are read against the day of the article that prints them, or against another event ("a
day earlier"); never against today. Where the article's own day is a window, every day of it is
tried and all answers are kept. Weekdays follow the habit of news prose: "on Monday" is the last
Monday up to and including the day of publication (in TempEval-3, 44 % of weekdays are that day
itself).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from digest.dates import DAY, MONTHS, WEEKDAYS, Window, a_day, a_month, on

Rule = Callable[[str, date], Iterable[Window]]

_WEEKDAYS = dict(zip(WEEKDAYS, (MO, TU, WE, TH, FR, SA, SU), strict=True))
_WEEKDAYS |= {day[:3]: rule for day, rule in _WEEKDAYS.items()}
_WEEKDAYS |= {"tues": TU, "thur": TH, "thurs": TH}
_MONTHS = {name.lower(): n for n, name in enumerate(MONTHS, 1)}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_COUNTS = dict(
    zip(
        ["the", "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        (1, 1, *range(1, 11)),
        strict=True,
    )
)
_ANY_DAY = date(2000, 1, 5)
_LEADING = frozenset("on in over during of at late early earlier held back".split())
_PARTS_OF_DAY = (" morning", " afternoon", " evening", " night")
_ORDINALS = ("st", "nd", "rd", "th")
_NEARBY = {"today": 0, "tonight": 0, "this": 0, "yesterday": -1, "last": -1, "tomorrow": 1}
_YEAR = 366  # days: of a longer window only the end is read


def meanings(
    words: str, published: Window | None, than: Window | None = None, ahead: bool = False
) -> tuple[Window, ...] | None:
    """All windows that ``words`` can mean; None if these are not words for a day.

    They count from ``than``, the day of another event, or else from ``published``, that of the
    article that prints them: the last such day, or with ``ahead`` the next (for what was
    announced). Empty: words for a day, but nothing to count from on that side.

    >>> meanings("on Monday", on(date(2025, 5, 21)))[0].day
    datetime.date(2025, 5, 19)
    """
    plain = _plain(words)
    rule = _rule_for(plain)
    if rule is None:
        return None
    if rule is _written_in_full:
        return tuple(rule(plain, _ANY_DAY))
    reference = than or (None if rule is _apart_from else published)
    if reference is None:
        return ()
    first = reference.earliest
    if first is None or (reference.latest - first).days > _YEAR:
        # Counted from a day that may have been long before, so may this have been.
        found = _counted(rule, plain, on(reference.latest), ahead)
        return (Window(None, max(w.latest for w in found)),) if found else ()
    return _merged(_counted(rule, plain, reference, ahead))


@cache
def _rule_for(plain: str) -> Rule | None:
    """The rule that knows the words: that does not hang on the day, so any will do to ask."""
    return next((rule for rule in _RULES if _tried(rule, plain, _ANY_DAY)), None)


def _plain(words: str) -> str:
    """The words in small letters, without commas and what leads up to them ("late on")."""
    parts = words.lower().replace(",", " ").replace("mid-", "").split()
    while parts and parts[0] in _LEADING:
        parts.pop(0)
    return " ".join(parts)


def _counted(rule: Rule, plain: str, reference: Window, ahead: bool) -> list[Window]:
    """What a rule makes of the words on each day that they may count from."""
    found = [(w, day) for day in reference.days() for w in _tried(rule, plain, day)]
    if rule is _apart_from:
        return [window for window, _ in found]
    kept = [window for window, day in found if _lies_so(window, day, ahead)]
    return kept if ahead else list(_cut_at(kept, reference.latest))


def _tried(rule: Rule, words: str, day: date) -> list[Window]:
    """What a rule makes of the words on a day; nothing, off the ends of the calendar."""
    try:
        return list(rule(words, day))
    except (OverflowError, ValueError):
        return []


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
    parts = words.split()
    joint = next((word for word in ("and", "until", "to") if word in parts[2:]), None)
    if joint is None or parts[0] not in ("between", "from"):
        return
    at = parts.index(joint, 2)
    ended = _plain(" ".join(parts[at + 1 :]).removeprefix("midnight "))
    for begins in _written_without_year(" ".join(parts[1:at]), published):
        ends = _written_without_year(ended, begins.latest)  # at its last day, or the next
        last = [end for end in ends if begins.earliest and end.latest >= begins.earliest]
        if last:
            yield Window(begins.earliest, last[0].latest)


def _weekday(words: str, published: date) -> Iterator[Window]:
    """ "Monday", "Monday night": the last one up to and including the day of publication, and
    the next; "next Monday": that alone."""
    day = _whole_day(words.removeprefix("this ").removeprefix("next ")).rstrip(".")
    weekday = _WEEKDAYS.get(day)
    if weekday:
        if not words.startswith("next "):
            yield on(published + relativedelta(weekday=weekday(-1)))
        yield on(published + relativedelta(days=1, weekday=weekday(1)))


def _last_weekday(words: str, published: date) -> Iterator[Window]:
    """ "last Friday": the last one before the day of publication, or that of the week before."""
    day = _whole_day(words.removeprefix("last ")).rstrip(".")
    weekday = _WEEKDAYS.get(day) if words.startswith("last ") else None
    if weekday:
        yield on(published + relativedelta(days=-1, weekday=weekday(-1)))
        yield on(_monday(published) + relativedelta(days=-1, weekday=weekday(-1)))


def _day_nearby(words: str, published: date) -> Iterator[Window]:
    """ "today", "this morning", "yesterday", "last night", "tomorrow"."""
    plain = _whole_day(words)
    if plain in _NEARBY and (plain != words or plain not in ("this", "last")):
        yield on(published + _NEARBY[plain] * DAY)


def _period(words: str, published: date) -> Iterator[Window]:
    """ "this week", "last week", "this weekend", "last month"; weeks begin on Monday."""
    which, _, unit = words.rpartition(" ")
    if which not in ("this", "the", "last", "the previous"):
        return
    last = which in ("last", "the previous")
    monday = _monday(published)
    if unit == "week":
        begins = monday - last * 7 * DAY
        yield Window(begins, begins + 6 * DAY)
    elif unit == "weekend":  # the one past, or, unless it is the last, the one to come
        past = monday - 2 * DAY
        yield Window(past, past + DAY)
        if not last:
            yield Window(past + 7 * DAY, past + 8 * DAY)
    elif unit == "month":
        then = published - relativedelta(months=int(last))
        yield a_month(then.year, then.month)
    elif unit == "year":
        year = published.year - last
        yield Window(date(year, 1, 1), date(year, 12, 31))


def _ago(words: str, published: date) -> Iterator[Window]:
    """ "three days ago" to the day; "two weeks ago" to within three days of it."""
    count, unit, direction = _length(words)
    if count and direction == "ago":
        days, weeks, months = (count * (unit == one) for one in ("day", "week", "month"))
        then = published - relativedelta(days=days, weeks=weeks, months=months)
        give = {"day": 0, "week": 3, "month": 15}[unit] * DAY
        yield Window(then - give, then + give)


def _apart_from(words: str, event: date) -> Iterator[Window]:
    """ "one day earlier", "two days before", "the day after": counted from another event."""
    count, unit, direction = _length(words)
    length = count * (7 if unit == "week" else 1) * DAY
    if words in ("the same day", "that day", "same day"):
        yield on(event)
    elif count and direction in ("earlier", "before") and unit != "month":
        yield on(event - length)
    elif count and direction in ("later", "after") and unit != "month":
        yield on(event + length)


def _length(words: str) -> tuple[int, str, str]:
    """How many of what, and which way: (2, "week", "ago"); 0 for what is no length of time."""
    parts = words.split()
    if len(parts) == 2:  # "the day after", its article gone with what leads up to it
        parts.insert(0, "a")
    if len(parts) != 3 or parts[1].removesuffix("s") not in ("day", "week", "month"):
        return 0, "", ""
    digits = parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 5
    count = int(parts[0]) if digits else _COUNTS.get(parts[0], 0)
    return count, parts[1].removesuffix("s"), parts[2]


def _whole_day(words: str) -> str:
    """ "monday" of "monday night"."""
    return next((words.removesuffix(part) for part in _PARTS_OF_DAY if words.endswith(part)), words)


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
    """Month, day and year of a written date, "May 1st 2025"; None for what it does not name."""
    parts = words.split()
    year = parts.pop() if len(parts) > 1 and _is_year(parts[-1]) else None
    months = [part for part in parts if part.rstrip(".") in _MONTHS]
    days = [part[:-2] if part.endswith(_ORDINALS) else part for part in parts if part not in months]
    if len(months) != 1 or len(days) > 1 or not all(_is_day(day) for day in days):
        return None
    return (
        _MONTHS[months[0].rstrip(".")],
        int(days[0]) if days else None,
        int(year) if year else None,
    )


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdigit() and word[0] != "0"


def _is_day(word: str) -> bool:
    return len(word) < 3 and word.isascii() and word.isdigit()


def _calendar(year: int, month: int, day: int | None) -> Iterator[Window]:
    if day is None:
        yield a_month(year, month)
    elif 1 <= day <= calendar.monthrange(year, month)[1]:
        yield on(date(year, month, day))


def _monday(day: date) -> date:
    return day - day.weekday() * DAY

"""How a file of ``seeds/`` opens: with a date header, with front matter, or with its text."""

from __future__ import annotations

import re

from digest.dates import Window, a_day, a_month, on

HEADER = re.compile(r"\ufeff?\s?date (?P<day>\d{4}-\d\d(?:-\d\d)?)\s")
# Its fields may be none: a saved page may say nothing of itself.
FRONT = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<fields>(?:.*?\r?\n)??)---[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"^(?:published|date):[ \t]*[\"']?(\d{4}-\d\d(?:-\d\d)?)", re.MULTILINE)


def opening(text: str) -> tuple[int, Window | None]:
    """Where the text begins, and the day or month that its file gives itself.

    >>> opening(" date 2025-05-09 On 8 May, …")[0]
    17
    """
    front, header = FRONT.match(text), HEADER.match(text)
    if front:
        field = _FIELD.search(front["fields"])
        return front.end(), window(field[1]) if field else None
    return (header.end(), window(header["day"])) if header else (0, None)


def window(written: str) -> Window | None:
    """The window of a header's day or month; None for one that the calendar does not have."""
    day = a_day(written)
    if day:
        return on(day)
    month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", written)
    return a_month(int(month[1]), int(month[2])) if month and int(month[1]) else None

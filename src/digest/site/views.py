"""Links, days and names as templates are given them: all decided already."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from digest import address
from digest.dates import Window, brief, spelled, with_weekday
from digest.model.claim import Claim, Curated, Digest, Report, Statement
from digest.site.scale import CLASHES, is_large

UNNAMED = "an outlet that the file does not name"


class Link(Struct, frozen=True, array_like=True, gc=False):
    """A place to go, as an address from the site's root, and what to call it."""

    to: str
    text: str


class When(Struct, frozen=True, array_like=True, gc=False):
    """A day or window in words; ``datetime`` only where it is one day."""

    text: str
    brief: str  # where there is little room, without the year
    datetime: str | None
    to: str | None = None  # the day's page
    weekday: str = ""  # "Wed " for one day: so that the arithmetic can be followed


@lru_cache(4096)  # a page tells the days of its neighbours, and each claim its article's
def when(window: Window) -> When:
    """A window in a reader's words.

    >>> from datetime import date
    >>> when(Window(None, date(2025, 5, 4))).text
    'by 4 May 2025'
    """
    short = brief(window)
    if window.day:
        to, weekday = address.day(window.day), with_weekday(window.day)[:4]
        return When(spelled(window.day), short, window.day.isoformat(), to, weekday)
    if window.earliest is None:
        return When(f"by {spelled(window.latest)}", short, None)
    first, last = spelled(window.earliest).split(), spelled(window.latest).split()
    while first and first[-1] == last[len(first) - 1]:  # "between 5 and 11 May 2025"
        first.pop()
    return When(f"between {' '.join(first)} and {' '.join(last)}", short, None)


def tone(step: int, steps: int) -> int:
    """Which of the six signs stands for a step: a shorter scale is spread over all of them.

    >>> [tone(step, 4) for step in (1, 2, 3, 4)]
    [1, 3, 4, 6]
    """
    return 1 + round((step - 1) * 5 / max(steps - 1, 1))


def home_of(statement: Statement, digest: Digest) -> str:
    """Where a statement stands: its own page, or for a report its place in the timeline.

    A large digest has no page with all of the timeline, and a month may be corrected: there a
    report stands on the page of its article, which is promised for ever.
    """
    if isinstance(statement, Report) and is_large(digest):
        return f"{address.article(statement.passage.article)}#{statement.id}"
    own = isinstance(statement, Claim)
    return address.quote(statement.id) if own else f"index.html#{statement.id}"


def clashes(digest: Digest) -> dict[str, str]:
    """Where each disagreement stands, by its id; those of a large digest fill several pages."""
    most = CLASHES if is_large(digest) else max(len(digest.disagreements), 1)
    return {
        one.id: f"{address.part('disagreements.html', at // most + 1)}#{one.id}"
        for at, one in enumerate(digest.disagreements)
    }


def speaker_link(statement: Statement) -> Link | str:
    """A named speaker's page; an unnamed one has no page of a person."""
    speaker = statement.speaker
    return Link(address.speaker(speaker.id), speaker.name) if speaker.entry.name else speaker.name


def named(curated: Curated) -> str:
    """What to call an article: its title, or for want of one its first words."""
    if curated.title:
        return curated.title
    return f"Untitled: {' '.join(curated.first_words.of(curated.article.text).split())} …"


def outlet_link(curated: Curated) -> Link:
    """An article's page, called by its publisher where that is known."""
    return Link(address.article(curated.id), curated.publisher or named(curated))


def so_many(count: int, thing: str, ending: str = "s") -> str:
    """``3 claims``, ``1 claim``."""
    return f"{count} {thing}{'' if count == 1 else ending}"

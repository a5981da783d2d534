"""Permalinks and file names, in one place.

``quotes/``, ``speakers/`` and ``articles/`` are promised for ever: what stands at these
addresses may be corrected or withdrawn, never moved without a redirect.
"""

from __future__ import annotations

import re
from datetime import date

LEDGER = "data/published.txt"  # which addresses are promised since when
SPEAKERS = "all/speakers.html"  # of a large digest; a page of our own cannot stand in a folder
MONTHS = "all/months.html"  # likewise
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_BARRED = re.compile(r'[\\<>:"|?*]')  # in names of files
# Names that a Windows checkout or host cannot hold, whatever their ending.
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))]
)


def fault(id: str) -> str | None:
    """Why ``id`` cannot be part of an address, or None.

    >>> fault("vance-this-is-not-our-war")
    >>> fault("Vance")
    'an id is small letters, digits and hyphens, at most 100, and begins with no hyphen'
    """
    if not ID.fullmatch(id):
        return "an id is small letters, digits and hyphens, at most 100, and begins with no hyphen"
    if id in _DEVICES:
        return "Windows reserves this name for a device"
    return None


def path_fault(path: str) -> str | None:
    """Why no file can stand at ``path`` on every system, or None.

    >>> path_fault("icons/b.png")
    >>> path_fault("icons/aux.png")
    'Windows reserves "aux" for a device'
    """
    for name in path.split("/"):
        first = name.partition(".")[0]
        if first.lower() in _DEVICES:
            return f'Windows reserves "{first}" for a device'
        if name.endswith((".", " ")) or not name.isprintable() or _BARRED.search(name):
            return 'a name ends with a letter or digit and has none of \\ < > : " | ? *'
    return None


def quote(claim: str) -> str:
    """The lasting address of a claim's page."""
    return f"quotes/{claim}.html"


def speaker(id: str) -> str:
    """The lasting address of a speaker's page."""
    return f"speakers/{id}.html"


def article(id: str) -> str:
    """The lasting address of an article's page."""
    return f"articles/{id}.html"


def day(on: date) -> str:
    """The address of a day's page."""
    return f"days/{on.isoformat()}.html"


def month(id: str) -> str:
    """The address of a month of the timeline, of a digest that is too large for one page."""
    return f"months/{id}.html"


def year(speaker: str, of: int) -> str:
    """The address of what a speaker said in a year, where it is too much for one page."""
    return f"speakers/{speaker}/{of}.html"


def part(page: str, number: int) -> str:
    """The address of a further part of a page that is cut; the first has the page's own.

    >>> part("months/2025-05.html", 1), part("months/2025-05.html", 2)
    ('months/2025-05.html', 'months/2025-05/2.html')
    """
    return page if number == 1 else f"{page.removesuffix('.html')}/{number}.html"


def absolute(to: str, base_url: str | None) -> str:
    """An address of this site as others can use it; without ``base_url``, from its root.

    >>> absolute("index.html", "https://example.org/a/"), absolute("index.html", None)
    ('https://example.org/a/index.html', 'index.html')
    """
    return f"{base_url.rstrip('/')}/{to}" if base_url else to


def up(page: str) -> str:
    """The way from a page to the site's root: every link on the page begins with it.

    >>> up("index.html"), up("quotes/a.html")
    ('', '../')
    """
    return "../" * page.count("/")

"""Ids for what is new: short, lasting, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count
from unicodedata import normalize

from digest import address
from digest.model.article import Article

_MOST = 60  # code points; the limit is 100
# "KYIV, June 3 (Reuters) — ": who wrote it first, in a paper that prints it again.
DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .’'-]+(?:, [A-Z][\w. ]{2,20})? \((?P<agency>[A-Z][\w ]{1,30})\) ?[—–-]"
)


def slug(words: str) -> str:
    """Small letters, digits and hyphens of ``words``; empty where they have no such letters.

    >>> slug("J.D. Vance: “We’re done”, élan")
    'jd-vance-were-done-elan'
    """
    plain = normalize("NFKD", re.sub(r"['’.]", "", words)).encode("ascii", "ignore").decode()
    found = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
    return found if len(found) <= _MOST else found[: _MOST + 1].rpartition("-")[0] or found[:_MOST]


def free(wanted: str, taken: Container[str], instead: str) -> str:
    """``wanted`` as an id that is nobody's yet, else with a number; ``instead`` if it is none."""
    base = instead if address.fault(wanted) else wanted
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in count(2) if f"{base}-{n}" not in taken)


def of_article(article: Article) -> str:
    """What an article would be called: the first words of its title, else of its prose."""
    prose = (one.span.of(article.text) for one in article.blocks if one.kind == "prose")
    first = next(prose, "")
    dateline = DATELINE.match(first)
    told = article.provenance.title or first[dateline.end() if dateline else 0 :]
    return slug(" ".join(told.split()[:6]))


def of_claim(speaker: str | None, words: str) -> str:
    """What a claim would be called: who, and its first words."""
    who = speaker.split()[-1:] if speaker else []
    return slug(" ".join([*who, *words.split()[:6]]))

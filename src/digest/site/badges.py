"""Short notes on a statement, in words, and what they mean."""

from __future__ import annotations

from collections.abc import Set

from msgspec import Struct

from digest.model.claim import Claim, Digest, Report, Statement
from digest.site.context import is_fragment
from digest.site.difference import comparable, differs


class Badge(Struct, frozen=True):
    """A short note on a statement, in words, and what it means."""

    text: str
    means: str


BADGES = {
    one.text: one
    for one in (
        Badge("told in prose", "the article tells it in its own words: there is no quotation"),
        Badge("fragment", "the article quotes only these few words"),
        Badge("via …", "the words reached our article through this outlet"),
        Badge("wording differs", "articles print different words; the page compares them"),
        Badge("in another language", "an article prints it in translation, or in the original"),
        Badge("in 2 articles", "so many articles print it; it is counted once"),
        Badge("day inferred", "the article does not give the day outright; the page shows how"),
        Badge("day not known", "only a window or a last day is known; the page shows why"),
        Badge("disputed", "accounts differ on a point of it; the page shows both sides"),
    )
}


def badges(statement: Statement, digest: Digest, in_doubt: Set[str]) -> list[str]:
    """What a reader must know before taking the words at face value, as ``BADGES`` explains."""
    found = ["told in prose"] if isinstance(statement, Report) else []
    if isinstance(statement, Claim):
        first, count = statement.printings[0], len(statement.printings)
        found += ["fragment"] if is_fragment(first) else []
        found += [f"via {first.via[0]}"] if first.via else []
        alike = comparable(statement, digest.site.language)
        found += ["wording differs"] if differs(alike) else []
        found += ["in another language"] if len(alike) < count else []
        found += [f"in {count} articles"] if count > 1 else []
    working = statement.moment.working
    if working.said.day is None:
        found += ["day not known"]
    elif working.because:
        found += ["day inferred"]
    return [*found, "disputed"] if statement.id in in_doubt else found

"""What the browser searches, and what a reader may choose statements by.

The statements stand in shards: scripts of one call each, because a page that was opened from
disk may load a script and nothing else. ``templates/static/digest.js`` receives them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter

from msgspec import Struct

from digest.dates import MONTHS
from digest.model.claim import Digest
from digest.site.edition import Edition
from digest.site.lines import Facets, facets
from digest.site.postings import far_shards
from digest.site.records import found, literal, other_names, packed
from digest.site.scale import OFFERED, is_large
from digest.site.views import named
from digest.site.whose import called

MOST = 300_000  # bytes of a shard; a single record that is larger has a shard to itself
_FRAME = 100  # bytes at most for the call around the records


class Choice(Struct, frozen=True):
    """Something that statements can be chosen by, and how many it leaves."""

    value: str  # as it stands in a statement's facets
    label: str
    count: int


class Choices(Struct, frozen=True):
    """All that a reader may choose by; ``called`` names those whom the site leads with."""

    count: int  # of all statements
    called: str
    leading: tuple[Choice, ...]
    others: tuple[Choice, ...]  # empty: everybody leads
    stances: tuple[Choice, ...]  # in the order of the scale
    articles: tuple[Choice, ...]  # empty of a large digest: its articles have pages
    months: tuple[Choice, ...]  # of a large digest, years
    most: int | None = None  # of speakers whom a large digest offers, if there are more


def shards(edition: Edition) -> dict[str, bytes]:
    """``search/1.js`` and so on, newest statements first; the first tells how many there are.

    A large digest has other ones: see ``postings``.

    ``digestSearch.add(1, [records], {"shards": 2, "names": {"Kyiv": ["Kiev"]}});``
    """
    if is_large(edition.digest):
        return far_shards(edition)
    newest = reversed(edition.timeline.statements)
    about: dict[str, object] = {"names": other_names(edition.digest)}
    room = MOST - _FRAME - len(literal(about))
    filled = list(packed((literal(found(one, edition)) for one in newest), room)) or [[]]
    about["shards"] = len(filled)
    files = {}
    for number, records in enumerate(filled, 1):
        also = b"," + literal(about) if number == 1 else b""
        call = b"digestSearch.add(%d,[\n%s\n]%s);\n" % (number, b",\n".join(records), also)
        files[f"search/{number}.js"] = call
    return files


def choices(edition: Edition) -> Choices:
    """The choices, with those whom the site leads with first; who said most stands first."""
    digest, statements = edition.digest, edition.timeline.statements
    large = is_large(digest)
    every = [*map(facets, statements)]
    leads = {one.speaker.id: edition.leads(one) for one in statements}
    people = Counter(one.speaker for one in every)
    said = [Choice(id, digest.speakers[id].name, count) for id, count in people.items()]
    said.sort(key=lambda one: (-one.count, one.label))
    offered = said[:OFFERED] if large else said
    return Choices(
        count=len(every),
        called=called(digest.site),
        leading=tuple(one for one in offered if leads[one.value]),
        others=tuple(one for one in offered if not leads[one.value]),
        stances=tuple(_stances(digest, Counter(one.stance for one in every))),
        articles=() if large else tuple(_articles(digest, Counter(_each(every, "articles")))),
        months=tuple(_years(every) if large else _months(every)),
        most=len(offered) if len(offered) < len(said) else None,
    )


def _months(every: Iterable[Facets]) -> Iterator[Choice]:
    for month, count in sorted(Counter(_each(every, "months")).items()):
        yield Choice(month, f"{MONTHS[int(month[-2:]) - 1]} {month[:-3]}", count)


def _years(every: Iterable[Facets]) -> Iterator[Choice]:
    """A statement counts once in each year that its window touches."""
    years = ({month[:-3] for month in one.months.split()} for one in every)
    for year, count in sorted(Counter(chain.from_iterable(years)).items(), reverse=True):
        yield Choice(year, year, count)


def _stances(digest: Digest, counts: Mapping[str, int]) -> Iterator[Choice]:
    for id, stance in digest.stances.items():
        yield Choice(id, stance.label, counts.get(id, 0))
    if counts.get("none"):
        yield Choice("none", "no stance", counts["none"])


def _articles(digest: Digest, counts: Mapping[str, int]) -> Iterator[Choice]:
    """The articles by publisher; where one has several, or is not known, by title too."""
    publishers = Counter(one.publisher for one in digest.articles.values())
    for id, curated in digest.articles.items():
        label = curated.publisher or named(curated)
        if publishers[label] > 1:
            label = f"{label}: {named(curated)}"
        yield Choice(id, label, counts.get(id, 0))


def _each(every: Iterable[Facets], kind: str) -> Iterator[str]:
    """Every value of a facet that can have several."""
    return (value for values in map(attrgetter(kind), every) for value in values.split())

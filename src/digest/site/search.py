"""What the browser searches, and what a reader may choose statements by.

The statements stand in shards: scripts of one call each, because a page that was opened from
disk may load a script and nothing else. ``templates/static/digest.js`` receives them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

import msgspec
from msgspec import Struct

from digest.dates import MONTHS
from digest.model.claim import Claim, Digest, Printing, Statement
from digest.site.edition import Edition
from digest.site.lines import Facets, segments, told
from digest.site.views import named
from digest.site.whose import called
from digest.wording import fold

MOST = 300_000  # bytes of a shard; a single record that is larger has a shard to itself
_FRAME = 100  # bytes at most for the call around the records
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Found(Struct, frozen=True, omit_defaults=True):
    """A statement as a search finds it: no more words than its own pages print."""

    id: str
    to: str  # its address from the site's root
    name: str  # of who said it
    day: str  # in words
    words: tuple[str, ...]  # with the article's marks; several where printings differ
    facets: Facets
    role: str | None = None
    stance: str | None = None  # the label
    step: int | None = None  # of the stance on the scale, from 1
    place: str = ""
    lang: str | None = None  # of the words; None: the site's


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
    articles: tuple[Choice, ...]
    months: tuple[Choice, ...]


def shards(edition: Edition) -> dict[str, bytes]:
    """``search/1.js`` and so on, newest statements first; the first tells how many there are.

    ``digestSearch.add(1, [records], {"shards": 2, "names": {"Kyiv": ["Kiev"]}});``
    """
    newest = reversed(edition.timeline.statements)
    about: dict[str, object] = {"names": other_names(edition.digest)}
    room = MOST - _FRAME - len(_literal(about))
    packed = list(_packed((_literal(_found(one, edition)) for one in newest), room)) or [[]]
    about["shards"] = len(packed)
    files = {}
    for number, records in enumerate(packed, 1):
        also = b"," + _literal(about) if number == 1 else b""
        call = b"digestSearch.add(%d,[\n%s\n]%s);\n" % (number, b",\n".join(records), also)
        files[f"search/{number}.js"] = call
    return files


def choices(edition: Edition) -> Choices:
    """The choices, with those whom the site leads with first; who said most stands first."""
    digest, statements = edition.digest, edition.timeline.statements
    facets = [edition.lines[one.id].facets for one in statements]
    leads = {one.speaker.id: edition.leads(one) for one in statements}
    people = Counter(facet.speaker for facet in facets)
    said = [Choice(id, digest.speakers[id].name, count) for id, count in people.items()]
    said.sort(key=lambda one: (-one.count, one.label))
    return Choices(
        count=len(facets),
        called=called(digest.site),
        leading=tuple(one for one in said if leads[one.value]),
        others=tuple(one for one in said if not leads[one.value]),
        stances=tuple(_stances(digest, Counter(facet.stance for facet in facets))),
        articles=tuple(_articles(digest, Counter(_each(facets, "articles")))),
        months=tuple(
            Choice(month, f"{MONTHS[int(month[-2:]) - 1]} {month[:-3]}", count)
            for month, count in sorted(Counter(_each(facets, "months")).items())
        ),
    )


def other_names(digest: Digest) -> dict[str, list[str]]:
    """Each name with the others that it goes by: of ``names:``, and of the speakers."""
    names = {name: list(others) for name, others in digest.names.items()}
    for speaker in digest.speakers.values():
        if speaker.entry.also:
            names.setdefault(speaker.name, []).extend(speaker.entry.also)
    return {name: list(dict.fromkeys(others)) for name, others in names.items()}


def _found(statement: Statement, edition: Edition) -> Found:
    line = edition.lines[statement.id]
    return Found(
        id=line.id,
        to=line.home,
        name=statement.speaker.name,
        day=line.when.text,
        words=_wordings(statement, edition),
        facets=line.facets,
        role=line.role,
        stance=line.stance,
        step=line.step,
        place=line.place,
        lang=line.lang,
    )


def _wordings(statement: Statement, edition: Edition) -> tuple[str, ...]:
    """The words as shown first, and those of each further printing that has others."""
    line = edition.lines[statement.id]
    if not isinstance(statement, Claim) or not line.differs:
        return (told(line.words),)
    unlike: dict[str, Printing] = {}
    for printing in statement.printings:
        words = fold(" ".join(segment.text for segment in printing.segments)).text
        unlike.setdefault(words.rstrip(",."), printing)
    return tuple(told(segments(one.segments, edition.digest)) for one in unlike.values())


def _packed(records: Iterable[bytes], room: int) -> Iterator[list[bytes]]:
    """Records in their order, each list of them with commas and line ends within ``room``."""
    shard: list[bytes] = []
    left = room
    for record in records:
        if shard and left < len(record) + 2:
            yield shard
            shard, left = [], room
        shard.append(record)
        left -= len(record) + 2
    if shard:
        yield shard


def _literal(content: object) -> bytes:
    """JSON that stands in a script: no sign in it can end the script, or a line of it."""
    return msgspec.json.encode(content).decode().translate(_UNSAFE).encode()


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


def _each(facets: Iterable[Facets], kind: str) -> Iterator[str]:
    """Every value of a facet that can have several."""
    return (value for values in map(attrgetter(kind), facets) for value in values.split())

"""Statements as the browser searches them, in scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from digest.model.claim import Claim, Digest, Printing, Statement
from digest.site.edition import Edition
from digest.site.lines import Facets, segments, told
from digest.wording import fold

_UNSAFE = [(sign.encode(), b"\\u%04x" % ord(sign)) for sign in "<>&\u2028\u2029"]


class Found(Struct, frozen=True, omit_defaults=True):
    """A statement as a search finds it: no more words than its own pages print."""

    id: str
    to: str  # its address from the site's root
    name: str  # of who said it
    day: str  # in words
    words: tuple[str, ...]  # with the article's marks; several where printings differ
    facets: Facets | None = None  # None: in a large digest they stand among its words
    role: str | None = None
    stance: str | None = None  # the label
    step: int | None = None  # of the stance on the scale, from 1
    place: str = ""
    lang: str | None = None  # of the words; None: the site's


def found(statement: Statement, edition: Edition) -> Found:
    """A statement with all that it is found by."""
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


def other_names(digest: Digest) -> dict[str, list[str]]:
    """Each name with the others that it goes by: of ``names:``, and of the speakers."""
    names = {name: list(others) for name, others in digest.names.items()}
    for speaker in digest.speakers.values():
        if speaker.entry.also:
            names.setdefault(speaker.name, []).extend(speaker.entry.also)
    return {name: list(dict.fromkeys(others)) for name, others in names.items()}


def packed(records: Iterable[bytes], room: int) -> Iterator[list[bytes]]:
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


def literal(content: object) -> bytes:
    """JSON that stands in a script: no sign in it can end the script, or a line of it."""
    told = msgspec.json.encode(content)
    for sign, escaped in _UNSAFE:
        told = told.replace(sign, escaped)
    return told

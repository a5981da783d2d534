"""What is proposed for the stretches that wait: as ``add`` wrote it down, or as it would."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from digest.dates import Window
from digest.desk import naming
from digest.desk.commands import commands, rooted
from digest.desk.copies import copied_from
from digest.desk.propose import Proposer
from digest.folder import Folder
from digest.model.article import Article
from digest.model.claim import Digest
from digest.model.record import Record
from digest.proof.words import find_stretches
from digest.record.parts import read_record
from digest.record.proposals import Proposal, Proposed, read_proposed
from digest.yamlwriting import entry

_FILES = "data/proposed"


class Shown(Struct, frozen=True):
    """A proposal as the desk prints it, and what to copy to take or to dismiss it."""

    statement: bool  # False: it seems to be nobody's, and is proposed to be dismissed
    who: str | None  # None: the article does not say
    said: str | None
    venue: str | None
    tier: str | None
    because: str
    commands: tuple[str, ...]  # () while the article has not been added
    yaml: str


class Waiting(Struct, frozen=True):
    """What waits in one article."""

    id: str  # of the article; until it is added, what ``add`` would call it
    add: str | None  # the command that writes the proposals down; None: they are
    proposals: dict[int, Shown]  # by the number of each stretch, from 0


class Reader:
    """Reads articles that have something to be decided, each once for one state of the record."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder: Folder | None = None
        self._record = Record()
        self._written: dict[str, Proposed] = {}
        self._read: dict[str, Waiting] = {}

    def open(self, folder: Folder) -> None:
        """Turn to another state of the folder."""
        before, self._folder = self._folder, folder
        if before is None or (before.record, before.proposed) != (folder.record, folder.proposed):
            self._record, _ = read_record(folder.record)
            proposed, _ = read_proposed(folder.proposed.items())
            self._written = {str(one.entry.get("file")): one for one in proposed}
            self._read = {}

    def name(self, article: Article) -> str:
        """The id of an article that has been added, else its file."""
        written = self._written.get(article.file)
        return written.article if written else article.file

    def waiting(self, article: Article, digest: Digest) -> Waiting:
        """What is proposed for the stretches of an article that wait."""
        key = f"{article.file} {article.sha256}"
        if key not in self._read:
            self._read[key] = self._waiting(article, digest)
        return self._read[key]

    def _waiting(self, article: Article, digest: Digest) -> Waiting:
        """The proposals that are written down; or those that ``add`` would, without commands."""
        written = self._written.get(article.file)
        proposed = written or self._drafted(article, digest)
        dated = _published(article, digest) is not None
        shown = {}
        for id, one in proposed.proposals.items():
            typed = commands(one, proposed, dated, self._root) if written else ()
            shown[id] = _shown(id, proposed, self._record, typed)
        file = shlex.quote(str(self._root / "seeds" / article.file))
        add = None if written else f"digest add {file}{rooted(self._root)}"
        found = {number: shown[id] for number, id in _by_stretch(article, digest, proposed)}
        return Waiting(proposed.article, add, found)

    def _drafted(self, article: Article, digest: Digest) -> Proposed:
        """The proposals that ``add`` would write."""
        known = {one.article.file: id for id, one in digest.articles.items()}.get(article.file)
        taken = {*self._record.known["articles"], *(one.article for one in self._written.values())}
        number = article.file.partition("_")[0]
        id = known or naming.free(naming.of_article(article), taken, f"article-{number}")
        others = {other: one.article for other, one in digest.articles.items() if other != known}
        waits = [stretch for one, stretch in digest.waiting if one.file == article.file]
        proposer = Proposer(id, article, self._record, _published(article, digest), waits)
        draft = proposer.draft({"file": article.file}, copied_from(article, others))
        proposals = msgspec.convert(draft.proposals, dict[str, Proposal])
        return Proposed(f"{_FILES}/{id}.yaml", id, draft.entry, draft.speakers, proposals)


def _published(article: Article, digest: Digest) -> Window | None:
    """The day of an article, as the record gives it or its file says."""
    recorded = (one.published for one in digest.articles.values() if one.article == article)
    return next(recorded, article.dated)


def _by_stretch(article: Article, digest: Digest, proposed: Proposed) -> Iterator[tuple[int, str]]:
    """Each waiting stretch and the proposal about it; equal words are met in their order."""
    waits = {stretch.span.start for one, stretch in digest.waiting if one.file == article.file}
    numbers = {stretch.span.start: number for number, stretch in enumerate(article.stretches)}
    for id, proposal in proposed.proposals.items():
        for words in proposal.stretches:
            found = (stretch.span.start for stretch, _ in find_stretches(words, article))
            start = next((start for start in found if start in waits), None)
            if start is not None:
                waits.discard(start)
                yield numbers[start], id


def _shown(id: str, proposed: Proposed, record: Record, typed: tuple[str, ...]) -> Shown:
    one = proposed.proposals[id]
    claim = one.claim or {}
    return Shown(
        statement=not one.terms,
        who=_who(one, proposed, record),
        said=_said(claim.get("said")),
        venue=claim.get("venue"),
        tier=one.tier,
        because=one.because or "",
        commands=typed,
        yaml=_as_yaml(id, one, proposed.article),
    )


def _who(one: Proposal, proposed: Proposed, record: Record) -> str | None:
    """The name of who speaks; of a further printing, of whom the claim says so."""
    of = record.claims.get(one.of or "")
    id = of.entry.speaker if of else (one.claim or {}).get("speaker")
    known = record.speakers.get(id or "")
    if known:
        return known.entry.name or known.entry.unnamed
    entered = proposed.speakers.get(id or "", {})
    return entered.get("name") or entered.get("unnamed") or id


def _said(said: Any) -> str | None:
    """A day or a window in words."""
    if not isinstance(said, Mapping):
        return str(said) if said else None
    begins = said.get("earliest")
    return f"{begins} to {said.get('latest')}" if begins else f"by {said.get('latest')}"


def _as_yaml(id: str, one: Proposal, article: str) -> str:
    """What would stand in the record."""
    if one.terms:
        return entry("dismissed", {article: dict.fromkeys(one.terms, "why")})
    if one.of:
        return entry("claims", {one.of: {"printed": [one.printed]}})
    return entry("claims", {id: one.claim})

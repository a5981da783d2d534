"""The curator's desk: each article whole, and what became of every stretch in it.

It prints articles as no published page may: it is for the curator, from memory, on loopback.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from msgspec import Struct

from digest import address
from digest.model.article import Article, Stretch
from digest.model.claim import Digest
from digest.serve.proposals import Reader, Shown, Waiting
from digest.site.views import Link
from digest.wording import Span
from digest.yamlwriting import entry

DESK = "desk/"
_WHOLE = 12  # articles on the desk's first page
Fate = Literal["claimed", "dismissed", "proposed", "waiting"]


class Decided(Struct, frozen=True):
    """What became of one stretch, and why."""

    fate: Fate
    words: str
    number: int  # of the stretches of its article, from 1
    claim: Link | None = None
    because: str | None = None  # why it was dismissed
    proposal: Shown | None = None
    joins: int | None = None  # the stretch before, of the same quotation, where all is told
    yaml: str | None = None  # how to dismiss it by hand


class Piece(Struct, frozen=True):
    """A run of an article: a stretch with its marks, or what stands between two."""

    text: str
    decided: Decided | None = None


class Row(Struct, frozen=True):
    """A paragraph of an article, all of it, and what stands beside it."""

    kind: str  # as blocks have it; "header" for what stands before or between them
    pieces: tuple[Piece, ...]

    @property
    def notes(self) -> list[Decided]:
        """What is said of the stretches of this paragraph."""
        return [piece.decided for piece in self.pieces if piece.decided]


class OnDesk(Struct, frozen=True):
    """One article as the desk shows it."""

    name: str  # its id, or its file while the record does not know it
    file: str
    counts: tuple[tuple[Fate, int], ...]
    rows: tuple[Row, ...]
    command: str | None  # what to type next, for an article that has not been added


class Fates:
    """What became of each stretch of a digest, by file and where it begins."""

    def __init__(self, digest: Digest) -> None:
        files = {id: curated.article.file for id, curated in digest.articles.items()}
        self._claims = {
            (files[passage.article], passage.span.start): Link(
                f"../{address.quote(claim.id)}",
                f"{claim.speaker.name}, {claim.moment.working.said}",
            )
            for claim in digest.claims
            for printing in claim.printings
            for passage in (*printing.segments, *printing.again)
        }
        self._dismissed = {
            (files[one.words.article], one.words.span.start): one.because
            for one in digest.dismissed
        }
        self._waiting = {(article.file, one.span.start) for article, one in digest.waiting}

    def decided(self, article: Article, number: int, waiting: Waiting | None) -> Decided:
        """What became of one stretch of an article."""
        stretch = article.stretches[number]
        words = stretch.span.of(article.text)
        key = (article.file, stretch.span.start)
        if key in self._dismissed:
            return Decided("dismissed", words, number + 1, because=self._dismissed[key])
        if waiting is None or key not in self._waiting:
            # Without a link: its claim has a finding, and no page while it has.
            return Decided("claimed", words, number + 1, claim=self._claims.get(key))
        proposal = waiting.proposals.get(number)
        yaml = entry("dismissed", {waiting.id: {" ".join(words.split()): "why"}})
        fate: Fate = "proposed" if proposal and proposal.statement else "waiting"
        first = min((n for n, one in waiting.proposals.items() if one is proposal), default=number)
        joins = first + 1 if first < number else None
        return Decided(fate, words, number + 1, proposal=proposal, joins=joins, yaml=yaml)

    def waits(self, article: Article) -> int:
        """How many stretches of an article are still to be decided."""
        return sum((article.file, one.span.start) in self._waiting for one in article.stretches)


def desk(digest: Digest, asked: str, reader: Reader) -> dict[str, Any] | None:
    """What the desk's page sees: all articles named, those that wait first, a dozen whole.

    ``asked`` names one article, by id or file, to be shown alone; None where there is none.
    """
    fates = Fates(digest)
    own = {one.article.file: id for id, one in digest.articles.items()}
    articles = [*digest.uncurated, *(one.article for one in digest.articles.values())]
    articles.sort(key=lambda one: (not fates.waits(one), one.file in own))
    named = {own.get(one.file) or reader.name(one): one for one in articles}
    if asked and asked not in named:
        return None
    shown = [asked] if asked else list(named)[:_WHOLE]
    return {
        "alone": asked or None,
        "named": [(name, fates.waits(one)) for name, one in named.items()],
        "articles": [_whole(name, named[name], digest, fates, reader) for name in shown],
    }


def masthead(digest: Digest) -> dict[str, Any]:
    """What the desk shares with the pages of the site: its name, and the way back."""
    nav = [
        Link("index.html", "Timeline"),
        Link("coverage.html", "Coverage"),
        Link(f"{DESK}index.html", "Desk"),
    ]
    return {"site": digest.site, "stances": [], "nav": nav, "pictured": ()}


def _whole(name: str, article: Article, digest: Digest, fates: Fates, reader: Reader) -> OnDesk:
    """An article with what became of every stretch; it is read only if one waits."""
    waiting = reader.waiting(article, digest) if fates.waits(article) else None
    decided = [fates.decided(article, number, waiting) for number in range(len(article.stretches))]
    counts: dict[Fate, int] = dict.fromkeys(("claimed", "dismissed", "proposed", "waiting"), 0)
    for one in decided:
        counts[one.fate] += 1
    return OnDesk(
        name=name,
        file=article.file,
        counts=tuple(counts.items()),
        rows=tuple(_rows(article, decided)),
        command=waiting.add if waiting else None,
    )


def _rows(article: Article, decided: list[Decided]) -> Iterator[Row]:
    """The whole article, paragraph by paragraph; only blank lines between them are left out."""
    inside: dict[int, list[tuple[Stretch, Decided]]] = {}
    for stretch, one in zip(article.stretches, decided, strict=True):
        inside.setdefault(stretch.block, []).append((stretch, one))
    reached = 0
    for index, block in enumerate(article.blocks):
        yield from _between(article, reached, block.span.start)
        pieces = _pieces(article.text, block.span, inside.get(index, []))
        yield Row(block.kind, tuple(pieces))
        reached = block.span.end
    yield from _between(article, reached, len(article.text))


def _between(article: Article, start: int, end: int) -> Iterator[Row]:
    """A header, or whatever else is no block."""
    if article.text[start:end].strip():
        yield Row("header", (Piece(article.text[start:end].strip("\n")),))


def _pieces(text: str, span: Span, inside: Iterable[tuple[Stretch, Decided]]) -> Iterator[Piece]:
    """A paragraph cut at its stretches; nothing of it is lost."""
    reached = span.start
    for stretch, decided in inside:
        if stretch.marked.start > reached:
            yield Piece(text[reached : stretch.marked.start])
        yield Piece(stretch.marked.of(text), decided)
        reached = stretch.marked.end
    if reached < span.end:
        yield Piece(text[reached : span.end])

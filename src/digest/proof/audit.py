"""Nothing is left out in silence: every stretch is in one claim, or dismissed, or waiting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from digest.diagnostics import Diagnostic, Place
from digest.model.article import Article, Stretch
from digest.model.claim import Digest
from digest.model.record import OnRecord, Record

Step = str | int


class Spoken(Struct, frozen=True, array_like=True):
    """A stretch that is spoken for, and by which field of the record."""

    file: str  # the article's
    start: int  # of the stretch's words
    entry: tuple[Step, ...]  # the path of the entry within its file
    steps: tuple[Step, ...]  # from there to the field

    @classmethod
    def by(cls, entry: OnRecord[Any], article: Article, stretch: Stretch, *steps: Step) -> Spoken:
        """A stretch of an article that an entry speaks for."""
        return cls(article.file, stretch.span.start, entry.path, steps)


def check_spoken(
    spoken: Iterable[Spoken], record: Record, articles: Mapping[str, Article]
) -> Iterator[Diagnostic]:
    """A stretch is spoken for once. ``articles`` are by their files."""
    first: dict[tuple[str, int], Spoken] = {}
    for one in spoken:
        other = first.setdefault((one.file, one.start), one)
        if other is not one:
            entry, by = _entry(one, record), _entry(other, record)
            at = by.place(*other.steps)
            hint = f'"{by.id}" has it at {at}; a stretch is in one claim, or dismissed'
            message = f"the stretch at {articles[one.file].place(one.start)} is spoken for"
            yield Diagnostic(entry.place(*one.steps), "stretch-twice", message, (hint,))


def waiting(
    articles: Iterable[Article], spoken: Iterable[Spoken]
) -> tuple[tuple[Article, Stretch], ...]:
    """Stretches that nobody has decided about yet."""
    known = {(one.file, one.start) for one in spoken}
    return tuple(
        (article, stretch)
        for article in articles
        for stretch in article.stretches
        if (article.file, stretch.span.start) not in known
    )


def _entry(spoken: Spoken, record: Record) -> OnRecord[Any]:
    found: Any = getattr(record, str(spoken.entry[0]))
    for step in spoken.entry[1:]:
        found = found[step]
    entry: OnRecord[Any] = found
    return entry


def check_waiting(digest: Digest) -> Iterator[Diagnostic]:
    """Every stretch is in a claim or dismissed; a file that nobody curated yet is normal."""
    uncurated = {article.file for article in digest.uncurated}
    for article, stretch in digest.waiting:
        if article.file not in uncurated:
            message = f"waits: “{' '.join(stretch.span.of(article.text).split())[:60]}”"
            hint = "put it into a claim, or under dismissed: with a reason"
            place = article.place(stretch.span.start)
            yield Diagnostic(place, "stretch-waiting", message, (hint,), "warning")
    for article in digest.uncurated:
        count = len(article.stretches)
        wait = "1 stretch waits" if count == 1 else f"{count} stretches wait"
        hint = f"digest add seeds/{article.file} proposes its claims, or shows those that wait"
        place = Place(f"seeds/{article.file}")
        message = f"is not yet curated: {wait}"
        yield Diagnostic(place, "article-waiting", message, (hint,), "warning")

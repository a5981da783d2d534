"""Nothing is left out in silence: every stretch is in one claim, or dismissed, or waiting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from digest.diagnostics import Diagnostic, Place
from digest.model.article import Article, Stretch
from digest.model.claim import Digest
from digest.model.record import OnRecord


class Account:
    """Which stretch is spoken for, and by whom; a stretch is spoken for once."""

    def __init__(self) -> None:
        self._by: dict[tuple[str, int], tuple[str, Place]] = {}
        self.findings: list[Diagnostic] = []

    def claim(self, article: Article, stretch: Stretch, entry: OnRecord[Any], place: Place) -> None:
        """Enter ``stretch`` as spoken for by ``entry``, at ``place`` in the record."""
        key = (article.file, stretch.span.start)
        if key in self._by:
            by, first = self._by[key]
            hint = f"{by} has it at {first}; a stretch is in one claim, or dismissed"
            message = f"the stretch at {article.place(stretch.span.start)} is spoken for"
            self.findings.append(Diagnostic(place, "stretch-twice", message, (hint,)))
        self._by.setdefault(key, (f'"{entry.id}"', place))

    def waiting(self, articles: Iterable[Article]) -> tuple[tuple[Article, Stretch], ...]:
        """Stretches that nobody has decided about yet."""
        return tuple(
            (article, stretch)
            for article in articles
            for stretch in article.stretches
            if (article.file, stretch.span.start) not in self._by
        )


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

"""A digest as one build sets it: what several pages share, worked out once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from digest.model.claim import Claim, Digest, Report, Statement
from digest.site.context import Width
from digest.site.coverage import Coverage, coverage
from digest.site.rights import widths
from digest.site.timeline import Timeline, arrange
from digest.site.views import Line, Link, disputed, line


class Edition(Struct, frozen=True):
    """What pages share; the HTML in it is our own words, rendered."""

    digest: Digest
    timeline: Timeline
    lines: dict[str, Line]  # by statement
    carried: dict[str, list[Statement]]  # by article, in the order of the timeline
    coverage: dict[str, Coverage]  # by article
    widths: dict[str, Width]  # how much context each article may be printed with
    notes: dict[str, str]  # HTML, by what it belongs to

    def shared(self) -> dict[str, Any]:
        """What every page sees: the site, and the way to its parts."""
        parts = [
            Link("index.html", "Timeline"),
            Link("disagreements.html", "Disagreements"),
            Link("coverage.html", "Coverage"),
        ]
        written = self.digest.pages.items()
        own = [Link(f"{name}.html", heading(name, text)) for name, text in written]
        return {"site": self.digest.site, "nav": [*parts, *own]}

    def set_lines(self, statements: Iterable[Statement]) -> tuple[Line, ...]:
        """Statements as lists show them."""
        return tuple(self.lines[one.id] for one in statements)

    def leads(self, statement: Statement) -> bool:
        """Whether the timeline shows it first: of the kind and side that ``site.yaml`` says."""
        entry, wanted = statement.speaker.entry, self.digest.site.leads
        return wanted is None or (
            wanted.kind in (None, entry.kind) and wanted.side in (None, entry.side)
        )


def edition(digest: Digest, notes: dict[str, str]) -> Edition:
    """Everything that pages share."""
    timeline = arrange(digest)
    in_doubt = disputed(digest)
    carried: dict[str, list[Statement]] = {id: [] for id in digest.articles}
    for one in timeline.statements:
        for article in _printed_in(one):
            carried[article].append(one)
    return Edition(
        digest=digest,
        timeline=timeline,
        lines={one.id: line(one, digest, in_doubt) for one in timeline.statements},
        carried=carried,
        coverage=coverage(digest),
        widths=widths(digest),
        notes=notes,
    )


def heading(name: str, text: str) -> str:
    """What a page of our own is called: its first heading, or its name."""
    first = next((line for line in text.splitlines() if line.startswith("# ")), name.capitalize())
    return first.removeprefix("# ").strip()


def _printed_in(statement: Statement) -> set[str]:
    """The articles that carry a statement."""
    if isinstance(statement, Claim):
        return {printing.article for printing in statement.printings}
    return {statement.passage.article} if isinstance(statement, Report) else set()

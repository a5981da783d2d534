"""A digest as one build sets it: what several pages share, worked out once."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from digest.model.claim import Digest, Statement
from digest.model.entry import Stance
from digest.site.badges import disputed
from digest.site.citation import Citation, cite
from digest.site.concordance import Concordance, concordance
from digest.site.context import Widths
from digest.site.coverage import Coverage, coverage
from digest.site.lines import Line, line, printed_in
from digest.site.rights import what_is_shown, widths
from digest.site.timeline import Timeline, arrange
from digest.site.views import tone
from digest.site.whose import leads


class Edition(Struct, frozen=True):
    """What pages share; the HTML in it is our own words, rendered."""

    digest: Digest
    timeline: Timeline
    lines: dict[str, Line]  # by statement
    carried: dict[str, list[Statement]]  # by article, in the order of the timeline
    coverage: dict[str, Coverage]  # by article
    widths: dict[str, Widths]  # how much context each article may be printed with
    concordance: Concordance
    citations: dict[str, Citation]  # of every claim that stands
    notes: dict[str, str]  # HTML, by what it belongs to
    copied: frozenset[str]  # addresses of the digest's own files

    @property
    def stances(self) -> list[tuple[int, Stance]]:
        """The scale with the sign of each step."""
        scale = self.digest.stances.values()
        return [(tone(step, len(scale)), one) for step, one in enumerate(scale, 1)]

    def set_lines(self, statements: Iterable[Statement]) -> tuple[Line, ...]:
        """Statements as lists show them."""
        return tuple(self.lines[one.id] for one in statements)

    def leads(self, statement: Statement) -> bool:
        """Whether the timeline shows it first: of the kind and side that ``site.yaml`` says."""
        return leads(statement.speaker, self.digest.site)


def edition(digest: Digest, notes: dict[str, str], copied: Iterable[str] = ()) -> Edition:
    """Everything that pages share."""
    shown = what_is_shown(digest)
    wide = widths(digest, shown)
    timeline = arrange(digest)
    in_doubt = disputed(digest)
    carried: dict[str, list[Statement]] = {id: [] for id in digest.articles}
    for one in timeline.statements:
        for article in printed_in(one):
            carried[article].append(one)
    return Edition(
        digest=digest,
        timeline=timeline,
        lines={one.id: line(one, digest, in_doubt, wide) for one in timeline.statements},
        carried=carried,
        coverage=coverage(digest),
        widths=wide,
        concordance=concordance(digest, shown, wide),
        citations={one.id: cite(one, digest) for one in digest.claims if not one.retracted},
        notes=notes,
        copied=frozenset(copied),
    )


def heading(name: str, text: str) -> str:
    """What a page of our own is called: its first heading, or its name."""
    first = next((line for line in text.splitlines() if line.startswith("# ")), name.capitalize())
    return first.removeprefix("# ").strip()

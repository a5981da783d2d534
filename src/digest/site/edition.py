"""A digest as one build sets it: what several pages share, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from msgspec import Struct

from digest.model.claim import Claim, Digest, Statement
from digest.model.entry import Stance
from digest.site.asked import Asked
from digest.site.citation import Citation, citing
from digest.site.concordance import Concordance, concordance
from digest.site.context import Widths
from digest.site.coverage import Coverage, coverage
from digest.site.lines import Line, line, printed_in
from digest.site.printed import DisagreementView, disagreement_view
from digest.site.rights import bounds, what_is_shown
from digest.site.timeline import Timeline, arrange
from digest.site.views import clashes, tone
from digest.site.whose import leads


class Edition(Struct, frozen=True):
    """What pages share; the HTML in it is our own words, rendered.

    Each process that makes pages works out only what its own pages ask for.
    """

    digest: Digest
    timeline: Timeline
    lines: Mapping[str, Line]  # by statement
    carried: dict[str, list[Statement]]  # by article, in the order of the timeline
    coverage: Mapping[str, Coverage]  # by article
    widths: Mapping[str, Widths]  # how much context each article may be printed with
    disagreements: list[DisagreementView]
    disputes: dict[str, list[DisagreementView]]  # by claim or report that they touch
    phrases: Callable[[], Concordance]
    cite: Callable[[Claim], Citation]  # in every form
    notes: dict[str, str]  # HTML, by what it belongs to
    copied: Mapping[str, bytes]  # the digest's own files, by address

    @property
    def concordance(self) -> Concordance:
        """Whose words the phrases are: worked out when it is first asked for."""
        return self.phrases()

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


def edition(digest: Digest, notes: dict[str, str], copied: Mapping[str, bytes] = {}) -> Edition:
    """Everything that pages share."""
    shown, bound = what_is_shown(digest), bounds(digest)
    wide = Asked(digest.articles, lambda one: bound[one.id].widths)
    timeline = arrange(digest)
    at = clashes(digest)
    clashing = [(one, disagreement_view(one, digest, at[one.id])) for one in digest.disagreements]
    disputes: dict[str, list[DisagreementView]] = {}
    for disagreement, shown_as in clashing:
        for id in dict.fromkeys(disagreement.entry.claims):
            disputes.setdefault(id, []).append(shown_as)
    carried: dict[str, list[Statement]] = {id: [] for id in digest.articles}
    for one in timeline.statements:
        for article in printed_in(one):
            carried[article].append(one)
    statements = {one.id: one for one in timeline.statements}
    return Edition(
        digest=digest,
        timeline=timeline,
        lines=Asked(statements, lambda one: line(one, digest, disputes.keys(), wide)),
        carried=carried,
        coverage=coverage(digest),
        widths=wide,
        disagreements=[shown_as for _, shown_as in clashing],
        disputes=disputes,
        phrases=cache(lambda: concordance(digest, shown, bound)),
        cite=citing(digest),
        notes=notes,
        copied=copied,
    )


def heading(name: str, text: str) -> str:
    """What a page of our own is called: its first heading, or its name."""
    first = next((line for line in text.splitlines() if line.startswith("# ")), name.capitalize())
    return first.removeprefix("# ").strip()

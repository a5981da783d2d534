"""Order, neighbours and positions in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from digest.diagnostics import Place
from digest.model.claim import Digest, Event, Statement


class Timeline(Struct, frozen=True):
    """Every statement in the order in which it was said, as far as that is known."""

    statements: tuple[Statement, ...]

    def days(self) -> dict[date, tuple[Statement, ...]]:
        """Statements by the last day they can be of."""
        found: dict[date, list[Statement]] = {}
        for statement in self.statements:
            found.setdefault(statement.moment.working.said.latest, []).append(statement)
        return {day: tuple(statements) for day, statements in found.items()}

    def of(self, speaker: str) -> tuple[Statement, ...]:
        """One speaker's statements."""
        return tuple(one for one in self.statements if one.speaker.id == speaker)

    def positions(self, evening: date) -> dict[str, Statement]:
        """Each speaker's latest statement with a stance, as of that evening.

        A statement known only within a window counts from the window's end on.
        """
        return {
            one.speaker.id: one
            for one in self.statements
            if one.stance and one.moment.working.said.latest <= evening
        }


def arrange(digest: Digest) -> Timeline:
    """The timeline: by latest day, within a day by ``before`` and ``after``, then file order."""
    ranks = Ranks(digest.events)
    standing = (claim for claim in digest.claims if not claim.retracted)
    statements: tuple[Statement, ...] = (*standing, *digest.reports)

    def position(one: Statement) -> tuple[date, int, Place]:
        return one.moment.working.said.latest, ranks.of(one), one.written

    return Timeline(tuple(sorted(statements, key=position)))


class Ranks:
    """Where in its day a statement stands: 0 beside its events, less before, more after."""

    def __init__(self, events: dict[str, Event]) -> None:
        self.events = events
        self._ranks: dict[str, int] = {}

    def of(self, statement: Statement) -> int:
        """The rank of a statement in its day."""
        moment = statement.moment
        own = self._event(moment.event) if moment.event else 0
        return self._around(moment.before, moment.after, own)

    def _event(self, id: str) -> int:
        if id not in self._ranks:
            self._ranks[id] = 0  # an event that stands before itself has no rank
            if id in self.events:
                moment = self.events[id].moment
                self._ranks[id] = self._around(moment.before, moment.after, 0)
        return self._ranks[id]

    def _around(self, before: str | None, after: str | None, own: int) -> int:
        if before:
            return min(own, self._event(before) - 1)
        return max(own, self._event(after) + 1) if after else own


def neighbours(
    one: Statement, among: Iterable[Statement]
) -> tuple[Statement | None, Statement | None]:
    """The statement before and the one after, in the order of ``among``."""
    ordered = list(among)
    at = next(i for i, other in enumerate(ordered) if other.id == one.id)
    return (ordered[at - 1] if at else None), (ordered[at + 1] if at + 1 < len(ordered) else None)

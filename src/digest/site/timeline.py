"""Order, neighbours and positions in time."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from digest.diagnostics import Place
from digest.model.claim import Digest, Event, Statement


class Timeline(Struct, frozen=True):
    """Every statement in the order in which it was said, as far as that is known."""

    statements: tuple[Statement, ...]
    by_speaker: dict[str, list[Statement]]
    places: dict[tuple[str | None, str], int]  # of a statement, among all or its speaker's

    def of(self, speaker: str) -> list[Statement]:
        """One speaker's statements."""
        return self.by_speaker.get(speaker, [])

    def neighbours(
        self, one: Statement, speaker: str | None = None
    ) -> tuple[Statement | None, Statement | None]:
        """The statement before and the one after, among all or among the speaker's."""
        among = self.statements if speaker is None else self.by_speaker[speaker]
        at = self.places[speaker, one.id]
        return (among[at - 1] if at else None), (among[at + 1] if at + 1 < len(among) else None)

    def open_order(self, latest: Statement, ranks: Ranks) -> list[Statement]:
        """The speaker's other statements with a stance that may have come after ``latest``.

        A statement is earlier for certain only if its window ends before the other's begins, or
        if both are of one day and an event stands between them.
        """
        said, rank = latest.moment.working.said, ranks.of(latest)
        found = []
        for one in self.of(latest.speaker.id):
            other = one.moment.working.said
            before = said.earliest is not None and other.latest < said.earliest
            earlier = other.day is not None and other.day == said.day and ranks.of(one) < rank
            counts = one.stance and one.id != latest.id and other.latest <= said.latest
            if counts and not before and not earlier:
                found.append(one)
        return found

    def positions(self, evening: date) -> dict[str, Statement]:
        """Each speaker's latest statement with a stance, as of that evening.

        A statement known only within a window counts from the window's end on; one without a
        stance is about something else, and says nothing of where its speaker stands.
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

    ordered = tuple(sorted(statements, key=position))
    by_speaker: dict[str, list[Statement]] = {}
    places: dict[tuple[str | None, str], int] = {}
    for at, one in enumerate(ordered):
        own = by_speaker.setdefault(one.speaker.id, [])
        places[None, one.id], places[one.speaker.id, one.id] = at, len(own)
        own.append(one)
    return Timeline(ordered, by_speaker, places)


class Ranks:
    """Where in its day a statement stands: 0 beside its events, less before, more after.

    That no event stands before itself was proven with the record.
    """

    def __init__(self, events: dict[str, Event]) -> None:
        self.events = events
        self._ranks: dict[str, int] = {}

    def of(self, statement: Statement) -> int:
        """The rank of a statement in its day."""
        moment = statement.moment
        own = self.event(moment.event) if moment.event else 0
        return self._around(moment.before, moment.after, own)

    def event(self, id: str) -> int:
        """The rank of an event in its day."""
        if id not in self._ranks:
            moment = self.events[id].moment if id in self.events else None
            self._ranks[id] = self._around(moment.before, moment.after, 0) if moment else 0
        return self._ranks[id]

    def _around(self, before: str | None, after: str | None, own: int) -> int:
        if after:
            own = max(own, self.event(after) + 1)
        return min(own, self.event(before) - 1) if before else own

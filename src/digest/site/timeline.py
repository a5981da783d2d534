"""Order, neighbours and positions in time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from itertools import groupby, islice
from typing import TypeVar

from msgspec import Struct

from digest.diagnostics import Place
from digest.model.claim import Digest, Event, Statement
from digest.site.beside import Beside, beside
from digest.site.scale import NEAR, SPOKE_LAST, is_large
from digest.site.whose import leads

_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)


class Timeline(Struct, frozen=True):
    """Every statement in the order in which it was said, as far as that is known."""

    statements: tuple[Statement, ...]
    by_speaker: dict[str, list[Statement]]
    by_day: dict[date, list[Statement]]  # those of which the day is known
    happened: dict[date, list[Event]]  # likewise of events
    by_event: dict[str, list[Statement]]  # those of one occasion
    places: dict[tuple[str | None, str], int]  # of a statement, among all or its speaker's
    evenings: list[tuple[date, tuple[Statement, ...]]]  # where those who lead stood, in time
    ranks: Ranks
    beside: Beside  # what strips show besides
    large: bool  # whether the digest is
    ordering: frozenset[str]  # events that something is told to come before or after, or that do

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

    def occasion(self, one: Statement) -> tuple[list[Statement], int]:
        """What else was said on the same occasion, and how much more of it a page leaves out.

        A large digest leaves out what stands furthest from it.
        """
        same = self.by_event.get(one.moment.event or "", [])
        most = NEAR if self.large else len(same)
        at = bisect_left(same, self.places[None, one.id], key=lambda o: self.places[None, o.id])
        first = max(min(at - most // 2, len(same) - most - 1), 0)
        near = [other for other in same[first : first + most + 1] if other.id != one.id]
        return near, max(len(same) - 1, 0) - len(near)

    def open_order(self, latest: Statement) -> list[Statement]:
        """The speaker's other statements with a stance that may have come after ``latest``.

        A statement is earlier for certain only if its window ends before the other's begins, or
        if both are of one day and an event stands between them.
        """
        said, rank = latest.moment.working.said, self.ranks.of(latest)
        own = self.by_speaker[latest.speaker.id]
        first = bisect_left(own, said.earliest, key=_ends) if said.earliest else 0
        found = []
        for one in own[first : bisect_right(own, said.latest, key=_ends)]:
            other = one.moment.working.said
            earlier = other.day is not None and other == said and self.ranks.of(one) < rank
            if one.stance and one.id != latest.id and not earlier:
                found.append(one)
        return found

    def positions(self, evening: date) -> tuple[Statement, ...]:
        """The latest statement with a stance of each who leads, as of that evening.

        Whoever spoke last is first; of a large digest those who spoke last are all. A statement
        known only within a window counts from the window's end on; one without a stance is about
        something else, and says nothing of where its speaker stands.
        """
        after = bisect_right(self.evenings, evening, key=lambda one: one[0])
        return self.evenings[after - 1][1] if after else ()


def arrange(digest: Digest) -> Timeline:
    """The timeline: by latest day, within a day by ``before`` and ``after``, then file order."""
    ranks = Ranks(digest.events)
    standing = (claim for claim in digest.claims if not claim.retracted)
    statements: tuple[Statement, ...] = (*standing, *digest.reports)

    def position(one: Statement) -> tuple[date, int, Place]:
        return _ends(one), ranks.of(one), one.written

    ordered = tuple(sorted(statements, key=position))
    by_speaker = _grouped(ordered, lambda one: one.speaker.id)
    among_own = ((id, at, one) for id, own in by_speaker.items() for at, one in enumerate(own))
    return Timeline(
        statements=ordered,
        by_speaker=by_speaker,
        by_day=_grouped(ordered, lambda one: one.moment.working.said.day),
        happened=_grouped(digest.events.values(), lambda one: one.moment.working.said.day),
        by_event=_grouped(ordered, lambda one: one.moment.event),
        places={
            **{(None, one.id): at for at, one in enumerate(ordered)},
            **{(speaker, one.id): at for speaker, at, one in among_own},
        },
        evenings=list(_evenings(ordered, digest)),
        ranks=ranks,
        beside=beside(digest),
        large=is_large(digest),
        ordering=_ordering(ordered, digest.events),
    )


def _grouped(things: Iterable[_T], by: Callable[[_T], _K | None]) -> dict[_K, list[_T]]:
    """Things by what they share, in their order; what has none of it is left out."""
    groups: dict[_K, list[_T]] = {}
    for one in things:
        if (key := by(one)) is not None:
            groups.setdefault(key, []).append(one)
    return groups


def _ends(one: Statement) -> date:
    """The last day on which it can have been said."""
    return one.moment.working.said.latest


def _evenings(
    ordered: Iterable[Statement], digest: Digest
) -> Iterator[tuple[date, tuple[Statement, ...]]]:
    """Each day on which something ends, and the positions of that evening."""
    most = SPOKE_LAST if is_large(digest) else None
    latest: dict[str, Statement] = {}  # by speaker, whoever spoke last at the end
    for day, said in groupby(ordered, key=_ends):
        for one in said:
            if one.stance and leads(one.speaker, digest.site):
                latest.pop(one.speaker.id, None)
                latest[one.speaker.id] = one
        yield day, tuple(islice(reversed(latest.values()), most))


def _ordering(statements: Iterable[Statement], events: dict[str, Event]) -> frozenset[str]:
    """The events that something is told to come before or after, or that do so themselves."""
    moments = [*(one.moment for one in statements), *(one.moment for one in events.values())]
    named = {id for moment in moments for id in (moment.before, moment.after) if id}
    own = {one.id for one in events.values() if one.moment.before or one.moment.after}
    return frozenset(named | own)


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

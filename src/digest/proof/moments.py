"""When things were said: events, and the days of claims and reports, each with its working."""

from __future__ import annotations

from typing import Any

from digest.dates import Window, a_day
from digest.diagnostics import SHOWN, Diagnostic
from digest.model.claim import Curated, Event, Moment, Passage, Working
from digest.model.entry import SideEntry, When
from digest.model.record import OnRecord, Record
from digest.proof.days import Dated, Doubt, find_when, moment, work_out
from digest.proof.misses import Miss

Step = str | int
_LONGEST = 100  # events that count from one another


class Moments:
    """The days of one record, worked out as they are asked for, and what was wrong with them."""

    def __init__(self, record: Record, curated: dict[str, Curated]) -> None:
        self.record = record
        self.curated = curated
        self.findings: list[Diagnostic] = []
        self._events: dict[str, Moment | None] = {}  # None: at fault
        self._under_way: list[str] = []  # events being worked out, each from the one before

    def anew(self) -> Moments:
        """The same days, with nothing wrong yet."""
        other = Moments(self.record, self.curated)
        other._events = self._events
        return other

    def happened(self) -> dict[str, Moment | None]:
        """The moment of each event, None of one at fault; one that counts from another waits."""
        return {id: self._event(id) for id in self.record.events}

    def events(self, happened: dict[str, Moment | None]) -> dict[str, Event]:
        """Every event with its day, as it was worked out now or before."""
        if None not in happened.values():  # else they are worked out again: here it is told why
            self._events = happened
        entries = self.record.events
        every = self.happened().items()
        return {id: Event(id, entries[id].entry, moment) for id, moment in every if moment}

    def of(self, entry: OnRecord[Any], article: str, printed_at: int) -> Moment | None:
        """The moment of a claim or report printed there: its event's, or its own."""
        own = entry.entry
        if own.at is None:
            working = self._working(entry, article, printed_at)
            return moment(own, working) if working else None
        if own.said or own.when or own.because:
            hint = f'it is that of "{own.at}": leave out at:, or said:, when: and because:'
            twice = entry.finding("day-twice", "the day is given twice", "at", hints=(hint,))
            self.findings.append(twice)
        shared = self._event(own.at)
        if shared is None:
            return None
        fields = ("venue", "medium", "before", "after")
        kept = (getattr(own, field) or getattr(shared, field) for field in fields)
        return Moment(shared.working, own.at, *kept)

    def of_side(self, entry: OnRecord[Any], index: int, side: SideEntry, at: int) -> Working | None:
        """The day that one side of a disagreement holds, if it is one that words give."""
        if side.when is None:
            return None
        steps = ("sides", index)
        if a_day(side.holds) is None:
            miss = Miss("day-form", "not a day: write it as 2025-05-19")
            self.findings.append(miss.finding(entry, *steps, "holds"))
        dated = Dated(a_day(side.holds), None, self.published(side.in_))
        return self._worked_out(entry, dated, side.when, side.in_, at, *steps)

    def published(self, article: str | None) -> Window | None:
        """The article's own day, as far as it is known."""
        return self.curated[article].published if article in self.curated else None

    def _event(self, id: str) -> Moment | None:
        """The moment of an event; None while or if it has none."""
        if id in self.record.events and id not in self._events and len(self._under_way) < _LONGEST:
            self._under_way.append(id)
            entry = self.record.events[id]
            working = self._working(entry, entry.entry.in_, None)
            self._events[id] = moment(entry.entry, working, id) if working else None
            self._under_way.pop()
        return self._events.get(id)

    def _working(
        self, entry: OnRecord[Any], article: str | None, printed_at: int | None
    ) -> Working | None:
        own = entry.entry
        dated = Dated(own.said, own.because, self.published(article))
        return self._worked_out(entry, dated, own.when, article, printed_at)

    def _worked_out(
        self,
        entry: OnRecord[Any],
        dated: Dated,
        when: When | None,
        article: str | None,
        printed_at: int | None,
        *steps: Step,
    ) -> Working | None:
        """The day with its working, or None with what is wrong reported."""
        words = self._words(entry, when, article, printed_at, *steps) if when else None
        than = self._other_event(entry, when, *steps)
        if when and (words is None or (when.than and than is None)):
            return None  # what is wrong with them was reported
        if when and words:
            published = self.published(words.article)
            dated = Dated(dated.said, dated.because, published, when.ahead == "yes")
        result = work_out(dated, words, than)
        if isinstance(result, Working):
            return result
        self.findings.append(result.miss.finding(entry, *self._mended_at(result, steps)))
        return None

    def _mended_at(self, doubt: Doubt, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        """The field of the record that a doubt is about."""
        if doubt.field == "when":
            return (*steps, "when", "words")
        return (*steps, "holds") if steps else ("said",)

    def _words(
        self,
        entry: OnRecord[Any],
        when: When,
        article: str | None,
        printed_at: int | None,
        *steps: Step,
    ) -> Passage | None:
        """The words for the day in their article."""
        curated = self.curated.get(when.in_ or article or "")
        if curated is None:
            if when.in_ is None and article is None:
                miss = Miss("when-where", "say in which article these words stand: in: …")
                self.findings.append(miss.finding(entry, *steps, "when"))
            return None
        here = printed_at if when.in_ in (None, article) else None
        found = find_when(when, curated.id, curated.article, here)
        if isinstance(found, Passage):
            return found
        field = "after" if found.rule == "passage-place" else "words"
        search = len(self.findings) < SHOWN
        self.findings.append(found.finding(entry, *steps, "when", field, search=search))
        return None

    def _other_event(
        self, entry: OnRecord[Any], when: When | None, *steps: Step
    ) -> tuple[str, Window] | None:
        """The event that the words count from, and its day; None if its day is not known."""
        if when is None or when.than is None or when.than not in self.record.events:
            return None
        if when.than in self._under_way:
            chain = " → ".join([*self._under_way, when.than])
            miss = Miss("when-cycle", f"counts from itself: {chain}", ("date one of them itself",))
            self.findings.append(miss.finding(entry, *steps, "when", "than"))
            return None
        if len(self._under_way) == _LONGEST and when.than not in self._events:
            message = f"more than {_LONGEST} events count from one another"
            miss = Miss("when-chain", message, ("date one of them itself",))
            self.findings.append(miss.finding(entry, *steps, "when", "than"))
        happened = self._event(when.than)
        what = self.record.events[when.than].entry.what
        return (what, happened.working.said) if happened else None

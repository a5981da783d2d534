"""Words, passages, voices and days found in their articles, or why not.

The only room that makes a verified printing or passage. Everything it finds wrong is a
diagnostic at the line of the record that has to be mended.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from digest.dates import Window, a_day
from digest.diagnostics import Diagnostic
from digest.model.article import Article
from digest.model.claim import (
    Claim,
    Curated,
    Digest,
    Disagreement,
    Dismissed,
    Event,
    Moment,
    Passage,
    Printing,
    Report,
    Side,
    Speaker,
    Voice,
    Working,
)
from digest.model.entry import ClaimEntry, PrintedEntry, SideEntry, SiteEntry, When
from digest.model.record import OnRecord, Record
from digest.proof.attribution import check_speaker
from digest.proof.audit import Account
from digest.proof.curated import curate
from digest.proof.days import Dated, Doubt, find_when, moment, work_out
from digest.proof.words import Miss, find_passage, find_stretch
from digest.wording import Span

E = TypeVar("E")
Step = str | int


def verify(
    record: Record, articles: Iterable[Article], site: SiteEntry
) -> tuple[Digest, list[Diagnostic]]:
    """The record held against its articles: all that is proven, and all that is not."""
    proof = _Proof(record, articles)
    events = proof.events()
    claims = tuple(filter(None, map(proof.claim, record.claims.values())))
    reports = tuple(filter(None, map(proof.report, record.reports.values())))
    dismissed = tuple(proof.dismissals())
    disagreements = tuple(map(proof.disagreement, record.disagreements.values()))
    waiting = proof.account.waiting(proof.articles)
    findings = [*proof.findings, *proof.account.findings]
    digest = Digest(
        site=site,
        stances={id: stance.entry for id, stance in record.stances.items()},
        phrases=record.phrases,
        names=record.names,
        articles=proof.curated,
        speakers={id: Speaker(id, speaker.entry) for id, speaker in record.speakers.items()},
        events=events,
        claims=claims,
        reports=reports,
        dismissed=dismissed,
        waiting=waiting,
        disagreements=disagreements,
    )
    return digest, findings


class _Proof:
    """One verification under way: what is found so far, and what was wrong."""

    def __init__(self, record: Record, articles: Iterable[Article]) -> None:
        self.record = record
        self.articles = tuple(articles)
        self.curated, self.findings = curate(record, self.articles)
        self.texts = {id: curated.article for id, curated in self.curated.items()}
        self.account = Account()
        self.moments: dict[
            str, Moment | None
        ] = {}  # of events; None: being worked out, or at fault

    # -- Articles and words

    def article(self, id: str) -> Curated | None:
        """The article, or None: an unknown id was reported with the references."""
        return self.curated.get(id)

    def miss(self, entry: OnRecord[Any], miss: Miss, *steps: Step) -> None:
        self.findings.append(entry.finding(miss.rule, miss.message, *steps, hints=miss.hints))

    def kept(
        self, entry: OnRecord[Any], found: Span | Miss, article: str, *steps: Step
    ) -> Passage | None:
        """The passage at a found span, or None with the miss reported."""
        if isinstance(found, Miss):
            self.miss(entry, found, *steps)
            return None
        return Passage(article, found, found.of(self.texts[article].text))

    def passage(
        self, entry: OnRecord[Any], words: str, article: str, *steps: Step
    ) -> Passage | None:
        """A run of whole words in an article."""
        text = self.texts.get(article)
        return self.kept(entry, find_passage(words, text), article, *steps) if text else None

    def stretch(
        self, entry: OnRecord[Any], words: str, article: str, after: str | None, *steps: Step
    ) -> Passage | None:
        """A whole stretch of an article, entered in the account as claimed by ``entry``."""
        text = self.texts.get(article)
        if text is None:
            return None
        found = find_stretch(words, text, self.texts, after)
        if isinstance(found, Miss):
            return self.kept(entry, found, article, *steps)
        stretch, span = found
        self.account.claim(text, stretch, entry, entry.place(*steps))
        return self.kept(entry, span, article, *steps)

    # -- Days

    def events(self) -> dict[str, Event]:
        """Every event with its day; one that counts from another waits for it."""
        found = {}
        for id, entry in self.record.events.items():
            happened = self.event_moment(id)
            if happened:
                found[id] = Event(id, entry.entry, happened)
        return found

    def event_moment(self, id: str) -> Moment | None:
        if id not in self.moments and id in self.record.events:
            self.moments[id] = None  # an event that counts from itself finds nothing here
            entry = self.record.events[id]
            article = (entry.entry.when and entry.entry.when.in_) or entry.entry.in_
            working = self.working(entry, article, None)
            self.moments[id] = moment(entry.entry, working, id) if working else None
        return self.moments.get(id)

    def moment(self, entry: OnRecord[Any], article: str, printed_at: int) -> Moment | None:
        """The moment of a claim or report: its event's, or its own; its own place goes before."""
        own = entry.entry
        if own.at is None:
            working = self.working(entry, article, printed_at)
            return moment(own, working) if working else None
        if own.said or own.when or own.because:
            hint = (
                f'it is that of the event "{own.at}": leave out at:, or said:, when: and because:'
            )
            self.findings.append(
                entry.finding("day-twice", "the day is given twice", "at", hints=(hint,))
            )
        shared = self.event_moment(own.at)
        if shared is None:
            return None
        fields = ("venue", "medium", "before", "after")
        kept = (getattr(own, field) or getattr(shared, field) for field in fields)
        return Moment(shared.working, own.at, *kept)

    def working(
        self, entry: OnRecord[Any], article: str | None, printed_at: int | None
    ) -> Working | None:
        own = entry.entry
        dated = Dated(own.said, own.because, self.published(article))
        return self.worked_out(entry, dated, own.when, article, printed_at)

    def worked_out(
        self, entry: OnRecord[Any], dated: Dated, when: When | None, article: str | None,
        printed_at: int | None, *steps: Step,
    ) -> Working | None:  # fmt: skip
        """The day with its working, or None with what is wrong reported."""
        words = None
        if when:
            article = when.in_ or article
            curated = self.article(article) if article else None
            if curated is None:
                return None
            dated = Dated(dated.said, dated.because, curated.published, when.ahead == "yes")
            here = printed_at if when.in_ in (None, article) and not when.in_ else None
            found = find_when(when, curated.id, curated.article, here)
            if isinstance(found, Miss):
                field = "after" if found.rule == "passage-place" else "words"
                self.miss(entry, found, *steps, "when", field)
                return None
            words = found
        result = work_out(dated, words, self.other_event(when))
        if isinstance(result, Doubt):
            said = ("said",) if not steps else (*steps, "holds")
            self.miss(
                entry, result.miss, *(said if result.field == "said" else (*steps, "when", "words"))
            )
            return None
        return result

    def other_event(self, when: When | None) -> tuple[str, Window] | None:
        """The event that the words count from, and its day."""
        happened = self.event_moment(when.than) if when and when.than else None
        if not when or not when.than or not happened:
            return None
        return self.record.events[when.than].entry.what, happened.working.said

    def published(self, article: str | None) -> Window | None:
        curated = self.article(article) if article else None
        return curated.published if curated else None

    # -- Claims, reports, disagreements, dismissals

    def claim(self, entry: OnRecord[ClaimEntry]) -> Claim | None:
        """A claim with every printing found, or None with what was not."""
        own = entry.entry
        printings = [self.printing(entry, i, printed) for i, printed in enumerate(own.printed)]
        first = printings[0]
        speaker = self.speaker(entry, own.speaker, "speaker")
        said = self.moment(entry, first.article, first.segments[0].span.start) if first else None
        whole = [printing for printing in printings if printing]
        if speaker:
            self.findings += check_speaker(entry, speaker, whole, self.texts)
        if not first or not speaker or not said or len(whole) < len(printings):
            return None
        self.findings += self.too_late(entry, said, whole)
        return Claim(
            **self.shared(entry, speaker, said, own.role),
            printings=tuple(whole),
            short=self.part(entry, own.short, first.segments, "short"),
            voices=tuple(self.voices(entry, first.segments)),
            prompt=self.passage(entry, own.prompt, first.article, "prompt") if own.prompt else None,
        )

    def printing(self, entry: OnRecord[Any], index: int, printed: PrintedEntry) -> Printing | None:
        words = [printed.words] if isinstance(printed.words, str) else printed.words
        at: tuple[Step, ...] = ("printed", index, "words")
        segments = [
            self.stretch(entry, segment, printed.in_, None if number else printed.after,
                         *(at if isinstance(printed.words, str) else (*at, number)))
            for number, segment in enumerate(words)
        ]  # fmt: skip
        again = [
            self.stretch(entry, fragment, printed.in_, None, "printed", index, "again", number)
            for number, fragment in enumerate(printed.again)
        ]
        found = tuple(segment for segment in segments if segment)
        if len(found) < len(segments) or None in again:
            return None
        if [segment.span for segment in found] != sorted(segment.span for segment in found):
            self.miss(entry, Miss("words-order", "the segments stand in another order"), *at)
        return Printing(printed.in_, found, tuple(printed.via), tuple(filter(None, again)))

    def report(self, entry: OnRecord[Any]) -> Report | None:
        own = entry.entry
        passage = self.passage(entry, own.passage, own.in_, "passage")
        speaker = self.speaker(entry, own.by, "by")
        said = self.moment(entry, own.in_, passage.span.start) if passage else None
        if not passage or not speaker or not said:
            return None
        return Report(**self.shared(entry, speaker, said, None), passage=passage)

    def shared(
        self, entry: OnRecord[Any], speaker: Speaker, said: Moment, role: str | None
    ) -> dict[str, Any]:
        own = entry.entry
        return {
            "id": entry.id,
            "speaker": speaker,
            "role": role or speaker.entry.role,
            "moment": said,
            "stance": own.stance,
            "condition": own.condition,
            "leaving": own.leaving,
            "note": own.note,
            "turning_point": own.turning_point,
            "written": entry.place(),
        }

    def speaker(self, entry: OnRecord[Any], id: str, field: str) -> Speaker | None:
        known = self.record.speakers.get(id)
        return Speaker(id, known.entry) if known else None

    def part(
        self, entry: OnRecord[Any], words: str | None, segments: Iterable[Passage], *steps: Step
    ) -> Passage | None:
        """Words within one of the segments, at word ends."""
        if words is None:
            return None
        for segment in segments:
            text = self.texts[segment.article]
            found = find_passage(words, text, within=segment.span, nearest_to=segment.span.start)
            if not isinstance(found, Miss):
                return self.kept(entry, found, segment.article)
        self.miss(
            entry, Miss("part-not-found", "is not a run of whole words of one segment"), *steps
        )
        return None

    def voices(self, entry: OnRecord[ClaimEntry], segments: tuple[Passage, ...]) -> Iterable[Voice]:
        for index, voice in enumerate(entry.entry.voices):
            words = self.part(entry, voice.words, segments, "voices", index, "words")
            if words:
                yield Voice(words, voice)

    def too_late(
        self, entry: OnRecord[Any], said: Moment, printings: Iterable[Printing]
    ) -> Iterable[Diagnostic]:
        """A claim is never dated after an article that carries it."""
        for index, printing in enumerate(printings):
            published = self.published(printing.article)
            earliest = said.working.said.earliest or said.working.said.latest
            if published and earliest > published.latest:
                message = f'dated {said.working.said}, but "{printing.article}" is of {published}'
                yield entry.finding("day-after-article", message, "printed", index, "in")

    def disagreement(self, entry: OnRecord[Any]) -> Disagreement:
        sides = (self.side(entry, index, side) for index, side in enumerate(entry.entry.sides))
        return Disagreement(entry.id, entry.entry, tuple(filter(None, sides)))

    def side(self, entry: OnRecord[Any], index: int, side: SideEntry) -> Side | None:
        passage = self.passage(entry, side.passage, side.in_, "sides", index, "passage")
        day, working = a_day(side.holds), None
        if passage and side.when:
            dated = Dated(day, None, self.published(side.in_))
            working = self.worked_out(
                entry, dated, side.when, side.in_, passage.span.start, "sides", index
            )
        return Side(passage, side.holds, working) if passage else None

    def dismissals(self) -> Iterable[Dismissed]:
        for article, stretches in self.record.dismissed.items():
            text = self.texts.get(article)
            for entry in stretches.values():
                found = (
                    find_stretch(entry.id, text, self.texts, entry.entry.after) if text else None
                )
                if text is None or found is None:
                    continue
                if isinstance(found, Miss):
                    self.miss(entry, found)
                    continue
                self.account.claim(text, found[0], entry, entry.place())
                words = found[0].span.of(text.text)
                yield Dismissed(article, found[0], words, entry.entry.because)

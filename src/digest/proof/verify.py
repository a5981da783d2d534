"""Words, passages, voices and days found in their articles, or why not.

The only room that makes a verified printing. Everything it finds wrong is a diagnostic at
the line of the record that has to be mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Any

from msgspec import Struct

from digest.diagnostics import SHOWN, Diagnostic
from digest.model.article import Article
from digest.model.claim import (
    Claim,
    Disagreement,
    Dismissed,
    Moment,
    Passage,
    Printing,
    Report,
    Side,
    Speaker,
    Voice,
)
from digest.model.entry import ClaimEntry, DisagreementEntry, PrintedEntry, ReportEntry
from digest.model.record import OnRecord, Record
from digest.proof.audit import Spoken
from digest.proof.curated import curate
from digest.proof.misses import Miss, no_passage
from digest.proof.moments import Moments
from digest.proof.rules import check_apart, check_day, check_lang, check_printed_once, check_speaker
from digest.proof.words import find_passage, find_stretch, find_stretches
from digest.wording import Span, passages

Step = str | int


class Part(Struct, frozen=True, array_like=True):
    """What one file of the record says that was proven, and what was not."""

    claims: list[Claim]
    reports: list[Report]
    spoken: list[Spoken]
    findings: list[Diagnostic]


class Proof:
    """One verification under way: what is found so far, and what was wrong."""

    def __init__(
        self, record: Record, articles: tuple[Article, ...], unread: frozenset[str]
    ) -> None:
        self.record = record
        self.curated, self.findings = curate(record, articles, unread)
        self.texts = {id: curated.article for id, curated in self.curated.items()}
        self.speakers = {id: Speaker(id, one.entry) for id, one in record.speakers.items()}
        self.moments = Moments(record, self.curated)
        self.spoken: list[Spoken] = []

    def of_file(
        self, claims: Iterable[OnRecord[ClaimEntry]], reports: Iterable[OnRecord[ReportEntry]]
    ) -> Part:
        """What can be proven of the claims and reports of one file, by itself."""
        own = copy(self)
        own.findings, own.spoken, own.moments = [], [], self.moments.anew()
        proven = list(filter(None, map(own.claim, claims)))
        told = list(filter(None, map(own.report, reports)))
        return Part(proven, told, own.spoken, [*own.findings, *own.moments.findings])

    # -- Words. An id that names nothing was reported with the references: here it is passed over.

    def kept(
        self, entry: OnRecord[Any], found: Span | Miss, article: str, *steps: Step
    ) -> Passage | None:
        """The passage at a found span, or None with the miss reported."""
        if isinstance(found, Miss):
            search = len(self.findings) < SHOWN
            self.findings.append(found.finding(entry, *steps, search=search))
            return None
        return Passage(article, found, found.of(self.texts[article].text))

    def passage(
        self, entry: OnRecord[Any], words: str, article: str, *steps: Step
    ) -> Passage | None:
        """A run of whole words in an article, none of which stand apart."""
        text = self.texts.get(article)
        found = self.kept(entry, find_passage(words, text), article, *steps) if text else None
        if found and self.curated[article].bars(found.span):
            message = "holds what is never printed: a caption, boilerplate, an address"
            miss = Miss("passage-apart", message, ("give other words",))
            self.findings.append(miss.finding(entry, *steps))
        return found

    def stretch(
        self,
        entry: OnRecord[Any],
        words: str,
        article: str,
        *steps: Step,
        after: str | None = None,
        beyond: int | None = None,
    ) -> Passage | None:
        """A whole stretch of an article, entered in the account as claimed by ``entry``."""
        text = self.texts.get(article)
        if text is None:
            return None
        found = find_stretch(words, text, self.texts, after, beyond)
        if isinstance(found, Miss):
            return self.kept(entry, found, article, *steps)
        self.spoken.append(Spoken.by(entry, text, found[0], *steps))
        return self.kept(entry, found[1], article, *steps)

    def part(
        self, entry: OnRecord[Any], words: str, segments: Sequence[Passage], *steps: Step
    ) -> Passage | None:
        """A run of whole words within one of the segments."""
        for segment in segments:
            text, within = self.texts[segment.article], segment.span
            found = passages(words, text.folded, text.text, within.start, within.end)
            if found:
                return self.kept(entry, found[0], segment.article)
        text, span = self.texts[segments[0].article], segments[0].span
        return self.kept(entry, no_passage(words, text, None, span), text.file, *steps)

    def short(self, entry: OnRecord[Any], segments: Sequence[Passage]) -> Passage | None:
        """The part of a statement that lists show where there is little room."""
        words = entry.entry.short
        return self.part(entry, words, segments, "short") if words else None

    # -- Claims and reports

    def claim(self, entry: OnRecord[ClaimEntry]) -> Claim | None:
        """A claim with every printing found, or None with what was not."""
        own = entry.entry
        printings = [self.printing(entry, i, printed) for i, printed in enumerate(own.printed)]
        whole = tuple(printing for printing in printings if printing)
        speaker = self.speakers.get(own.speaker)
        first = printings[0]
        if first is None:
            return None
        segments = first.segments
        said = self.moments.of(entry, first.article, segments[0].span.start)
        prompt = own.prompt and self.passage(entry, own.prompt, first.article, "prompt")
        short = self.short(entry, segments)
        voices = tuple(self.voices(entry, segments))
        self.findings += check_printed_once(entry)
        if not speaker or not said or len(whole) < len(printings):
            return None
        for index, printing in enumerate(whole):
            at = ("printed", index, "in")
            article = self.curated[printing.article]
            self.findings += check_speaker(entry, speaker, article, *at)
            self.findings += check_day(entry, said, article, *at)
            self.findings += check_apart(entry, printing, article, "printed", index, "words")
        return Claim(
            **_statement(entry, speaker, said, own.role, short),
            printings=whole,
            voices=voices,
            prompt=prompt or None,
            checked=tuple(own.checked),
            corrections=tuple(own.corrections),
            formerly=tuple(own.formerly),
            retracted=own.retracted,
        )

    def printing(
        self, entry: OnRecord[ClaimEntry], index: int, printed: PrintedEntry
    ) -> Printing | None:
        """One article's printing, with every segment found, in the order of the article."""
        at: tuple[Step, ...] = ("printed", index, "words")
        self.findings += check_lang(entry, printed.lang, "printed", index, "lang")
        words = {at: printed.words} if isinstance(printed.words, str) else {}
        words |= {(*at, n): part for n, part in enumerate(printed.words) if not words}
        segments: list[Passage | None] = []
        for steps, part in words.items():
            before = segments[-1] if segments else None
            segments.append(
                self.stretch(
                    entry,
                    part,
                    printed.in_,
                    *steps,
                    after=None if segments else printed.after,
                    beyond=before.span.end if before else None,
                )
            )
        again = [self.again(entry, printed, index, n) for n in range(len(printed.again))]
        found = tuple(segment for segment in segments if segment)
        if len(found) < len(segments) or None in again:
            return None
        if list(found) != sorted(found, key=lambda segment: segment.span):
            miss = Miss("words-order", "the segments stand in another order in the article")
            self.findings.append(miss.finding(entry, *at))
        return Printing(
            article=printed.in_,
            segments=found,
            via=tuple(printed.via),
            again=tuple(filter(None, again)),
            lang=printed.lang or self.curated[printed.in_].entry.lang,
        )

    def again(
        self, entry: OnRecord[ClaimEntry], printed: PrintedEntry, index: int, number: int
    ) -> Passage | None:
        """A further stretch of the article that repeats words of the claim."""
        steps: tuple[Step, ...] = ("printed", index, "again", number)
        fragment = printed.again[number]
        if isinstance(fragment, str):
            return self.stretch(entry, fragment, printed.in_, *steps)
        steps = (*steps, "words")
        return self.stretch(entry, fragment.words, printed.in_, *steps, after=fragment.after)

    def voices(self, entry: OnRecord[ClaimEntry], segments: tuple[Passage, ...]) -> Iterator[Voice]:
        """Words inside the quotation that somebody else is made to say."""
        for index, voice in enumerate(entry.entry.voices):
            words = self.part(entry, voice.words, segments, "voices", index, "words")
            if words:
                yield Voice(words, voice)

    def report(self, entry: OnRecord[ReportEntry]) -> Report | None:
        """A report with its passage found, or None with what was not."""
        own = entry.entry
        passage = self.passage(entry, own.passage, own.in_, "passage")
        speaker = self.speakers.get(own.by)
        said = self.moments.of(entry, own.in_, passage.span.start) if passage else None
        if not passage or not speaker or not said:
            return None
        self.findings += check_speaker(entry, speaker, self.curated[own.in_], "in")
        self.findings += check_day(entry, said, self.curated[own.in_], "in")
        short = self.short(entry, (passage,))
        return Report(**_statement(entry, speaker, said, None, short), passage=passage)

    # -- What is not a statement

    def disagreement(self, entry: OnRecord[DisagreementEntry]) -> Disagreement:
        """A disagreement with those of its sides that were found."""
        sides = []
        for index, side in enumerate(entry.entry.sides):
            passage = self.passage(entry, side.passage, side.in_, "sides", index, "passage")
            if passage:
                working = self.moments.of_side(entry, index, side, passage.span.start)
                sides.append(Side(passage, side.holds, working))
        return Disagreement(entry.id, entry.entry, tuple(sides))

    def dismissals(self) -> Iterator[Dismissed]:
        """Every dismissed stretch; one that stands twice is dismissed twice, but for ``after``."""
        for article, stretches in self.record.dismissed.items():
            for entry in stretches.values():
                text, after = self.texts.get(article), entry.entry.after
                found = find_stretches(entry.id, text, after) if text else []
                if text and not found:
                    self.stretch(entry, entry.id, article, after=after)
                for stretch, span in found:
                    self.spoken.append(Spoken.by(entry, self.texts[article], stretch))
                    words = self.kept(entry, span, article)
                    if words:
                        yield Dismissed(words, entry.entry.because)

    def uncurated(self, articles: Iterable[Article]) -> tuple[Article, ...]:
        """Files in ``seeds/`` that the record does not know yet."""
        known = {entry.entry.file for entry in self.record.articles.values()}
        return tuple(article for article in articles if article.file not in known)


def _statement(
    entry: OnRecord[Any],
    speaker: Speaker,
    said: Moment,
    role: str | None,
    short: Passage | None,
) -> dict[str, Any]:
    """The fields that claims and reports share."""
    own = entry.entry
    return {
        "id": entry.id,
        "speaker": speaker,
        "role": role or speaker.entry.role,
        "moment": said,
        "stance": own.stance,
        "condition": own.condition,
        "leaving": own.leaving,
        "short": short,
        "note": own.note,
        "turning_point": own.turning_point,
        "written": entry.place(),
    }

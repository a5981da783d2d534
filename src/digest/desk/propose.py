"""What is proposed for an article: each quotation as the entry that would go into the record."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from msgspec import Struct

from digest.dates import Window
from digest.desk import naming
from digest.desk.copies import printed_again, same_words
from digest.model.article import Article, Stretch
from digest.model.claim import Working
from digest.model.entry import Days, When
from digest.model.record import Record
from digest.proof.days import Dated, find_when, work_out
from digest.proof.misses import Miss
from digest.proof.words import find_stretches
from digest.reading import read
from digest.reading.quotation import Person, Quotation, Said
from digest.wording import SKIPPED, fold

Fields = dict[str, Any]
_BEFORE = 40  # code points of the words that tell two equal stretches apart
_QUOTED = re.compile('[“"]([^“”"]+)[”"]')


class Draft(Struct, frozen=True):
    """What ``add`` proposes: an article's entry, speakers it brings, and its proposals."""

    article: str
    entry: Fields
    speakers: dict[str, Fields]
    proposals: dict[str, Fields]


class Proposer:
    """Proposals for one article under way: which stretches wait, and which ids are taken."""

    def __init__(
        self,
        id: str,
        article: Article,
        record: Record,
        published: Window | None,
        waiting: Iterable[Stretch],
    ) -> None:
        self.id, self.article, self.record = id, article, record
        self.published = published
        self.waiting = {stretch.span.start: stretch for stretch in waiting}
        self.taken = set(record.known["claims"] | record.known["reports"])
        self.taken.update(id for one in record.claims.values() for id in one.entry.formerly)
        self.speakers: dict[str, Fields] = {}
        self.proposals: dict[str, Fields] = {}
        self.numbers = count(1)

    def draft(self, entry: Fields, original: str | None) -> Draft:
        """Everything that waits, proposed; ``original`` is the article that this one copies."""
        if original:
            self.copied(original)
        for quotation in read(self.article.text, self.published, people(self.record)):
            self.quotation(quotation)
        for stretch in list(self.waiting.values()):
            self.terms([stretch], "no quotation was read here")
        return Draft(self.id, entry, self.speakers, self.proposals)

    def copied(self, original: str) -> None:
        """Further printings, and dismissals, as the article has them that this one copies."""
        for claim, fields in printed_again(self.record, original, self.article):
            words = [*fields["words"], *fields.get("again", [])]
            stretches = self.taken_from_waiting(words)
            if len(stretches) == len(words):
                self.printing(claim, fields, stretches[0], f"a copy of {original}, which prints it")
        for term, dismissed in self.record.dismissed.get(original, {}).items():
            stretches = self.taken_from_waiting([term])
            if stretches:
                why = dismissed.entry.because
                self.terms(stretches, f"dismissed in {original}, of which this is a copy: {why}")

    def taken_from_waiting(self, words: Sequence[str]) -> list[Stretch]:
        """The waiting stretches that are these words, each from behind the one before."""
        found: list[Stretch] = []
        for one in words:
            here = [s for s, _ in find_stretches(one, self.article) if s.span.start in self.waiting]
            later = [s for s in here if not found or s.span.start > found[-1].span.start]
            if not here:
                return []
            found.append((later or here)[0])
        for stretch in found:
            self.waiting.pop(stretch.span.start, None)
        return found

    def quotation(self, quotation: Quotation) -> None:
        """A claim, a further printing of one, or a term; nothing if all of it is decided."""
        reached = list(self.reached(quotation))
        if reached and {"term", "heading"} & set(quotation.flags):
            self.terms(reached, quotation.because)
        elif reached:
            self.claim(quotation, reached)

    def reached(self, quotation: Quotation) -> Iterator[Stretch]:
        """The stretches that a quotation touches, which wait no longer."""
        every = self.article.stretches
        for part in quotation.segments:
            first = bisect_right(every, part.start, key=lambda stretch: stretch.marked.end)
            end = bisect_left(every, part.end, key=lambda stretch: stretch.span.start)
            for stretch in every[first:end]:
                if self.waiting.pop(stretch.span.start, None):
                    yield stretch

    def claim(self, quotation: Quotation, stretches: list[Stretch]) -> None:
        """What somebody says, with day and place."""
        speaker = self.speaker(quotation)
        words = [self.words(stretch) for stretch in stretches]
        known = same_words(self.record, words, speaker)
        printed = {"words": words} | ({"via": list(quotation.via)} if quotation.via else {})
        if known:
            self.printing(known, printed, stretches[0], f"{known} has these words")
            return
        claim: Fields = {"speaker": speaker} if speaker else {}
        claim |= self.dated(quotation.said, stretches[0])
        claim |= {"venue": quotation.venue} if quotation.venue else {}
        claim |= {"medium": quotation.medium} if quotation.medium else {}
        claim["printed"] = [self.printed(printed, stretches[0])]
        told = quotation.because + (f"; {quotation.said.because}" if quotation.said else "")
        named = quotation.speaker or ("unnamed" in quotation.flags and quotation.mention) or None
        self.propose(
            naming.of_claim(named, words[0]),
            {"claim": claim, "cue": quotation.cue, "tier": quotation.tier, "because": told},
        )

    def printing(self, claim: str, fields: Fields, first: Stretch, because: str) -> None:
        """One more printing of a claim that the record has."""
        printed = self.printed(fields, first)
        self.propose(f"{claim}-again", {"of": claim, "printed": printed, "because": because})

    def terms(self, stretches: list[Stretch], because: str) -> None:
        """Stretches that seem to be nobody's statement."""
        words = [self.words(stretch) for stretch in stretches]
        self.propose(naming.slug(words[0]), {"terms": words, "because": because})

    def propose(self, wanted: str, fields: Fields) -> None:
        """Enter a proposal under a free id and the next number."""
        number = str(next(self.numbers))
        id = naming.free(wanted, self.taken, f"{self.id[:80]}-{number}")
        self.taken.add(id)
        self.proposals[id] = {"number": number, **{k: v for k, v in fields.items() if v}}

    def printed(self, fields: Fields, first: Stretch) -> Fields:
        """A printing in this article; ``after`` where its first stretch stands twice."""
        words = list(fields["words"])
        twice = len(self.article.by_words.get(fold(words[0]).text.strip(), ())) > 1
        after = {"after": self.before(first)} if twice else {}
        shown = {"words": words[0] if len(words) == 1 else words}
        return {"in": self.id, **fields, **shown, **after}

    def words(self, stretch: Stretch) -> str:
        """A stretch's words on one line, without what nobody can see: a record may not hold it."""
        words = stretch.span.of(self.article.text).translate(dict.fromkeys(map(ord, SKIPPED)))
        return " ".join(words.split())

    def before(self, stretch: Stretch) -> str:
        """The words right before a stretch, as many as fit, beginning with a whole word."""
        start = max(stretch.marked.start - _BEFORE, 0)
        told = self.article.text[start : stretch.marked.start]
        whole = told.partition(" ")[2] if start else told
        return " ".join((whole or told).split())

    def dated(self, said: Said | None, first: Stretch) -> Fields:
        """The day with the words that give it, if it follows from them; else with the reason."""
        if said is None or said.latest is None:
            return {}
        window = Window(said.earliest, said.latest)
        written = _written(window)
        for words in _QUOTED.findall(said.because):
            when = When(words)
            found = find_when(when, self.id, self.article, first.span.start)
            if not isinstance(found, Miss):
                day = window.day or Days(window.latest, window.earliest)
                worked = work_out(Dated(day, None, self.published), found, None)
                if isinstance(worked, Working):
                    return {"said": written, "when": {"words": words}}
        if self.published and not window.within(Window(None, self.published.latest)):
            return {}
        return {"said": written, "because": said.because}

    def speaker(self, quotation: Quotation) -> str | None:
        """The id of who speaks, entered with the new speakers if the record has none."""
        unnamed = quotation.mention if "unnamed" in quotation.flags else None
        name = quotation.speaker or unnamed
        if not name:
            return None
        known = speaker_called(name, self.record)
        if known:
            return known
        field = "name" if quotation.speaker else "unnamed"
        fields = {field: name, "kind": "other"}
        for id, entered in self.speakers.items():
            if entered == fields:
                return id
        taken = {*self.record.known["speakers"], *self.speakers}
        id = naming.free(naming.slug(name), taken, f"speaker-{self.id}")
        self.speakers[id] = fields
        return id


def people(record: Record) -> Iterator[Person]:
    """The record's named speakers, for the reader."""
    for speaker in record.speakers.values():
        own = speaker.entry
        if own.name:
            yield Person(own.name, tuple(own.also), own.role, own.pronoun)


def speaker_called(name: str, record: Record) -> str | None:
    """The id of the speaker whom the record knows by this id, name or description."""
    sought = fold(name).text.casefold()
    for id, speaker in record.speakers.items():
        own = speaker.entry
        names = (id, own.name or "", own.unnamed or "", *own.also)
        if sought in (fold(one).text.casefold() for one in names):
            return id
    return None


def _written(window: Window) -> str | Fields:
    """A day or window as the record writes it."""
    if window.day:
        return window.latest.isoformat()
    first = {"earliest": window.earliest.isoformat()} if window.earliest else {}
    return {**first, "latest": window.latest.isoformat()}

"""What is proven: words, days and printings that were found in their articles.

Only ``digest.proof`` makes these, and nothing else reaches a page: the type is the proof.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from digest.dates import Window, with_weekday
from digest.diagnostics import Place
from digest.model.article import Article, Stretch
from digest.model.entry import (
    ArticleEntry,
    CorrectionEntry,
    DisagreementEntry,
    EventEntry,
    SiteEntry,
    SpeakerEntry,
    Stance,
    VoiceEntry,
)
from digest.wording import Span


class Passage(Struct, frozen=True, array_like=True, gc=False):
    """Words found in an article: ``text`` is the article's own, code point for code point."""

    article: str  # its id
    span: Span
    text: str


class Printing(Struct, frozen=True, array_like=True, gc=False):
    """One article's printing of a claim (schema.org ``Claim.appearance``)."""

    article: str
    segments: tuple[Passage, ...]  # several where "X said" interrupts the words
    via: tuple[str, ...]  # outlets before this article, the speaker's side first
    again: tuple[Passage, ...]  # further stretches of the article that repeat the words
    lang: str | None  # BCP 47 tag of the words: their own, else the article's; None: the site's


class Working(Struct, frozen=True, array_like=True, gc=False):
    """A day with its working: the words, what they are counted from, and why no wider."""

    said: Window
    words: Passage | None = None  # None: no words for the day; the article's own is the latest
    counted_from: Window | None = None  # the article's day, or the other event's
    than: str | None = None  # what that other event is
    means: tuple[Window, ...] = ()  # all that the words allow
    because: str | None = None  # why ``said`` is narrower than that

    def __str__(self) -> str:
        words = f'"{self.words.text}"' if self.words else "no day is named"
        if self.than:
            words += f" + {self.than} {_named(self.counted_from)}"
        elif self.counted_from:
            words += f" + article of {_named(self.counted_from)}"
        return f"{words} → {self.said}" + (f", because {self.because}" if self.because else "")


def _named(window: Window | None) -> str:
    return with_weekday(window.day) if window and window.day else str(window)


class Moment(Struct, frozen=True, array_like=True, gc=False):
    """When and where something was said or done."""

    working: Working
    event: str | None = None  # the event that gave the moment to several claims
    venue: str | None = None
    medium: str | None = None
    before: str | None = None  # an event of the same day
    after: str | None = None


class Speaker(Struct, frozen=True, array_like=True):
    """Who speaks; ``role`` is as of then."""

    id: str
    entry: SpeakerEntry

    @property
    def name(self) -> str:
        """The name, or for an unnamed speaker the description."""
        return self.entry.name or self.entry.unnamed or self.id


class Voice(Struct, frozen=True, array_like=True):
    """Words inside a quotation that somebody else is made to say."""

    words: Passage
    entry: VoiceEntry


class Statement(Struct, frozen=True, kw_only=True, array_like=True):
    """What claims and reports share: who, when, and where it stands on the scale."""

    id: str
    speaker: Speaker
    role: str | None
    moment: Moment
    stance: str | None  # None: not about the matter the stances are for
    condition: str | None
    leaving: str | None
    short: Passage | None  # the point of it, for where there is little room
    note: str | None
    turning_point: str | None
    written: Place  # in the record: of two statements of one moment the earlier entry is first


class Claim(Statement, frozen=True, kw_only=True, array_like=True):
    """What one speaker says in one reporting passage."""

    printings: tuple[Printing, ...]  # the first is the one shown large
    voices: tuple[Voice, ...]
    prompt: Passage | None
    checked: tuple[str, ...]  # initials and day of a second reading
    corrections: tuple[CorrectionEntry, ...]
    formerly: tuple[str, ...]  # ids that it was published under before
    retracted: str | None  # why it was withdrawn: its address stays, as a tombstone


class Report(Statement, frozen=True, kw_only=True, array_like=True):
    """An official act or statement told only in prose."""

    passage: Passage


class Event(Struct, frozen=True, array_like=True):
    """Something that happened on a day and that statements are ordered by."""

    id: str
    entry: EventEntry
    moment: Moment


class Curated(Struct, frozen=True, array_like=True):
    """An article with what the record knows of it."""

    id: str
    article: Article
    entry: ArticleEntry
    published: Window | None
    evidence: tuple[Passage, ...]  # for a published window
    never: tuple[Span, ...]  # what no page may print: captions, boilerplate, addresses
    apart: tuple[Span, ...]  # that, and headings and titles: what no context runs across

    @property
    def title(self) -> str | None:
        """The curated title, else the article's own."""
        return self.entry.title or self.article.provenance.title

    @property
    def publisher(self) -> str | None:
        """The curated publisher, else the one the file names."""
        return self.entry.publisher or self.article.provenance.publisher

    @property
    def via(self) -> tuple[str, ...]:
        """Who printed it again on the way to our copy."""
        return tuple(self.entry.via) or self.article.provenance.via

    @property
    def dated_by(self) -> str | None:
        """How its day is known: by its ``header``, from ``outside`` the file, or ``inferred``."""
        if self.published is None:
            return None
        if self.published == self.article.dated:
            return "header"
        return "outside" if "published" in self.entry.outside else "inferred"

    @property
    def first_words(self) -> Span:
        """The first eight words of its prose: what an article without a title is called by."""
        prose = (one.span for one in self.article.blocks if one.kind == "prose")
        first = next((part for span in prose for part in self.printable(span)), Span(0, 0))
        begins = re.match(r"\s*\S*(?:\s+\S+){,7}", first.of(self.article.text))
        return Span(first.start, first.start + (begins.end() if begins else 0))

    def bars(self, span: Span) -> bool:
        """Whether ``span`` holds what no page may print."""
        return any(one.meets(span) for one in self.never)

    def printable(self, span: Span) -> tuple[Span, ...]:
        """``span`` less all that stands apart: captions, headings, addresses."""
        parts: tuple[Span, ...] = (span,)
        for cut in (one for one in self.apart if one.meets(span)):
            parts = tuple(piece for part in parts for piece in part.less(cut))
        return parts


class Dismissed(Struct, frozen=True, array_like=True):
    """A stretch that is in no claim, and why."""

    words: Passage
    because: str


class Side(Struct, frozen=True, array_like=True):
    """One side of a disagreement."""

    passage: Passage
    holds: str
    working: Working | None  # None: what it holds is not a day that words give


class Disagreement(Struct, frozen=True, array_like=True):
    """Articles that cannot all be right, or plainly differ."""

    id: str
    entry: DisagreementEntry
    sides: tuple[Side, ...]


class Digest(Struct, frozen=True, array_like=True):
    """Everything proven: all that a page may print."""

    site: SiteEntry
    stances: dict[str, Stance]  # in order, from staying in to having left
    phrases: dict[str, list[str]]
    names: dict[str, list[str]]
    articles: dict[str, Curated]
    speakers: dict[str, Speaker]
    events: dict[str, Event]
    claims: tuple[Claim, ...]
    reports: tuple[Report, ...]
    dismissed: tuple[Dismissed, ...]
    waiting: tuple[tuple[Article, Stretch], ...]  # in no claim and not dismissed yet
    uncurated: tuple[Article, ...]  # files in seeds/ that the record does not know yet
    disagreements: tuple[Disagreement, ...]
    pages: dict[str, str] = {}  # Markdown, ours, by name
    published: dict[str, date] = {}  # since when an address is promised; none: no ledger yet

"""What a curator writes: one type per kind of entry in the record and in ``site.yaml``.

Ids are the keys of the mappings that hold these entries and carry no fact that may be
corrected. A field that is absent says so by its default. These types are also the schema.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

Words = Annotated[str, Meta(min_length=1, max_length=10_000)]
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]


class Entry(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The common ground of all entries: frozen, and an unknown field is an error."""


class Days(Entry, frozen=True):
    """A day known only as a window."""

    latest: date
    earliest: date | None = None  # None: nothing says that it was not long before


class When(Entry, frozen=True):
    """The words of an article that give a day."""

    words: Words
    in_: str | None = None  # article; None: that of the first printing
    after: str | None = None  # the words right before, where these stand more than once
    than: str | None = None  # the event they count from ("a day earlier"); None: the article
    ahead: Literal["yes", "no"] = "no"  # yes: what they date was announced, the next such day


class Stance(Entry, frozen=True):
    """One step of the scale, which is ordered from staying in to having left."""

    label: Words
    means: Words
    threshold: str | None = None  # what this step and those above share: "speaks of leaving"


class ArticleEntry(Entry, frozen=True):
    """What the record knows of one file in ``seeds/``."""

    file: Words
    title: str | None = None  # None: the article's own, or none
    byline: str | None = None
    publisher: str | None = None  # None: the file does not say
    via: list[str] = []  # who printed it again on the way to our copy, nearest to it last
    published: date | Days | None = None  # None: the file's own header says
    because: list[Words] = []  # verified passages that give the window
    apart: list[Words] = []  # captions and the like: verified, and never printed
    kind: Literal["news", "opinion"] = "news"
    lang: str | None = None  # language of the text, a BCP 47 tag; None: the site's
    caution: str | None = None  # what a reader should know of this text's reliability
    url: str | None = None
    archived: str | None = None
    retrieved: date | None = None
    note: str | None = None
    outside: dict[str, str] = {}  # fields that the file does not print, and how we know


class SpeakerEntry(Entry, frozen=True):
    """Who speaks. An unnamed speaker gets no page of a person."""

    name: Name | None = None
    unnamed: Name | None = None  # "a European official"
    also: list[Name] = []  # other names that articles print
    kind: Literal["official", "analyst", "other"] = "other"
    side: str | None = None
    role: str | None = None  # as of then
    pronoun: str | None = None


class Moment(Entry, frozen=True):
    """Day, place and order: the part that events, claims and reports share."""

    said: date | Days | None = None
    when: When | None = None
    because: str | None = None  # why the day is narrower than the words allow
    venue: str | None = None
    medium: str | None = None
    before: str | None = None  # an event of the same day
    after: str | None = None


class EventEntry(Moment, frozen=True, kw_only=True):
    """Something that happened on a day and that statements are ordered by."""

    what: Words
    short: str | None = None  # what the strip calls it; None: it is not drawn there
    in_: str | None = None  # the article whose words date it


class Again(Entry, frozen=True):
    """A stretch that repeats a claim's words and stands more than once in its article."""

    words: Words
    after: Words  # the words right before


class PrintedEntry(Entry, frozen=True):
    """One article's printing of a claim."""

    in_: str
    words: Words | Annotated[list[Words], Meta(min_length=1)]
    via: list[str] = []  # outlets before this article, the speaker's side first
    again: list[Words | Again] = []  # further stretches of this article that repeat the words
    after: str | None = None  # the words right before, where the same stretch stands twice
    lang: str | None = None  # language of these words, a BCP 47 tag; None: the article's


class VoiceEntry(Entry, frozen=True):
    """Words inside a quotation that somebody else is made to say."""

    words: Words
    of: Words  # a speaker's id, or a description
    kind: Literal["reported", "imagined", "future", "own"] = "imagined"


class CorrectionEntry(Entry, frozen=True):
    """A public correction of a published claim."""

    day: date
    what: Words
    was: Words
    because: Words


class ClaimEntry(Moment, frozen=True, kw_only=True):
    """What one speaker says in one reporting passage (schema.org ``Claim``)."""

    speaker: str
    at: str | None = None  # an event; None: the moment is given here
    role: str | None = None  # None: as the speaker's entry says
    stance: str | None = None  # None: not about the matter the stances are for
    condition: str | None = None
    leaving: str | None = None  # away from what
    short: str | None = None  # a verified part, for lists
    printed: Annotated[list[PrintedEntry], Meta(min_length=1)]
    voices: list[VoiceEntry] = []
    prompt: str | None = None  # a verified passage: what prompted it
    note: str | None = None  # Markdown, ours
    checked: list[str] = []  # initials and day of a second reading
    corrections: list[CorrectionEntry] = []
    formerly: list[str] = []  # ids that it was published under before
    retracted: str | None = None  # why it was withdrawn: its address stays, as a tombstone
    turning_point: str | None = None  # one sentence: why


class ReportEntry(Moment, frozen=True, kw_only=True):
    """An official act or statement told only in prose (an indirect quotation)."""

    by: str
    at: str | None = None
    in_: str
    passage: Words
    short: str | None = None  # a verified part of it, for lists
    stance: str | None = None
    condition: str | None = None
    leaving: str | None = None
    note: str | None = None
    turning_point: str | None = None


class DismissedEntry(Entry, frozen=True):
    """Why a stretch is in no claim, and where it stands if it stands more than once."""

    because: Words
    after: str | None = None


class SideEntry(Entry, frozen=True):
    """One side of a disagreement: a verified passage, and what it holds."""

    in_: str
    passage: Words
    holds: Words
    when: When | None = None  # the words that make it hold a day


class DisagreementEntry(Entry, frozen=True):
    """Articles that cannot all be right, or plainly differ."""

    about: Words
    sides: Annotated[list[SideEntry], Meta(min_length=2)]
    follows: str  # the article that this digest follows, or "neither"
    because: Words
    claims: list[str] = []  # claims and reports that it touches
    event: str | None = None  # the event whose day it is about


class Leads(Entry, frozen=True):
    """Whose statements the timeline shows first, by kind and side, and what to call them."""

    called: Words = "speakers"
    kind: str | None = None
    side: str | None = None


class SiteEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """``site.yaml``: what is said of the digest as a whole."""

    title: Words
    tagline: str | None = None
    base_url: str | None = None  # None: no sitemap, canonical addresses or 404 page
    language: str = "en"
    editor: str | None = None
    licence: str | None = None
    corrections: str | None = None  # an address for reports of mistakes
    leads: Leads | None = None  # whose statements the timeline shows first; None: everybody's

"""What a curator writes: one type per kind of entry in the record and in ``site.yaml``.

Ids are the keys of the mappings that hold these entries and carry no fact that may be
corrected. What a field means, and what it means that it is absent, stands in the comment ``#:``
beside or above it. These types and comments are also the JSON Schema (``digest schema``).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from digest.model import language

Words = Annotated[str, Meta(min_length=1, max_length=10_000)]
Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Note = Annotated[str, Meta(max_length=10_000)]
# Patterns that only the schema has: the program tells these slips in its own words, beside others.
Tag = Annotated[str, Meta(extra_json_schema={"pattern": f"^{language.TAG.pattern}$"})]
Address = Annotated[str, Meta(extra_json_schema={"pattern": "^https?://"})]


class Entry(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The common ground of all entries: frozen, and an unknown field is an error."""


class Days(Entry, frozen=True):
    """A day known only as a window."""

    latest: date  #: The last day it can have been.
    earliest: date | None = None  #: The first. Absent: it may have been long before.


class When(Entry, frozen=True):
    """The words of an article that give a day."""

    words: Words  #: As the article prints them: “on Monday”.
    in_: str | None = None  #: The article. Absent: that of the first printing.
    after: str | None = None  #: The words right before, where these stand more than once.
    #: The event they count from (“a day earlier”). Absent: the day of the article.
    than: str | None = None
    ahead: Literal["yes", "no"] = "no"  #: yes: it was announced, so the next such day is meant.


class Stance(Entry, frozen=True):
    """One step of the scale, which is ordered from staying in to having left."""

    label: Words  #: What pages call it.
    means: Words  #: What a statement says that has it.
    #: What this step and all above it share: “speaks of leaving”. At most one step has it.
    threshold: str | None = None


class ArticleEntry(Entry, frozen=True):
    """What the record knows of one file in ``seeds/``."""

    file: Words  #: Its name in seeds/.
    title: str | None = None  #: Its headline. Absent: the article's own, or none.
    byline: str | None = None  #: Who wrote it, as printed. Absent: the file's own, or none.
    publisher: str | None = None  #: Who published this text. Absent: the file does not say.
    via: list[str] = []  #: Who printed it again on the way to our copy, nearest to it last.
    #: Its own day, or a window. Absent: the file's header says.
    published: date | Days | None = None
    because: list[Words] = []  #: Passages of the article that give the window, exactly as printed.
    apart: list[Words] = []  #: Captions and the like, exactly as printed: no page shows them.
    kind: Literal["news", "opinion"] = "news"  #: What sort of text it is.
    lang: Tag | None = None  #: Language of the text, a BCP 47 tag. Absent: the site's.
    caution: str | None = None  #: What a reader should know of this text's reliability.
    url: Address | None = None  #: Where it was published on the web.
    archived: Address | None = None  #: Where an archive keeps a copy.
    retrieved: date | None = None  #: The day on which our copy was taken.
    note: Note | None = None  #: Markdown, ours.
    #: Fields that the file itself does not print, each with how we know.
    outside: dict[str, str] = {}


class SpeakerEntry(Entry, frozen=True):
    """Who speaks: with a name, or unnamed with a description and no page of a person."""

    name: Name | None = None  #: The full name.
    unnamed: Name | None = None  #: A description in place of a name: “a European official”.
    also: list[Name] = []  #: Other names that articles print.
    kind: Literal["official", "analyst", "other"] = "other"  #: In what capacity they speak.
    side: str | None = None  #: For whom they speak: “US”.
    role: str | None = None  #: Office or post, as of then.
    pronoun: str | None = None  #: he, she or they.


class Moment(Entry, frozen=True):
    """Day, place and order: the part that events, claims and reports share."""

    said: date | Days | None = None  #: The day, or a window. Absent: what the words of `when` mean.
    when: When | None = None  #: The words of an article that give the day.
    because: str | None = None  #: Why the day is narrower than the words allow.
    venue: str | None = None  #: Where.
    medium: str | None = None  #: In what form: interview, post, speech.
    before: str | None = None  #: An event of the same day that came after.
    after: str | None = None  #: An event of the same day that came before.


class EventEntry(Moment, frozen=True, kw_only=True):
    """Something that happened on a day and that statements are ordered by."""

    what: Words  #: What happened: “JD Vance speaks to reporters”.
    short: str | None = None  #: What the picture of all days calls it. Absent: it is not drawn.
    in_: str | None = None  #: The article whose words date it.


class Again(Entry, frozen=True):
    """A stretch that repeats a claim's words and stands more than once in its article."""

    words: Words  #: The whole stretch.
    after: Words  #: The words right before it.


class PrintedEntry(Entry, frozen=True):
    """One article's printing of a claim."""

    in_: str  #: The article.
    #: What stands between its quotation marks, whole; a list where “X said” interrupts it.
    words: Words | Annotated[list[Words], Meta(min_length=1)]
    via: list[str] = []  #: Outlets that the words passed through before this article, first first.
    again: list[Words | Again] = []  #: Further stretches of this article that repeat the words.
    after: str | None = None  #: The words right before, where the same stretch stands twice.
    lang: Tag | None = None  #: Language of these words, a BCP 47 tag. Absent: the article's.


class VoiceEntry(Entry, frozen=True):
    """Words inside a quotation that somebody else is made to say."""

    words: Words  #: A part of the claim's words.
    of: Words  #: A speaker's id, or a description.
    #: Said before, only imagined, to be said one day, or the speaker's own put as if quoted.
    kind: Literal["reported", "imagined", "future", "own"] = "imagined"


class CorrectionEntry(Entry, frozen=True):
    """A public correction of a published claim."""

    day: date  #: The day of the correction.
    what: Words  #: What was corrected: “the stance”.
    was: Words  #: What stood there before.
    because: Words  #: Why it was wrong.


class ClaimEntry(Moment, frozen=True, kw_only=True):
    """What one speaker says in one reporting passage (schema.org ``Claim``)."""

    speaker: str  #: Who said it: a speaker's id.
    at: str | None = None  #: The event at which it was said. Absent: the moment is given here.
    role: str | None = None  #: The speaker's role then. Absent: as the speaker's entry says.
    stance: str | None = None  #: A step of the scale. Absent: not about the matter it measures.
    condition: str | None = None  #: On what condition: “if …”.
    leaving: str | None = None  #: Away from what.
    short: str | None = None  #: A part of the words, exactly as printed, for lists.
    #: Where it is printed; the first printing is the one shown large.
    printed: Annotated[list[PrintedEntry], Meta(min_length=1)]
    voices: list[VoiceEntry] = []  #: Words in it that somebody else is made to say.
    prompt: str | None = None  #: A passage of the article that says what prompted it.
    note: Note | None = None  #: Markdown, ours.
    checked: list[str] = []  #: Initials and day of each second reading.
    corrections: list[CorrectionEntry] = []  #: What was corrected after it was published.
    #: Ids that it was published under before.
    formerly: Annotated[list[str], Meta(max_length=100)] = []
    #: Why it was withdrawn; its address stays and says so. Absent: it stands.
    retracted: str | None = None
    turning_point: str | None = None  #: One sentence: why it is one. Absent: it is none.


class ReportEntry(Moment, frozen=True, kw_only=True):
    """An official act or statement told only in prose (an indirect quotation)."""

    by: str  #: Who acted or spoke: a speaker's id.
    at: str | None = None  #: The event. Absent: the moment is given here.
    in_: str  #: The article that tells it.
    passage: Words  #: The article's prose that tells it, exactly as printed.
    short: str | None = None  #: A part of the passage, exactly as printed, for lists.
    stance: str | None = None  #: A step of the scale. Absent: not about the matter it measures.
    condition: str | None = None  #: On what condition: “if …”.
    leaving: str | None = None  #: Away from what.
    note: Note | None = None  #: Markdown, ours.
    turning_point: str | None = None  #: One sentence: why it is one. Absent: it is none.


class DismissedEntry(Entry, frozen=True):
    """Why a stretch is in no claim, and where it stands if it stands more than once."""

    because: Words  #: Why it is in no claim.
    after: str | None = None  #: The words right before, where the same stretch stands twice.


class SideEntry(Entry, frozen=True):
    """One side of a disagreement: a verified passage, and what it holds."""

    in_: str  #: The article.
    passage: Words  #: Its words, exactly as printed.
    holds: Words  #: What they hold; a day as 2025-05-19.
    when: When | None = None  #: The words that make it hold a day.


class DisagreementEntry(Entry, frozen=True):
    """Articles that cannot all be right, or plainly differ."""

    about: Words  #: What they differ on: “the day the deal was signed”.
    sides: Annotated[list[SideEntry], Meta(min_length=2)]  #: At least two.
    follows: str  #: The article that this digest follows, or neither.
    because: Words  #: Why.
    claims: list[str] = []  #: Claims and reports that it touches.
    event: str | None = None  #: The event whose day it is about.


class Leads(Entry, frozen=True):
    """Whose statements the timeline shows first, by kind and side, and what to call them."""

    called: Words = "speakers"  #: What pages call them, in the plural: “US officials”.
    kind: Literal["official", "analyst", "other"] | None = None  #: Their kind. Absent: any.
    side: str | None = None  #: Their side. Absent: any.


class SiteEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """``site.yaml``: what is said of the digest as a whole."""

    title: Words  #: The name of the digest.
    tagline: str | None = None  #: One line under it: what it records.
    #: Where the site will stand. Absent: no sitemap, canonical addresses or 404 page.
    base_url: Address | None = None
    language: Tag = "en"  #: Language of the pages, a BCP 47 tag.
    editor: str | None = None  #: Who answers for it.
    licence: str | None = None  #: Under which terms its own words may be used.
    corrections: str | None = None  #: An address for reports of mistakes.
    leads: Leads | None = None  #: Whose statements the timeline shows first. Absent: everybody's.

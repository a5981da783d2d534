"""What reading an article gives: its quotations, each field with its reason."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

# sure: the words stand beside the speaker's full name or one that leads to it. likely: one step
# of reading lies between. doubtful: more than one. open: the text does not say.
Tier = Literal["sure", "likely", "doubtful", "open"]

Flag = Literal[
    "term",  # words held at a distance, a title or a name: nobody's statement
    "heading",  # in a title, a heading or a caption
    "pronoun",  # the speaker stands there as he or she
    "unnamed",  # somebody speaks whom the text does not name
    "second-hand",  # another outlet is given as where the words come from
    "unclosed",  # no mark closes it
    "nested",  # holds a voice within the voice
    "fragment",  # part of a sentence, the rest of which is the reporter's
]


class Person(Struct, frozen=True):
    """Somebody on the curator's own list."""

    name: str  # as it is to be given: "JD Vance"
    also: tuple[str, ...] = ()  # other names: "J.D. Vance"
    role: str | None = None  # "Vice President"
    pronoun: str | None = None  # "he" or "she"; None: not known


class Segment(Struct, frozen=True):
    """Words between one pair of marks: ``file[start:end] == text``, in code points."""

    start: int
    end: int
    text: str


class Said(Struct, frozen=True):
    """The day as far as the text tells it; no day at all where there is nothing to count from."""

    earliest: date | None
    latest: date | None
    because: str  # the words for the day, where they stand, and the arithmetic


class Quotation(Struct, frozen=True):
    """What one speaker says in one reporting passage."""

    segments: tuple[Segment, ...]
    speaker: str | None  # full name; None: unnamed, or the text does not say
    mention: str | None  # the words that stand for the speaker: "he", "one official"
    cue: str | None  # the reporting word
    said: Said | None  # None: no words for a day
    venue: str | None  # "the Oval Office", "Fox News"
    medium: str | None  # "post", "interview", "remarks to reporters", …
    via: tuple[str, ...]  # outlets that the words passed through, the speaker's side first
    flags: tuple[Flag, ...]
    tier: Tier  # of the speaker
    because: str  # why this speaker, this venue, these flags

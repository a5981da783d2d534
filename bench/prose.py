"""Invented sentences, names and days in words: all of it from one seeded source of chance."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from vocabulary import (
    ADJECTIVES,
    ADVERBS,
    FIRST_NAMES,
    JOINTS,
    LEADS,
    LENGTHS,
    NAME_BEGINS,
    NAME_ENDS,
    NOUNS,
    PHRASES,
    PREPOSITIONS,
    TOWNS,
    VERBS,
)

T = TypeVar("T")
DAY = timedelta(days=1)
_COUNTS = ("two", "three", "four", "five")


class Prose:
    """Writes; the same seed gives the same text on every machine."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def one_in(self, count: int) -> bool:
        """True once in ``count`` times."""
        return self.chance.randrange(count) == 0

    def one_of(self, among: Sequence[T]) -> T:
        """Any of them, all alike."""
        return among[self.chance.randrange(len(among))]

    def noun(self) -> str:
        """ "overdue ferry"."""
        return f"{self.one_of(ADJECTIVES)} {self.one_of(NOUNS)}"

    def clause(self) -> str:
        """One of a few shapes, each filled anew."""
        verb = (
            f"{self.one_of(ADVERBS)} {self.one_of(VERBS)}" if self.one_in(2) else self.one_of(VERBS)
        )
        shape = self.chance.randrange(6)
        if shape == 0:
            return f"the {self.noun()} {verb} the {self.noun()}"
        if shape == 1:
            where = f"{self.one_of(PREPOSITIONS)} the {self.noun()}"
            return f"{where} no {self.one_of(NOUNS)} {verb} its {self.noun()}"
        if shape == 2:
            return f"{_a(self.noun())} {verb} every {self.one_of(NOUNS)} {self.one_of(LENGTHS)}"
        if shape == 3:
            return f"{self.one_of(TOWNS)} {verb} its {self.one_of(NOUNS)} and its {self.noun()}"
        if shape == 4:
            share = f"one {self.one_of(NOUNS)} in {self.chance.randint(3, 99)}"
            return f"{share} {verb} the {self.noun()}"
        both = f"its {self.one_of(NOUNS)} and its {self.noun()}"
        return f"the {self.one_of(NOUNS)} {verb} {both}"

    def condition(self) -> str:
        """In the record's own words: of articles' words it may repeat only so many."""
        return f"{self.one_of(TOWNS)} {self.one_of(VERBS)} the {self.noun()}"

    def sentence(self, told: bool = False) -> str:
        """One to three clauses; ``told``: as somebody speaks, now and then with a phrase."""
        clauses = [f"{self.one_of(LEADS)} {self.clause()}" if told else self.clause()]
        while self.one_in(2) and len(clauses) < 3:
            clauses.append(f"{self.one_of(JOINTS)} {self.clause()}")
        if self.one_in(7 if told else 40):
            clauses.append(f"{self.one_of(JOINTS)} it comes to {self.phrase()}")
        text = " ".join(clauses)
        return f"{capital(text)}."

    def phrase(self) -> str:
        """A form of one of the phrases that the concordance lists."""
        return self.one_of(PHRASES[self.one_of(list(PHRASES))])

    def sentences(self, fewest: int, most: int, told: bool = False) -> list[str]:
        """Sentences of about so many words together."""
        wanted = self.chance.randint(fewest, most)
        found: list[str] = []
        while sum(one.count(" ") + 1 for one in found) < wanted:
            found.append(self.sentence(told))
        return found

    def day_in_words(self, published: date) -> tuple[str, date, date]:
        """Words for a day as an article of ``published`` prints them, and the window they mean."""
        shape = self.chance.randrange(20)
        if shape < 12:
            day = published - self.chance.randrange(7) * DAY
            return f"on {day:%A}", day, day
        if shape < 16:
            day = published - self.chance.randrange(20) * DAY
            return f"on {day:%B} {day.day}", day, day
        if shape < 18:
            count = self.chance.randrange(len(_COUNTS))
            day = published - (count + 2) * DAY
            return f"{_COUNTS[count]} days ago", day, day
        if shape == 18:
            return "yesterday", published - DAY, published - DAY
        monday = published - (published.weekday() + 7) * DAY
        return "last week", monday, monday + 6 * DAY


def capital(words: str) -> str:
    """Words with the capital that begins a sentence."""
    return words[0].upper() + words[1:]


def _a(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def name(number: int) -> str:
    """The full name of the speaker with this number: no two have the same."""
    first = FIRST_NAMES[number % 30]
    begins = NAME_BEGINS[(number // 30 + number * 7) % 30]
    return f"{first} {begins}{NAME_ENDS[(number // 900 + number * 11) % 30]}"


def slug(words: str, most: int = 100) -> str:
    """Words as a part of an address.

    >>> slug("Zoë Marüber")
    'zoe-maruber'
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())[:most].strip("-")

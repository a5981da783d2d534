"""Who has been spoken of lately, and so who "he" is.

Each name and pronoun of a sentence adds to the standing of a figure: much for its subject and
for who speaks in it, little for others. Standing fades from sentence to sentence. A pronoun
stands for the figure of its gender that stands highest.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.reading.people import Figure, Gender, People
from digest.reading.phrases import Agent, main_subject
from digest.reading.tokens import Sentence

_FADES = 0.4  # what is left of a standing one sentence later
_FORGOTTEN = 10  # sentences
_SUBJECT, _SPEAKER, _PRONOUN, _OTHER = 1.0, 1.0, 0.6, 0.35
_UNTOLD = 0.6  # a full name that does not tell he from she
_SURNAME = 0.5  # a surname alone that does not, either
_CLEAR = 0.3  # the second stands at most so high, for a reference without doubt


class Meant(NamedTuple):
    """The figure that a pronoun means; ``clear``: no other comes near."""

    figure: Figure
    clear: bool


class Stage:
    """The figures of an article in the order of reading."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.sentence = 0
        self.meant: dict[int, Meant] = {}  # by the offset of the pronoun
        self._standing: list[tuple[int, Figure, float]] = []  # sentence, figure, how much
        self._now: list[tuple[int, Figure, float]] = []

    def hear(self, found: Sentence, agents: dict[int, Agent | None]) -> None:
        """Take in one sentence: resolve its pronouns and remember its names."""
        self._standing += self._now
        self._now = []
        self.sentence += 1
        subject = _subject(found, agents)
        speaking = {who.last for who in agents.values() if who and who.tie != "subject"}
        for at, token in enumerate(found):
            main = subject is not None and subject.last == at
            if token.kind == "N":
                figure = self.people.meet(token.word)
                if figure:
                    figure.spoke = figure.spoke or at in speaking
                    self._add(figure, _SUBJECT if main or at in speaking else _OTHER)
            elif gender := _gender(token.kind, token.word):
                meant = self.refer(gender)
                if meant:
                    self.meant[token.start] = meant
                    if token.kind == "P":
                        self._add(meant.figure, _SUBJECT if main else _PRONOUN)

    def spoke(self, figure: Figure) -> None:
        """Remember that ``figure`` speaks in this sentence."""
        self._add(figure, _SPEAKER)

    def figure(self, found: Sentence, who: Agent) -> Figure | None:
        """The figure that an agent stands for; None for a common noun that is nobody's title, or
        "they"."""
        if who.kind == "nominal":
            by_title = found[who.first].word == "the" and who.last == who.first + 1
            return self.people.titled(found[who.last].word) if by_title else None
        if who.kind == "name":
            return self.people.meet(found[who.last].word)
        if who.kind == "pronoun" and found[who.first].word == "it":
            return self._body(found, who.first)
        meant = self.meant.get(found[who.first].start) if who.kind == "pronoun" else None
        return meant.figure if meant else None

    def refer(self, gender: Gender) -> Meant | None:
        """Whom "he" or "she" means at this point."""
        totals: dict[int, tuple[float, Figure]] = {}
        for when, figure, much in self._recent():
            fitting = self._fitting(figure, gender)
            if fitting:
                standing = much * _FADES ** (self.sentence - when) * _certainty(fitting, gender)
                before = totals.get(id(fitting), (0.0, fitting))[0]
                totals[id(fitting)] = (before + standing, fitting)
        ranked = sorted(totals.values(), key=lambda total: -total[0])
        if not ranked:
            return None
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        first, figure = ranked[0]
        return Meant(figure, second <= _CLEAR * first and figure.gender == gender)

    def _add(self, figure: Figure, much: float) -> None:
        self._now.append((self.sentence, figure, much))

    def _recent(self) -> list[tuple[int, Figure, float]]:
        recent = [entry for entry in self._standing[-40:] if self.sentence - entry[0] <= _FORGOTTEN]
        return recent + self._now

    def _fitting(self, figure: Figure, gender: Gender) -> Figure | None:
        """The figure, or a namesake, if ``gender`` can be theirs."""
        if not figure.human:
            return None
        if figure.gender and figure.gender != gender:
            return self.people.namesake(figure, gender)
        known = figure.gender or " " in figure.name or figure.spoke
        return figure if known else None

    def _body(self, found: Sentence, before: int) -> Figure | None:
        """ "what it called": the body that is the subject of the sentence."""
        subject = main_subject(found, before)
        figure = (
            self.people.meet(found[subject.last].word)
            if subject and subject.kind == "name"
            else None
        )
        return figure if figure and not figure.human else None


def _certainty(figure: Figure, gender: Gender) -> float:
    return 1.0 if figure.gender == gender else _UNTOLD if " " in figure.name else _SURNAME


def _gender(kind: str, word: str) -> Gender:
    if kind == "P":
        plain = re.split("[’']", word, maxsplit=1)[0]
        return "he" if plain == "he" else "she" if plain == "she" else ""
    if kind == "D":
        return "he" if word == "his" else "she" if word == "her" else ""
    return ""


def _subject(found: Sentence, agents: dict[int, Agent | None]) -> Agent | None:
    """The subject of the sentence: of "Clinton aide NAME said", NAME."""
    subject = main_subject(found, len(found))
    if subject is None or subject.kind != "name":
        return subject
    for who in agents.values():
        if who and who.kind == "name" and who.last > subject.last:
            between = found[subject.last + 1 : who.last]
            if all(token.kind in "WHD" for token in between):
                return who
    return subject

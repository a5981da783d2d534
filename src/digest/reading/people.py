"""Who is in the article: names with their titles, other names, pronouns.

A person is known by the fullest name that the text or the curator's list gives; a surname, a
first name or a title with it stand for that person from then on.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from digest.reading import first_names, lexicon
from digest.reading.quotation import Person

_NAMESAKES = 20  # so many of one surname are remembered
Gender = Literal["he", "she", ""]


class Figure(Struct):
    """Somebody or some body that the article names, as far as it has been read."""

    name: str
    gender: Gender = ""
    human: bool = True  # False: a body, an outlet or a place
    listed: bool = False  # on the curator's list
    spoke: bool = False  # whether it stood beside a reporting verb
    latest: int = 0  # when it was last met by its full name


class People:
    """The figures of one article; grows as names are met."""

    def __init__(self, listed: Iterable[Person]) -> None:
        self._full: dict[str, Figure] = {}
        self._short: dict[str, deque[Figure]] = {}  # by surname: the latest, last
        self._first: dict[str, Figure] = {}  # by first name
        self._titled: dict[str, dict[int, Figure]] = {}  # by each title: "senator"
        self._met_so_far = 0
        self._asked: dict[str, Figure | None] = {}
        for person in listed:
            gender: Gender = person.pronoun if person.pronoun in ("he", "she") else ""  # type: ignore[assignment]
            figure = Figure(
                person.name, gender or _first_name_gender(person.name.split()), True, True
            )
            self._learn(figure, (person.role or "").lower().split())
            for name in (person.name, *person.also):
                self._full[name] = figure
                for word in name.split()[-1:]:
                    self._short.setdefault(word, deque(maxlen=_NAMESAKES)).append(figure)

    def meet(self, name: str) -> Figure | None:
        """The figure that a name stands for; None for a bare title ("the President")."""
        if " " not in name or name not in self._asked:
            self._asked[name] = self._met(name)
        figure = self._asked[name]
        if figure and " " in name:
            self._met_so_far += 1
            figure.latest = self._met_so_far
        return figure

    def namesake(self, figure: Figure, gender: Gender) -> Figure | None:
        """Another of the same surname whom ``gender`` fits."""
        others = self._short.get(figure.name.split()[-1], ())
        return next((f for f in others if f.gender == gender), None)

    def _met(self, name: str) -> Figure | None:
        titles, core = _parted(name)
        if not core:
            core = [name.split(" ")[-1]]
            if core[0] not in self._short:
                if "of" in name.split():
                    return None
                if " " not in name and core[0].lower() not in ("state", "treasury", "justice"):
                    return None
                return self._full.setdefault(name, Figure(name, human=False))
        figure = self._known(core, titles)
        if figure is None:
            human = not _is_body(core) and len(core) <= 4
            full = " ".join(core)
            figure = Figure(full, _first_name_gender(core) if len(core) > 1 else "", human)
            if titles and len(core) == 1:
                figure.human = True
            self._full[full] = figure
            if figure.human and figure.gender:
                self._first.setdefault(core[0], figure)
            if len(core) > 1 and (human or core[-1] in lexicon.PRESS):
                self._short.setdefault(_surname(core), deque(maxlen=_NAMESAKES)).append(figure)
        self._learn(figure, titles)
        return figure

    def _known(self, core: list[str], titles: list[str]) -> Figure | None:
        full = " ".join(core)
        if full in self._full:
            return self._full[full]
        if len(core) == 1:
            return self._by_surname(core[0], titles) or self._first.get(core[0])
        surname = _surname(core)
        if surname in self._full and surname not in self._short:
            # Met by surname alone before: the fuller name is the same person's.
            figure = self._full[surname]
            if figure.human and not _is_body(core) and len(core) <= 4:
                figure.name, figure.gender = full, figure.gender or _first_name_gender(core)
                self._full[full] = figure
                self._short[surname] = deque([figure], _NAMESAKES)
                return figure
        for length in (2, 3):  # a heading, or a glued word, before a name that is known
            if len(core) > length and " ".join(core[-length:]) in self._full:
                return self._full[" ".join(core[-length:])]
        same = [f for f in self._short.get(surname, ()) if _agree(f.name.split(), core)]
        return same[-1] if same else None

    def _by_surname(self, word: str, titles: list[str]) -> Figure | None:
        gender = _title_gender(titles)
        fits = [f for f in self._short.get(word, ()) if not gender or f.gender in ("", gender)]
        return max(fits, key=lambda f: f.latest, default=None)

    def _learn(self, figure: Figure, titles: list[str]) -> None:
        figure.gender = figure.gender or _title_gender(titles)
        for title in titles:
            titled = self._titled.setdefault(title, {})
            if len(titled) < 2:  # of two, neither is the only one
                titled[id(figure)] = figure

    def titled(self, noun: str) -> Figure | None:
        """The only one to whom the article, or the list, gives a title: "the senator"."""
        fits: dict[int, Figure] = {}
        for title in (noun, *_SHORT_TITLES.get(noun, ())):
            fits |= self._titled.get(title, {})
        return next(iter(fits.values())) if len(fits) == 1 else None


_GLUED = re.compile(
    "(?!Mac|Mc|De|La|Le|Van|Di|Du)[A-Z][a-z]+[A-Z]"
)  # "WhilePresident Donald Trump"
_SHORT_TITLES = {
    "senator": ("sen.", "sen"), "governor": ("gov.", "gov"), "congressman": ("rep.", "rep"),
    "congresswoman": ("rep.", "rep"), "representative": ("rep.", "rep"), "general": ("gen.",),
    "professor": ("prof.",), "doctor": ("dr.",),
}  # fmt: skip


def _parted(name: str) -> tuple[list[str], list[str]]:
    """Titles (in small letters) and the name proper, less a suffix."""
    words = name.split(" ")
    begins = 0
    while begins < len(words) and words[begins].lower() in lexicon.TITLES:
        begins += 1
    core = [word for word in words[begins:] if word.lower().rstrip(",") not in lexicon.SUFFIXES]
    if len(core) > 2:
        core = _less_heading(core)
    return [word.lower() for word in words[:begins]], core


def _less_heading(core: list[str]) -> list[str]:
    """The name at the end of capital words glued to it: "What To Know Peter Rough"."""
    for begins in range(len(core) - 2, 0, -1):
        if core[begins].lower() in lexicon.TITLES:
            return core[begins + 1 :]
    if _GLUED.match(core[0]) and len(core) == 3:
        return core[1:]
    for begins in range(1, len(core) - 1):
        first = core[begins].lower()
        known = first in first_names.MEN or first in first_names.WOMEN
        if known and len(core) - begins <= 3 and begins >= 2:
            return core[begins:]
    return core


def _surname(core: list[str]) -> str:
    return core[-1]


def _is_body(core: list[str]) -> bool:
    low = [word.lower() for word in core]
    if low[-1] in lexicon.BODIES:
        return not (len(low) == 2 and (low[0] in first_names.MEN or low[0] in first_names.WOMEN))
    return low[0] in lexicon.BODIES or (len(core) == 1 and core[0].isupper() and len(core[0]) > 1)


def _agree(one: list[str], other: list[str]) -> bool:
    """Whether two full names with one surname can be one person's: "J.D. Vance", "JD Vance"."""
    first, second = one[0].replace(".", ""), other[0].replace(".", "")
    initial = first[:1] == second[:1] and (len(first) <= 2 or len(second) <= 2)
    return first.startswith(second) or second.startswith(first) or initial


def _title_gender(titles: Iterable[str]) -> Gender:
    for title in titles:
        if title in lexicon.MALE_TITLES or title in lexicon.MEN:
            return "he"
        if title in lexicon.FEMALE_TITLES or title in lexicon.WOMEN:
            return "she"
    return ""


def _first_name_gender(core: list[str]) -> Gender:
    for word in core[:2] if len(core) > 2 else core[:1]:
        first = word.lower().split("-")[0]
        if first in first_names.MEN:
            return "he"
        if first in first_names.WOMEN:
            return "she"
    return ""

"""Prose around quotations as tokens: what each word can be.

A quotation counts as one token, whatever stands in it: so nothing that a speaker says is taken
for the reporter's own words.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from digest.reading import lexicon
from digest.wording import Span

QUOTE, _WITHIN = "\x01", "\x02"  # the first character of a quotation, and all others
_CAPITAL = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Col|Lt|Sgt|Capt|Cpl|Prof|Rev|Del|Jr|Sr|St"
    r"|Adm|Maj|Fr|Hon)\.|(?:[A-Z]\.)+|[A-ZÀ-Þ]\w*(?:[’'\-](?![sS]\b)\w+)*)"
)
_LINK = "(?:{} )?".format(
    "(?:" + "|".join(sorted(lexicon.PARTICLES)) + "|of(?= (?:State|Defense) [A-Z]))"
)
_MOST = 50  # words of a name, or of a heading in capitals, beyond its first
_TOKEN = re.compile(
    rf"(?P<quote>{QUOTE}{_WITHIN}*)|(?P<name>{_CAPITAL}(?:[ \u00a0]{_LINK}{_CAPITAL}){{0,{_MOST}}})"
    r"|(?P<owner>[’'](?:s\b|(?=\s)))|(?P<word>(?:[a-z]\.){2,}|[^\W_]\w*(?:[’'\-.,/]\w+)*)"
    r"|(?P<point>\.\.\.|[^\w\s])"
)


class Token(NamedTuple):
    """A word, a name, a mark of punctuation or a whole quotation, and what it can be.

    Kinds: Q quotation, N name, P pronoun as subject, R relative pronoun, C reporting verb,
    H noun of speech, D determiner, I preposition, S subordinator, & conjunction, B form of be,
    A auxiliary or adverb, T day or month, ' possessive, W any other word; punctuation is its own.
    """

    kind: str
    start: int
    end: int
    word: str  # as printed for a name, in small letters otherwise


Sentence = list[Token]


def _kinds() -> dict[str, str]:
    """What each listed word is; where two lists have it, the later one here holds."""
    kinds = dict.fromkeys(lexicon.SPEECH, "H")
    kinds |= dict.fromkeys(lexicon.CUES, "C")
    for kind, words in (
        ("A", lexicon.OPENING_ADVERBS - set(lexicon.CUES)),
        ("I", lexicon.PREPOSITIONS),
        ("S", lexicon.SUBORDINATORS - set(lexicon.CUES)),
        ("D", lexicon.DETERMINERS),
        ("&", lexicon.CONJUNCTIONS),
        ("B", lexicon.BEING),
        ("A", lexicon.FILLERS),
        ("T", lexicon.WEEKDAYS),
        ("R", lexicon.RELATIVES),
        ("P", lexicon.SUBJECTS),
    ):
        kinds |= dict.fromkeys(words, kind)
    return kinds


_KINDS = _kinds()
_MONTHS = lexicon.MONTHS - {"march", "may"}


def masked(text: str, stretches: Iterable[Span]) -> str:
    """The text with every quotation, marks included, blotted out; all offsets hold."""
    text = text.replace(QUOTE, " ").replace(_WITHIN, " ")
    parts: list[str] = []
    done = 0
    for span in stretches:
        parts += (text[done : span.start], QUOTE + _WITHIN * (span.end - span.start - 1))
        done = max(done, span.end)
    return "".join((*parts, text[done:]))


def tokens(blotted: str, start: int, end: int, common: Container[str] = ()) -> Iterator[Token]:
    """The tokens of ``blotted[start:end]``.

    ``common``: words that the article also has in small letters; a capital does not make one
    of them a name where it opens a sentence.
    """
    fresh = True  # at the head of a sentence
    for match in _TOKEN.finditer(blotted, start, end):
        group = match.lastgroup
        if group == "name":
            yield from _named(match.group(), match.start(), common if fresh else ())
            fresh = False
        elif group == "word":
            word = match.group()
            low = word.lower()
            yield Token(_word_kind(low), match.start(), match.end(), low)
            fresh = False
        elif group == "quote":
            yield Token("Q", match.start(), match.end(), QUOTE)
            fresh = True
        elif group == "owner":
            yield Token("'", match.start(), match.end(), "'")
        else:
            mark = match.group()
            yield Token("—" if mark in "–—-―" else mark, match.start(), match.end(), mark)
            fresh = mark in ".?!:"


def _word_kind(low: str) -> str:
    kind = _KINDS.get(low)
    if kind:
        return kind
    if low.endswith("ly"):
        return "A"
    plain = re.split("[’']", low, maxsplit=1)[0]
    if plain != low:
        return {"P": "P", "B": "B", "A": "A", "R": "R"}.get(_KINDS.get(plain, ""), "W")
    return "W"


def _named(run: str, start: int, common: Container[str]) -> Iterator[Token]:
    """A run of capital words: function words at its head set free, days cut out of it."""
    words = run.replace("\u00a0", " ").split(" ")
    at, held, held_at = start, list[str](), start
    for number, word in enumerate(words):
        low = word.lower()
        day = low in lexicon.WEEKDAYS or low.rstrip(".") in _MONTHS
        alone = not held and (number == 0 or not held)
        if day or (alone and _is_plain(low, common, last=number == len(words) - 1)):
            if held:
                yield Token("N", held_at, at - 1, " ".join(held))
                held = []
            yield Token("T" if day else _word_kind(low), at, at + len(word), low)
        else:
            held_at = held_at if held else at
            held.append(word)
        at += len(word) + 1
    if held:
        yield Token("N", held_at, at - 1, " ".join(held))


def _is_plain(low: str, common: Container[str], last: bool) -> bool:
    """Whether a capital word at the head of a run is no name."""
    kind = _KINDS.get(low)
    if kind == "C" and low.endswith("ing") and last:
        return True
    if kind and kind not in "CH":
        return low not in ("will", "may", "us")
    if "’" in low or "'" in low:
        return _KINDS.get(re.split("[’']", low, maxsplit=1)[0]) == "P"
    if low in ("ceo", "cfo"):
        return True
    role = low.removesuffix("s") in lexicon.ROLES and low not in lexicon.BODIES
    return last and (low in common or role)

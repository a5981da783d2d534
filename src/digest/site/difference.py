"""Where articles print a claim in different words: one row for each, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from digest.model.claim import Claim, Printing
from digest.wording import fold

if TYPE_CHECKING:
    from difflib import SequenceMatcher


class Word(Struct, frozen=True):
    """Words of one printing in a row of the comparison.

    ``kind``: ``same``; ``only`` where no other printing has them; ``none`` where this one lacks
    words of another; ``more`` where it is a part, and the other goes on.
    """

    text: str
    kind: str


def comparable(claim: Claim, language: str) -> tuple[Printing, ...]:
    """The printings in the language of the first; ``language`` is the site's.

    A translation has other words by nature: nothing is said of where they differ.
    """
    spoken = [(one.lang or language).split("-")[0].lower() for one in claim.printings]
    both = zip(claim.printings, spoken, strict=True)
    return tuple(one for one, tongue in both if tongue == spoken[0])


def differs(printings: Sequence[Printing]) -> bool:
    """Whether two of them have different words."""
    as_printed = {tuple(_words(printing)) for printing in printings} if printings[1:] else ()
    return len(as_printed) > 1 and len({tuple(map(_key, words)) for words in as_printed}) > 1


def difference(printings: Sequence[Printing]) -> tuple[tuple[Word, ...], ...]:
    """A row for each printing: the first beside the one that differs most, the others beside it.

    Words are compared less their punctuation, as typography folds. Outside what two printings
    share nothing is called missing: the shorter one is a part.
    """
    rows = [_words(printing) for printing in printings]
    compared = [_aligned(rows[0], row) for row in rows[1:]]
    told = max(compared, key=lambda pair: sum(word.kind == "only" for word in pair[0]))
    return (told[0], *(pair[1] for pair in compared))


def _words(printing: Printing) -> list[str]:
    return " ".join(segment.text for segment in printing.segments).split()


def _aligned(one: list[str], other: list[str]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Both rows with what only one of them has, within what they share."""
    from difflib import SequenceMatcher  # for the few claims that need it

    keys, others = list(map(_key, one)), list(map(_key, other))
    forth = SequenceMatcher(None, keys, others, autojunk=False)
    back = SequenceMatcher(None, others, keys, autojunk=False)
    return tuple(_row(one, other, forth)), tuple(_row(other, one, back))


def _row(own: list[str], other: list[str], matcher: SequenceMatcher[str]) -> Iterator[Word]:
    """One printing's words; before the first and after the last shared word it just goes on."""
    steps = matcher.get_opcodes()
    for number, (kind, begin, end, from_, to) in enumerate(steps):
        text = " ".join(own[begin:end])
        at_edge = number in (0, len(steps) - 1)
        if kind == "equal" or (at_edge and kind == "delete"):
            yield Word(text, "same")
        elif at_edge and kind == "insert":
            yield Word("…", "more")
        elif kind == "insert":
            yield Word(f"no “{' '.join(other[from_:to])}” here", "none")
        else:
            yield Word(text, "only")


def _key(word: str) -> str:
    return fold(word).text.strip(".,;:!?\"'").casefold()

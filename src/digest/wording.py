"""When two texts are the same words.

Words are compared after folding typography alone, and every folded character keeps its
place in the text it came from, so that what is printed is always the article's own.

Folded: double quotation marks, single ones and apostrophes, dashes and hyphens, runs of
white space (no-break spaces too), the ellipsis and three points; soft hyphens and the marks of
direction of right-to-left text are skipped. Nothing else: no case, no letters, no Unicode
normalisation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category

from msgspec import Struct

_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_ALIKE = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("‐‑–—―", "-"),
    **dict.fromkeys(_SPACES, " "),
}
# The soft hyphen, and the marks of direction, which Arabic text has beside digits.
SKIPPED = "\u00ad\u200e\u200f\u061c"
BLANK = f" {_SPACES}{SKIPPED}"  # of which folding leaves a space, or nothing
# Whatever does not fold one character to one: these are where offsets shift. Begun with one set
# of characters, it is searched for three times as fast as the plain alternatives would be, and
# twice as fast again without the blank, which stands after every word.
_SHIFTING = re.compile(rf"[\s{SKIPPED}…](?:(?<=…)|(?<!…)[\s{SKIPPED}]+|(?<=[{SKIPPED}]))")
_BUT_BLANKS = re.compile(rf"[{_SPACES}{SKIPPED}…](?:(?<=…)|[\s{SKIPPED}]*)")


# Joiners stand inside words too.
_UNSEEN = SKIPPED + "\u200c\u200d"
# Part of the spelling where letters join, as in Persian and the scripts of India.
_SPELLED_JOINER = re.compile("(?<=[\u0600-\u0dff])[\u200c\u200d](?=[\u0600-\u0dff])")


class Span(Struct, frozen=True, order=True, array_like=True, gc=False):
    """Half-open offsets in code points of a decoded file (W3C ``TextPositionSelector``)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters this span covers."""
        return text[self.start : self.end]

    def within(self, other: Span) -> bool:
        """Whether this span lies inside ``other``."""
        return other.start <= self.start and self.end <= other.end

    def meets(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def less(self, other: Span) -> tuple[Span, ...]:
        """What is left of this span without ``other``: none, one or two spans."""
        before, after = Span(self.start, other.start), Span(other.end, self.end)
        parts = (before, after) if self.meets(other) else (self,)
        return tuple(part for part in parts if part.start < part.end)


class Shift(Struct, frozen=True, gc=False):
    """A place where one character does not fold to one: ``original`` became ``width`` at ``at``."""

    at: int
    width: int  # 0 what is skipped, 1 a run of white space, 3 an ellipsis
    original: Span


class Folded(Struct, frozen=True, gc=False):
    """A text folded for finding, with the way back to the untouched one.

    Between two shifts the offsets run in step. The idea, search folded and report the
    original, is that of hypothesis/client's anchoring.
    """

    text: str
    shifts: tuple[Shift, ...]
    length: int  # of the original, in code points

    def origin(self, at: int) -> Span:
        """The original characters that the folded character at ``at`` stands for."""
        before = bisect_right(self.shifts, at, key=lambda shift: shift.at) - 1
        if before < 0:
            return Span(at, at + 1)
        shift = self.shifts[before]
        if at < shift.at + shift.width:
            return shift.original
        start = shift.original.end + at - shift.at - shift.width
        return Span(start, start + 1)

    def folded_at(self, offset: int) -> int:
        """Where, or just before where, the original ``offset`` stands in the folded text."""
        before = bisect_right(self.shifts, offset, key=lambda shift: shift.original.start) - 1
        if before < 0:
            return offset
        shift = self.shifts[before]
        past = offset - shift.original.end
        return shift.at + shift.width + past if past >= 0 else shift.at

    def span(self, start: int, end: int) -> Span | None:
        """Original span of ``text[start:end]``; None if an end falls within an ellipsis."""
        first, last = self.origin(start), self.origin(end - 1)
        if start and self.origin(start - 1) == first:
            return None
        if end < len(self.text) and self.origin(end) == last:
            return None
        return Span(first.start, last.end)


@lru_cache(maxsize=1024)  # a stretch is folded for its article, and again for its quotation
def fold(text: str) -> Folded:
    """Fold ``text`` for comparing, remembering where each character came from.

    >>> fold("“a  bit…”").text
    '"a bit..."'
    """
    pieces: list[str] = []
    shifts: list[Shift] = []
    done = reached = 0
    for begins, ends in _shifting(text):
        stands_for = _stands_for(text[begins:ends])
        reached += begins - done
        shifts.append(Shift(reached, len(stands_for), Span(begins, ends)))
        pieces += (text[done:begins], stands_for)
        reached += len(stands_for)
        done = ends
    pieces.append(text[done:])
    folded = "".join(pieces)
    for one, alike in _ALIKE.items():  # on prose a sixth of what a pattern takes
        folded = folded.replace(one, alike)
    return Folded(folded, tuple(shifts), len(text))


def _shifting(text: str) -> Iterator[tuple[int, int]]:
    """Runs of white space or of what is skipped, and each ellipsis, in order."""
    if "  " in text:
        yield from (match.span() for match in _SHIFTING.finditer(text))
        return
    for match in _BUT_BLANKS.finditer(text):
        begins, ends = match.span()
        if text[begins] != "…":
            begins -= text[begins - 1 : begins] == " "  # it begins with a blank
        if ends - begins > 1 or text[begins] in f"…{SKIPPED}":
            yield begins, ends


def _stands_for(run: str) -> str:
    return "..." if run == "…" else " " if run.strip(SKIPPED) else ""


def same(one: str, other: str) -> bool:
    """Whether two texts are the same words.

    >>> same("don’t — stop…", "don't - stop...")
    True
    >>> same("Do", "do")
    False
    """
    return fold(one).text == fold(other).text


def places(words: str, within: Folded, start: int = 0, end: int | None = None) -> list[Span]:
    """Every place of ``words`` in a folded text, as spans of the original.

    ``start`` and ``end`` limit the search, in original offsets.

    >>> places("don't", fold("“Don’t”, she said, “don’t”"))
    [Span(start=20, end=25)]
    """
    sought = fold(words).text.strip()
    limit = within.length if end is None else end
    # Folding only shortens, but for an ellipsis: a place cannot lie outside these bounds.
    first, last = within.folded_at(start), within.folded_at(limit) + 3
    every = _occurrences(sought, within.text, first, last)
    found = (within.span(at, at + len(sought)) for at in every)
    return [span for span in found if span and start <= span.start and span.end <= limit]


def at_word_ends(span: Span, text: str) -> bool:
    """Whether a span does not begin or end inside a word: "on May 1" is not in "on May 11"."""
    before = text[max(span.start - 9, 0) : span.start].rstrip(_UNSEEN)[-1:]
    after = text[span.end : span.end + 9].lstrip(_UNSEEN)[:1]
    cuts_before = _in_word(before) and _in_word(text[span.start])
    cuts_after = _in_word(after) and _in_word(text[span.end - 1])
    return not (cuts_before or cuts_after)


def _in_word(character: str) -> bool:
    """Whether a character is part of a word: a letter, a digit, or a mark set upon one."""
    return character.isalnum() or (character > "\u02ff" and category(character)[0] == "M")


def passages(
    words: str, within: Folded, text: str, start: int = 0, end: int | None = None
) -> list[Span]:
    """Places of ``words`` that begin and end with whole words."""
    return [span for span in places(words, within, start, end) if at_word_ends(span, text)]


def invisible(words: str) -> str | None:
    """The first character nobody can see (zero-width, bidi control, soft hyphen), or None.

    A joiner between letters that join is spelling, and may stand there.
    """
    others = _SPELLED_JOINER.sub("", words)
    unseen = (c for c in others if category(c) in {"Cf", "Cc", "Co", "Cn"} and c != "\n")
    return next(unseen, None)


def _occurrences(sought: str, text: str, start: int, end: int) -> Iterator[int]:
    at = text.find(sought, start, end) if sought else -1
    while at >= 0:
        yield at
        at = text.find(sought, at + 1, end)

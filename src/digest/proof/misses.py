"""Why words were not found: where they stand instead, what is nearest, and what differs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from msgspec import Struct

from digest.diagnostics import Diagnostic
from digest.model.article import Article, Stretch
from digest.model.record import OnRecord
from digest.sentences import sentences
from digest.wording import Span, fold, passages, places, same

_LEAST = 55  # per cent alike: below it a "nearest" passage helps nobody
_NAMED = 5  # characters that a message names
_SHOWN = 90  # code points of a passage in a message
_MARKS = "“”„«»\"‘’' "


class Miss(Struct, frozen=True):
    """Why words were not found, and what to do."""

    rule: str
    message: str
    fixes: tuple[str, ...] = ()
    near: Callable[[], tuple[str, ...]] | None = None  # in their place, where there are none

    @property
    def hints(self) -> tuple[str, ...]:
        """What to do, or what stands there that is most like it: this costs a search."""
        return self.near() if self.near else self.fixes

    def finding(self, entry: OnRecord[Any], *steps: str | int, search: bool = True) -> Diagnostic:
        """The miss at the field of the record that has to be mended."""
        hints = self.hints if search else self.fixes
        return entry.finding(self.rule, self.message, *steps, hints=hints)


def no_stretch(
    words: str,
    article: Article,
    others: Mapping[str, Article],
    stands_in: Callable[[Article], bool],
) -> Miss:
    """Why ``words`` are no stretch of the article."""
    unmarked = words.strip(_MARKS)
    bare = places(unmarked, article.folded) if not same(words, unmarked) else ()
    if any(_holding(span, article) for span in bare):
        hint = "leave out the quotation marks around the words"
        return Miss("words-marked", "holds the article's own quotation marks", (hint,))
    inside = places(words, article.folded)
    if inside:
        return _misplaced(article, inside[0])
    for id, other in others.items():
        if other is not article and stands_in(other):
            hint = f"in: {id}, or other words"
            return Miss("words-elsewhere", f'does not stand in this article but in "{id}"', (hint,))
    near = partial(nearest, words, article, [stretch.span for stretch in article.stretches])
    message = "no such words between quotation marks in this article"
    return Miss("words-not-found", message, near=near)


def _misplaced(article: Article, inside: Span) -> Miss:
    """The words stand in the article, but are no whole stretch."""
    at = article.place(inside.start)
    held = _holding(inside, article)
    if held is None:
        hint = "the article's own prose is a passage, not a quotation"
        return Miss("words-unquoted", f"stands at {at}, but not between quotation marks", (hint,))
    hint = "quote the whole stretch: nothing may be left out between the marks"
    whole = _cut(held.span.of(article.text))
    return Miss("words-part", f"is only part of the stretch at {at}", (hint, whole))


def _holding(span: Span, article: Article) -> Stretch | None:
    """The stretch that a span lies in."""
    at = bisect_right(article.stretches, span.start, key=lambda stretch: stretch.span.start)
    before = article.stretches[at - 1] if at else None
    return before if before and span.within(before.span) else None


def no_passage(words: str, article: Article, after: str | None, within: Span | None) -> Miss:
    """Why ``words`` are no passage of the article, or of the part ``within``."""
    if after is not None and passages(words, article.folded, article.text):
        hint = "give the words right before it, as the article has them"
        return Miss("passage-place", f'does not stand right after "{after}"', (hint,))
    start, end = (within.start, within.end) if within else (0, None)
    cut = places(words, article.folded, start, end)
    if cut:
        at = article.place(cut[0].start)
        hint = "begin and end with whole words"
        return Miss("passage-cut", f"begins or ends inside a word at {at}", (hint,))
    every = [one for block in article.blocks for one in sentences(article.text, block.span)]
    near = partial(nearest, words, article, [within] if within else every)
    where = "the words that it is part of" if within else "this article"
    return Miss("passage-not-found", f"does not stand in {where}", near=near)


def nearest(words: str, article: Article, spans: Iterable[Span]) -> tuple[str, ...]:
    """The passage most like ``words``: shown with what differs, never accepted."""
    from rapidfuzz import fuzz, process  # only a miss needs it

    choices = {span: fold(span.of(article.text)).text for span in spans}
    sought = fold(words).text.strip()
    whole = process.extractOne(sought, choices, scorer=fuzz.ratio, score_cutoff=_LEAST)
    part = process.extractOne(sought, choices, scorer=fuzz.partial_ratio, score_cutoff=_LEAST + 20)
    # A part of a longer passage is meant where the sought words are much like it, and shorter.
    longer = part is not None and len(part[0]) > len(sought)
    if part and (whole is None or (longer and part[1] > whole[1] + 5)):
        span = _aligned(sought, part[2], article)
    elif whole:
        span = whole[2]
    else:
        return tuple(_foreign(sought, article))
    printed = span.of(article.text)
    shown = f"nearest, at {article.place(span.start)}: {_cut(printed)}"
    return (shown, *_difference(sought, fold(printed).text))


def _foreign(sought: str, article: Article) -> Iterator[str]:
    """Characters that the article has nowhere: some only look like those that it has."""
    foreign = dict.fromkeys(one for one in sought if ord(one) > 126 and one not in article.text)
    if foreign:
        told = ", ".join(f"“{one}” (U+{ord(one):04X})" for one in list(foreign)[:_NAMED])
        yield f"the article has no {told}" + (" …" if len(foreign) > _NAMED else "")


def _aligned(sought: str, span: Span, article: Article) -> Span:
    """The part of ``span`` that is most like ``sought``, to whole words."""
    from rapidfuzz import fuzz

    folded = fold(span.of(article.text))
    found = fuzz.partial_ratio_alignment(sought, folded.text)
    if found is None or found.dest_start >= found.dest_end:
        return span
    start = folded.text.rfind(" ", 0, found.dest_start + 1) + 1
    end = folded.text.find(" ", found.dest_end - 1)
    end = len(folded.text) if end < 0 else end
    begins, ends = folded.origin(start).start, folded.origin(end - 1).end
    return Span(span.start + begins, span.start + ends)


def _difference(ours: str, theirs: str) -> tuple[str, ...]:
    """The first place where two texts part, with the code points where eyes would not see it."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    at = next((i for i, (one, other) in pairs if one != other), min(len(ours), len(theirs)))
    here, there = (text[max(at - 12, 0) : at + 13] for text in (ours, theirs))
    unlike = (text[at] for text in (ours, theirs) if at < len(text) and ord(text[at]) > 126)
    points = "".join(f" (U+{ord(character):04X})" for character in unlike)
    return (f"here “{here}”, there “{there}”{points}",)


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return f"“{plain}”" if len(plain) <= _SHOWN else f"“{plain[:_SHOWN]}…”"

"""Words found in their article, or why not.

A quotation is whole stretches; a passage is a run of whole words of the article's text. A near
miss is never accepted: it is shown, with its place, and what differs is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from digest.diagnostics import Diagnostic
from digest.model.article import Article, Stretch
from digest.model.record import OnRecord
from digest.wording import Span, fold, passages, places

_LEAST = 55  # per cent alike: below it a "nearest" passage helps nobody
_SHOWN = 90  # code points of a passage in a message


class Miss(Struct, frozen=True):
    """Why words were not found, and what to do."""

    rule: str
    message: str
    hints: tuple[str, ...] = ()

    def finding(self, entry: OnRecord[Any], *steps: str | int) -> Diagnostic:
        """The miss at the field of the record that has to be mended."""
        return entry.finding(self.rule, self.message, *steps, hints=self.hints)


def find_stretch(
    words: str, article: Article, others: Mapping[str, Article], after: str | None = None
) -> tuple[Stretch, Span] | Miss:
    """The stretch that ``words`` are, whole, and their span (less a final comma or full stop).

    ``others`` are all articles by id, to say where the words stand instead.
    """
    found = [both for both in _whole(words, article) if _follows(after, article, both[0].marked)]
    if len(found) == 1:
        return found[0]
    if found:
        hint = "give the words that stand right before it: after: “…”"
        listed = ", ".join(str(article.place(stretch.span.start)) for stretch, _ in found)
        return Miss("words-ambiguous", f"stands {len(found)} times: {listed}", (hint,))
    return _missed(words, article, others, after)


def find_passage(
    words: str,
    article: Article,
    after: str | None = None,
    within: Span | None = None,
    nearest_to: int | None = None,
) -> Span | Miss:
    """A run of whole words of the article's text, the only one or the one nearest to an offset."""
    start, end = (within.start, within.end) if within else (0, None)
    found = passages(words, article.folded, article.text, start, end)
    found = [span for span in found if _follows(after, article, span)]
    if nearest_to is not None and found:
        return min(found, key=lambda span: abs(span.start - nearest_to))
    if len(found) > 1 and nearest_to is None:
        listed = ", ".join(str(article.place(span.start)) for span in found)
        hint = "take in more of the sentence, so that it stands once"
        return Miss("passage-ambiguous", f"stands {len(found)} times: {listed}", (hint,))
    return found[0] if found else _no_passage(words, article, after)


def _whole(words: str, article: Article) -> list[tuple[Stretch, Span]]:
    """Every stretch that consists of ``words``; a final comma or full stop may be left out."""
    sought = fold(words).text.strip()
    found = []
    for stretch in article.stretches:
        within = stretch.span.of(article.text)
        if len(within) < len(sought) - 3 * within.count("…") - 2:
            continue
        kept = fold(within).text.strip()
        if kept == sought:
            found.append((stretch, stretch.span))
        elif kept[-1:] in (",", ".") and not kept.endswith("...") and kept[:-1] == sought:
            found.append((stretch, Span(stretch.span.start, stretch.span.end - 1)))
    return found


def _follows(after: str | None, article: Article, span: Span) -> bool:
    """Whether the words ``after`` stand right before ``span``."""
    if after is None:
        return True
    before = article.text[max(span.start - 2 * len(after) - 20, 0) : span.start]
    return fold(before).text.rstrip().endswith(fold(after).text.strip())


def _missed(words: str, article: Article, others: Mapping[str, Article], after: str | None) -> Miss:
    if after is not None and _whole(words, article):
        return Miss("words-place", f'does not stand right after "{after}"')
    inside = places(words, article.folded)
    if inside:
        at = article.place(inside[0].start)
        held = [s for s in article.stretches if inside[0].within(s.span)]
        if held:
            whole = _cut(held[0].span.of(article.text))
            hints: tuple[str, ...] = (
                "quote the whole stretch: nothing may be left out between the marks",
                whole,
            )
            return Miss("words-part", f"is only part of the stretch at {at}", hints)
        hint = "the article's own prose is a passage, not a quotation"
        return Miss("words-unquoted", f"stands at {at}, but not between quotation marks", (hint,))
    for id, other in others.items():
        if other is not article and _whole(words, other):
            return Miss("words-elsewhere", f'does not stand in this article but in "{id}"')
    stretches = [stretch.span for stretch in article.stretches]
    hints = _nearest(words, article, stretches)
    return Miss("words-not-found", "no such words between quotation marks in this article", hints)


def _no_passage(words: str, article: Article, after: str | None) -> Miss:
    if after is not None and passages(words, article.folded, article.text):
        return Miss("passage-place", f'does not stand right after "{after}"')
    cut = places(words, article.folded)
    if cut:
        hint = "begin and end with whole words"
        return Miss(
            "passage-cut", f"begins or ends inside a word at {article.place(cut[0].start)}", (hint,)
        )
    sentences = [sentence for block in article.blocks for sentence in block.sentences]
    return Miss(
        "passage-not-found", "no such words in this article", _nearest(words, article, sentences)
    )


def _nearest(words: str, article: Article, spans: Iterable[Span]) -> tuple[str, ...]:
    """The passage most like ``words``: shown, never accepted."""
    from rapidfuzz import fuzz, process  # only a miss needs it

    choices = {span: fold(span.of(article.text)).text for span in spans}
    sought = fold(words).text
    best = process.extractOne(sought, choices, scorer=fuzz.ratio, score_cutoff=_LEAST)
    best = best or process.extractOne(
        sought, choices, scorer=fuzz.partial_ratio, score_cutoff=_LEAST + 20
    )
    if best is None:
        return ()
    span = best[2]
    printed = span.of(article.text)
    return (
        f"nearest, at {article.place(span.start)}: {_cut(printed)}",
        *_difference(words, printed),
    )


def _difference(words: str, printed: str) -> tuple[str, ...]:
    """The first place where two texts part, with the code points where eyes would not see it."""
    ours, theirs = fold(words).text, fold(printed).text
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), None)
    if at is None:
        at = min(len(ours), len(theirs))
    here, there = (text[max(at - 12, 0) : at + 13] for text in (ours, theirs))
    points = "".join(
        f" (U+{ord(text[at]):04X})" if at < len(text) and ord(text[at]) > 126 else ""
        for text in (ours, theirs)
    )
    return (f"here “{here}”, there “{there}”{points}",)


def _cut(words: str) -> str:
    plain = " ".join(words.split())
    return f"“{plain}”" if len(plain) <= _SHOWN else f"“{plain[:_SHOWN]}…”"

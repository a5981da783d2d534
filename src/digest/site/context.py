"""A quotation in its own sentences: enough to judge it, and no more than may be printed.

The articles belong to their publishers. The context is the quotation's own sentences, with
the sentence before where they hold nothing but the quotation; captions and headings are cut
out. Where all contexts of an article together would print too much of it, each is narrowed to
some words on either side, as a ``TextQuoteSelector`` keeps a prefix and a suffix.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

from digest.model.claim import Claim, Curated, Passage, Printing
from digest.sentences import sentences
from digest.wording import Span

Width = int | None  # code points on either side, to word ends; None: whole sentences
_WORD = re.compile(r"[^\W_]")  # a letter or digit
_FEW = 6  # words: fewer say little without the sentence that carries them


class Widths(Struct, frozen=True, array_like=True):
    """How wide the contexts of one article may be, by what they surround."""

    context: Width  # of quotations
    first: Width  # of fragments and of turning points
    hits: int  # of phrases

    def of(self, claim: Claim, printing: Printing) -> Width:
        """How wide the context of a claim's printing may be."""
        return self.first if comes_first(claim, printing) else self.context


def is_fragment(printing: Printing) -> bool:
    """Whether the article quotes fewer than six words: they are shown in their sentence."""
    # No more words are counted than are asked for.
    return sum(len(segment.text.split(None, _FEW)) for segment in printing.segments) < _FEW


def comes_first(claim: Claim, printing: Printing) -> bool:
    """Whether its words need those around them more than others do."""
    return is_fragment(printing) or claim.turning_point is not None


class Piece(Struct, frozen=True, array_like=True):
    """Words of an article's paragraph; ``marked`` where they are the quotation's own."""

    text: str
    marked: bool


class Paragraph(Struct, frozen=True, array_like=True):
    """A part of an article's paragraph, and whether its sentences go on before and after."""

    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


def excerpt(curated: Curated, passages: Iterable[Passage], width: Width) -> tuple[Paragraph, ...]:
    """The context of ``passages``, paragraph by paragraph, the passages marked."""
    marked = sorted(passage.span for passage in passages)
    text, own = curated.article.text, _own(curated, marked)
    whole = _with_the_one_before(curated, own, marked)
    starts, ends = {span.start for span in whole}, {span.end for span in whole}
    return tuple(
        Paragraph(_pieces(text, part, marked), part.start not in starts, part.end not in ends)
        for span in (whole if width is None else _all_narrowed(text, own, marked, width))
        for part in curated.printable(span)
        if part.of(text).strip()
    )


def spans(curated: Curated, marked: list[Span], width: Width) -> list[Span]:
    """What the context of ``marked`` prints: for each paragraph a span, or several if narrow."""
    own = _own(curated, marked)
    if width is None:
        return _with_the_one_before(curated, own, marked)
    return _all_narrowed(curated.article.text, own, marked, width)


def _own(curated: Curated, marked: list[Span]) -> list[Span]:
    """The sentences that have ``marked`` in them: of each paragraph a span."""
    article = curated.article
    found = []
    for index in sorted({article.paragraph(mark.start) for mark in marked}):
        every = sentences(article.text, article.blocks[index].span)
        near = _near(every, marked[0].start, marked[-1].end)
        own = [s for s in near if any(s.meets(mark) for mark in marked)]
        if own:
            found.append(Span(own[0].start, own[-1].end))
    return found


def _with_the_one_before(curated: Curated, own: list[Span], marked: list[Span]) -> list[Span]:
    """``own``, after the sentence that says whose words they are, if they do not."""
    article = curated.article
    if not own or not _bare(article.text, own, marked):
        return own
    index = article.paragraph(own[0].start)
    prose = (b for b in article.blocks[max(index - 1, 0) : index + 1] if b.kind == "prose")
    every = (sentences(article.text, block.span) for block in prose)
    before = [s for one in every for s in _near(one, 0, own[0].start)[-1:]]
    return [*before[-1:], *own]


def _all_narrowed(text: str, own: list[Span], marked: list[Span], width: int) -> list[Span]:
    return [part for span in own for part in _narrowed(text, span, marked, width)]


def _near(sentences: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of a paragraph's sentences that lie between ``start`` and ``end`` or meet them."""
    first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
    return sentences[first : bisect_left(sentences, end, key=lambda sentence: sentence.start)]


def around(curated: Curated, mark: Span, room: Span, width: int) -> Span:
    """``mark`` with ``width`` code points on either side, to word ends and within ``room``."""
    return _narrowed(curated.article.text, room, [mark], width)[0]


def in_context(curated: Curated, mark: Span, room: Span, shown: Span) -> Paragraph:
    """The words ``shown`` of ``room``, with ``mark`` marked in them."""
    pieces = _pieces(curated.article.text, shown, [mark])
    return Paragraph(pieces, shown.start > room.start, shown.end < room.end)


def _narrowed(text: str, span: Span, marked: list[Span], width: int) -> list[Span]:
    """``span`` to ``width`` either side of the marks in it; what then touches is one."""
    parts: list[Span] = []
    for mark in marked:
        if not mark.meets(span):
            continue
        start, end = max(mark.start - width, span.start), min(mark.end + width, span.end)
        if start > span.start:  # begin and end with whole words
            start += len(text[start : mark.start].split(" ", 1)[0]) + 1
            start = _past_name(text, start, mark.start)
        if end < span.end:
            end = (
                mark.end + text[mark.end : end].rfind(" ")
                if " " in text[mark.end : end]
                else mark.end
            )
        start = min(start, mark.start)
        if parts and start <= parts[-1].end + 1:
            parts[-1] = Span(parts[-1].start, end)
        else:
            parts.append(Span(start, end))
    return parts


def _past_name(text: str, start: int, end: int) -> int:
    """``start``, or where a name ends that would be cut in two there."""
    while start < end and text[start].isupper():
        before = text[:start].rsplit(None, 1)[-1:]
        if not before or not before[0][:1].isupper() or not before[0][-1].isalnum():
            break
        start += len(text[start:end].split(" ", 1)[0]) + 1
    return min(start, end)


def _bare(text: str, sentences: list[Span], marked: list[Span]) -> bool:
    """Whether the sentences hold nothing but the quotation and its marks: who says it?"""
    for sentence in sentences:
        at = sentence.start
        for mark in marked:
            if at < mark.start and _WORD.search(text, at, min(mark.start, sentence.end)):
                return False
            at = max(at, mark.end)
        if at < sentence.end and _WORD.search(text, at, sentence.end):
            return False
    return True


def _pieces(text: str, span: Span, marked: list[Span]) -> tuple[Piece, ...]:
    """The words of ``span`` cut where a marked passage begins and ends."""
    pieces: list[Piece] = []
    at = span.start
    for mark in marked:
        start, end = max(mark.start, span.start), min(mark.end, span.end)
        if start >= end:
            continue
        pieces += (Piece(text[at:start], False), Piece(text[start:end], True))
        at = end
    pieces.append(Piece(text[at : span.end], False))
    return tuple(piece for piece in pieces if piece.text)

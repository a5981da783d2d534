"""Stretches: what stands between one pair of double quotation marks.

Single marks are ignored: in news prose they are apostrophes far more often than quotations,
and an article may open ‘ and close with '. A stretch never crosses a paragraph; one that is
not closed ends with its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest.model.article import Block, Stretch
from digest.wording import BLANK, Span

# Also »so« (Danish, German) and ”so” (Swedish, Finnish): a mark that elsewhere closes opens
# where it follows white space and touches a word.
# A straight mark after a letter or digit and before a space closes, or is an inch: 6'3" tall.
MARKS = '“”„«»"'
_OPENS = re.compile(r'[“„]|(?<!\w)"|"(?=\w)|«|(?<![^\s(\[])[»”](?=\w)')
# Tried only where there is a mark: looking for one is ten times as fast as trying this everywhere.
_MARK = re.compile('[“„"«»”]')
_CLOSES = {
    opening: re.compile(closing)
    for opening, closing in (
        ("“", "”"), ("„", "[“”]"), ("«", "»"), ("»", "«"), ("”", "”"), ('"', '["”]'),
    )
}  # fmt: skip


def stretches(text: str, blocks: Iterable[Block]) -> tuple[Stretch, ...]:
    """Every stretch of ``text``, in order, paragraph by paragraph.

    >>> one = Block(Span(0, 20))
    >>> [s.span.of('He “may” go, "yes".') for s in stretches('He “may” go, "yes".', [one])]
    ['may', 'yes']
    """
    return tuple(
        Stretch(span, marked, index)
        for index, block in enumerate(blocks)
        for span, marked in _between_marks(text, block.span)
    )


def _between_marks(text: str, within: Span) -> Iterator[tuple[Span, Span]]:
    opened = _opening(text, within.start, within.end)
    while opened:
        at = opened.start()
        closes = _closing(text, opened.group(), at + 1, within.end)
        closed = closes.start() if closes else within.end
        yield _bare(text, at + 1, closed), Span(at, min(closed + 1, within.end))
        opened = _opening(text, closed + 1, within.end)


def _opening(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first mark that opens a stretch."""
    marks = (_OPENS.match(text, mark.start(), end) for mark in _MARK.finditer(text, start, end))
    return next(filter(None, marks), None)


def _closing(text: str, opening: str, start: int, end: int) -> re.Match[str] | None:
    """The mark that closes; a straight one closes “ where the curly one is missing."""
    again = text.find("“", start, end) if opening == "“" else -1
    if again < 0:
        closes = _CLOSES[opening].search(text, start, end)
        return closes or (_CLOSES['"'].search(text, start, end) if opening == "“" else None)
    return (
        _CLOSES[opening].search(text, start, again)
        or _CLOSES['"'].search(text, start, again)
        or _CLOSES[opening].search(text, again, end)
    )


def _bare(text: str, start: int, end: int) -> Span:
    """What stands between the marks, less the white space that French sets inside them and less
    what folding skips: a stretch begins and ends with what can be seen."""
    words = text[start:end]
    begins = start + len(words) - len(words.lstrip(BLANK))
    return Span(begins, max(begins, end - len(words) + len(words.rstrip(BLANK))))

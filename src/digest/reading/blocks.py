"""What stands where in an article: prose, and what is apart from it.

Titles, standfirsts, bylines, headings, captions, boilerplate and footers are told apart where
the text shows it. What it does not show (a heading glued into a paragraph) is left as prose:
the curator names it under ``apart``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from digest.model.article import Block, Kind
from digest.sentences import sentences
from digest.wording import Span

_LINE = re.compile(r"[^\n]+")
_BLANK = " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\u00a0\u2028\u2029\ufeff"
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_WRAPPED = 100  # code points: a file with no longer line is wrapped by hand
_HEADING = 80
_TITLE = 200
_NOTICE = 400
_CAPTION = 40
_ABOVE_PROSE = ("title", "standfirst", "byline", "boilerplate")
_CLOSERS = "”“\"’'»«)]"
_POINTS = (".", "!", "?", "…", ",", ":", ";", "؟", "،", "؛", "۔")
_BYLINE = re.compile(r"(?:written )?by \S.{1,60}$", re.IGNORECASE)
_FOOTER = re.compile(r"The post .+ appeared first on .+")
_BOILERPLATE = re.compile(
    r"translations may contain inaccuracies|all rights reserved|^advertisement$|is in beta\b"
    r"|^(?:sign up|subscribe) (?:for|to)\b|^(?:read|see) (?:more|also):",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\s*(?:[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}/)?(?:Getty Images|AP Photo|AFP|Reuters)\b"
)


def blocks(text: str, begins: int, titled: bool) -> tuple[Block, ...]:
    """The parts of ``text`` from ``begins`` on, in order, each with its kind.

    ``titled``: the first line may be a title (an article with a date header has none).
    """
    spans = _paragraphs(text, begins)
    found: list[Block] = []
    for index, span in enumerate(spans):
        kind = _kind(text, spans, index, found, titled)
        found.append(Block(span, kind))
    return tuple(_without_captions(text, list(_footers(text, found))))


def _paragraphs(text: str, begins: int) -> list[Span]:
    """Each line that holds words; in a file wrapped by hand, each run of such lines."""
    found = (Span(m.start(), m.end()) for m in _LINE.finditer(text, begins))
    lines = [line for line in found if line.of(text).strip(_BLANK)]
    if not _wrapped(text, lines):
        return [_trimmed(text, line) for line in lines]
    runs: list[Span] = []
    for line in lines:
        if runs and text[runs[-1].end : line.start].count("\n") == 1:
            runs[-1] = Span(runs[-1].start, line.end)
        else:
            runs.append(line)
    return [_trimmed(text, run) for run in runs]


def _wrapped(text: str, lines: list[Span]) -> bool:
    """Whether lines were broken by hand: all short, and blank lines between paragraphs or few
    lines that end a sentence."""
    if any(line.end - line.start > _WRAPPED for line in lines):
        return False
    ends = sum(_ends_a_sentence(line.of(text).rstrip()) for line in lines)
    return bool(_BLANK_LINE.search(text)) or 2 * ends < len(lines)


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    bare = words.strip(_BLANK)
    start = span.start + words.index(bare)
    return Span(start, start + len(bare))


def _kind(text: str, spans: list[Span], index: int, before: list[Block], titled: bool) -> Kind:
    """What the paragraph at ``index`` is, by its own look and by what came before."""
    words = spans[index].of(text)
    ends = _ends_a_sentence(words)
    if _FOOTER.fullmatch(words):
        return "footer"
    if len(words) <= _NOTICE and _BOILERPLATE.search(words):
        return "boilerplate"
    if index == 0 and titled and not ends and len(words) <= _TITLE and len(spans) > 1:
        return "title"
    if _BYLINE.match(words) and not ends and (not before or before[-1].kind in _ABOVE_PROSE):
        return "byline"
    if before and before[-1].kind == "title" and _adjoins(text, spans, index):
        return "standfirst"
    if not ends and len(words) <= _HEADING:
        return "heading"
    return "prose"


def _ends_a_sentence(words: str) -> bool:
    return words.rstrip(_CLOSERS).endswith(_POINTS)


def _adjoins(text: str, spans: list[Span], index: int) -> bool:
    """Whether a paragraph stands right below the one before and apart from the one after."""
    above = text[spans[index - 1].end : spans[index].start].count("\n")
    below = text[spans[index].end : spans[index + 1].start] if index + 1 < len(spans) else ""
    return above == 1 and below.count("\n") > 1


def _footers(text: str, parts: list[Block]) -> Iterator[Block]:
    """A heading with no prose after it heads nothing: it belongs to the page's foot."""
    last = max((i for i, part in enumerate(parts) if part.kind == "prose"), default=len(parts))
    for index, part in enumerate(parts):
        foots = index > last and part.kind == "heading"
        yield Block(part.span, "footer") if foots else part


def _without_captions(text: str, parts: list[Block]) -> Iterator[Block]:
    """Split off captions: a sentence that ends one paragraph and opens the next."""
    opens_with = 0  # where the prose of this paragraph begins, past a caption
    for part, after in zip_longest(parts, parts[1:]):
        span = Span(max(part.span.start, opens_with), part.span.end)
        again = _repeated(text, span, after.span) if after else None
        if again and after:
            opens_with = _past_credit(text, after.span.start + again.end - again.start)
            if again.start > span.start:
                yield Block(_trimmed(text, Span(span.start, again.start)), part.kind)
            yield Block(again, "caption")
            yield Block(Span(after.span.start, opens_with), "caption")
        else:
            yield Block(_trimmed(text, span), part.kind)


def _repeated(text: str, one: Span, after: Span) -> Span | None:
    """The last sentence of ``one``, if the paragraph ``after`` begins with it too."""
    opening = text[after.start : min(after.start + _CAPTION, after.end)]
    if text.find(opening, one.start, one.end) < 0:  # so it mostly is, and no sentence is sought
        return None
    last = sentences(text, one)[-1:]
    if not last or last[0].start == one.start or last[0].end - last[0].start < _CAPTION:
        return None
    return last[0] if text.startswith(last[0].of(text), after.start) else None


def _past_credit(text: str, offset: int) -> int:
    credit = _CREDIT.match(text, offset)
    return credit.end() if credit else offset

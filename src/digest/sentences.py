"""Where a sentence of news prose ends: for the context that a quotation is shown in."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.wording import Span

# “ and « close in „Bulgarian“ and »Danish«; ؟ and ۔ end Arabic and Urdu sentences.
_END = re.compile(r"[.!?…؟۔][”“\"’'»«)\]]*(?=\s+[“„\"‘«»(\[]*(?P<next>[^\W_]))")
# "Mr." does not end a sentence, nor do initials ("U.S.", "J.D.").
_SHORT = (
    "Mr Mrs Ms Dr Prof St Sen Rep Gov Gen Col Lt Sgt Jr Sr Jan Feb Aug Sept Oct Nov Dec No vs Inc"
    " Corp Co Ltd"
).split()
_ABBREVIATED = re.compile(rf"(?:\b(?:{'|'.join(_SHORT)})|\b[A-Z](?:\.[A-Z])*)\.$")
_SHORT_ENDS = frozenset(word[-2:] for word in _SHORT)  # few words end so: the rest is not searched
# “Why?” Vance asked: the question ends, its sentence does not.
_CUE_FOLLOWS = re.compile(
    r"\s+(?:[A-Z][\w.’'-]*\s){1,3}(?:said|asked|told|wrote|added|replied)\b|\s+(?:s?he|they)\s"
)


@lru_cache(64)  # quotations of one paragraph ask one after the other
def sentences(text: str, within: Span) -> tuple[Span, ...]:
    """The sentences of a paragraph, in order; every character but white space is in one.

    >>> text = "Mr. Vance of the U.S. Senate left. “Why?” He did not say."
    >>> [span.of(text) for span in sentences(text, Span(0, len(text)))]
    ['Mr. Vance of the U.S. Senate left.', '“Why?”', 'He did not say.']
    """
    found: list[Span] = []
    begins = within.start
    for match in _END.finditer(text, within.start, within.end):
        if match["next"].islower():  # "4,2 млн. крони"
            continue
        if _is_abbreviated(text, begins, match.start()):
            continue
        if match.end() - match.start() > 1 and _CUE_FOLLOWS.match(text, match.end()):
            continue
        found.append(_stripped(text, Span(begins, match.end())))
        begins = match.end()
    last = _stripped(text, Span(begins, within.end))
    return (*found, last) if last.start < last.end else tuple(found)


def _is_abbreviated(text: str, begins: int, point: int) -> bool:
    """Whether a point only shortens the word before it."""
    if text[point - 1].isupper() or text[point - 2 : point] in _SHORT_ENDS:
        return bool(_ABBREVIATED.search(text[max(begins, point - 12) : point + 1]))
    return False


def _stripped(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - len(words) + len(words.rstrip())))

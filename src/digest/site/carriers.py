"""The words around a claim's words, on every page that shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from digest.model.claim import Claim, Curated, Printing
from digest.site.context import Paragraph, Piece, Widths, excerpt, is_fragment

_OPENING = re.compile(r"[“„«‘\"']$")
_CLOSING = re.compile(r"[,.]?[”“»’\"']+")


def context(
    claim: Claim, printing: Printing, curated: Curated, widths: Widths
) -> tuple[Paragraph, ...]:
    """A printing's words among those around them, as wide as rights allow."""
    return excerpt(curated, (*printing.segments, *printing.again), widths.of(claim, printing))


def carrier(claim: Claim, curated: Curated, widths: Widths) -> Paragraph | None:
    """The words around a fragment, which is never shown alone; None for a whole quotation."""
    printing = claim.printings[0]
    if not is_fragment(printing):
        return None
    words = Piece(printing.segments[0].text, True)
    shown = context(claim, printing, curated, widths)
    found = next((part for part in shown if words in part.pieces), None)
    return found and msgspec.structs.replace(found, pieces=_with_marks(found.pieces))


def _with_marks(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Marked words with the quotation marks beside them: set large, they need them."""
    texts = [piece.text for piece in pieces]
    for at, piece in enumerate(pieces):
        if piece.marked and at and _OPENING.search(texts[at - 1]):
            texts[at - 1], texts[at] = texts[at - 1][:-1], texts[at - 1][-1] + texts[at]
        closing = _CLOSING.match(texts[at + 1]) if piece.marked and at + 1 < len(pieces) else None
        if closing:
            texts[at], texts[at + 1] = texts[at] + closing[0], texts[at + 1][closing.end() :]
    told = zip(texts, pieces, strict=True)
    return tuple(Piece(text, piece.marked) for text, piece in told if text)

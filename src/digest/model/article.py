"""An article as read: its untouched text, and what stands where in it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Literal

from msgspec import Struct

from digest.dates import Window
from digest.diagnostics import Place
from digest.wording import Folded, Span, fold

Kind = Literal[
    "prose", "title", "standfirst", "byline", "heading", "caption", "boilerplate", "footer"
]


class Block(Struct, frozen=True, array_like=True, gc=False):
    """A paragraph of an article, or a part of one that is not prose."""

    span: Span
    kind: Kind = "prose"


class Stretch(Struct, frozen=True, array_like=True, gc=False):
    """What stands between one pair of double quotation marks.

    ``span`` is inside the marks, ``marked`` includes them; an unclosed stretch ends with its
    paragraph. ``block`` is the index of the paragraph.
    """

    span: Span
    marked: Span
    block: int


class Provenance(Struct, frozen=True, array_like=True):
    """What the file itself says about where it comes from; None and () where it is silent."""

    title: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    publisher: str | None = None  # "The post … appeared first on PUBLISHER"
    via: tuple[str, ...] = ()  # who printed it again, nearest to our copy last
    caution: str | None = None  # a warning that the file prints about its own text


class Article(Struct, frozen=True, array_like=True, dict=True):
    """One news article as it stands in ``seeds/``; ``text`` is never edited."""

    file: str  # its name within seeds/
    text: str
    sha256: str  # of the file's bytes
    dated: Window | None  # the day or month its own header gives; None: it has no header
    blocks: tuple[Block, ...]  # in order; captions inside a paragraph are blocks of their own
    stretches: tuple[Stretch, ...]
    provenance: Provenance

    @cached_property
    def folded(self) -> Folded:
        """The text folded for finding, with the way back."""
        return fold.__wrapped__(self.text)

    @cached_property
    def by_words(self) -> dict[str, list[int]]:
        """Each stretch by its folded words, and by them less a final comma or full stop.

        Worked out when a claim is looked for: most articles of a rebuild are not asked.
        """
        index: dict[str, list[int]] = {}
        for number, stretch in enumerate(self.stretches):
            words = fold(stretch.span.of(self.text)).text
            index.setdefault(words, []).append(number)
            if words[-1:] in (",", ".", "،", "۔") and not words.endswith("..."):
                index.setdefault(words[:-1], []).append(number)
        return index

    def forget(self) -> None:
        """Free what was worked out to find words in it; whoever looks again works it out again."""
        self.__dict__.clear()

    def place(self, offset: int) -> Place:
        """Line and column of ``offset`` in the file, for a message."""
        line = self.text.count("\n", 0, offset) + 1
        return Place(f"seeds/{self.file}", line, offset - self.text.rfind("\n", 0, offset))

    def stretch_at(self, offset: int) -> Stretch | None:
        """The stretch whose words begin at ``offset``."""
        at = bisect_right(self.stretches, offset, key=lambda stretch: stretch.span.start) - 1
        found = self.stretches[at] if at >= 0 else None
        return found if found and found.span.start == offset else None

    def paragraph(self, offset: int) -> int:
        """Index of the paragraph that holds ``offset``, or of the last one before it."""
        after = bisect_right(self.blocks, offset, key=lambda block: block.span.start)
        return max(after - 1, 0)

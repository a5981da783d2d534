"""What a large digest sets otherwise than a small one, so that every page stays usable.

A small one stands on its home page whole. Of a large one home shows the latest and leads on to the
months, and whatever would grow with the whole record is cut into parts of a bounded size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from digest.model.claim import Claim, Digest, Statement

WHOLE = 100  # claims at most, of a digest that stands on its home page whole
LATEST = 50  # statements, on the home page of a large digest
YEARS = 8  # of the calendar, on the home page of a large digest
OFFERED = 50  # speakers at most, to choose a large digest's statements by
SPOKE_LAST = 12  # speakers whose latest position a large digest shows together
NEAR = 12  # statements of one occasion at most, beside a quotation of a large digest
ON_A_PAGE = 100  # statements at most, on a page of a large digest that lists them
ROWS = 250  # at most, in a table of a large digest
CLASHES = 50  # disagreements at most, on a page of a large digest
_ORDINARY = 400  # code points of words: a statement of more is long
_T = TypeVar("_T")


def is_large(digest: Digest) -> bool:
    """Whether home holds the latest alone, and the months take over."""
    return len(digest.claims) > WHOLE


def length(statement: Statement) -> int:
    """How much room a statement takes on a page, in ordinary ones: long words count as several."""
    if not isinstance(statement, Claim):
        return 1
    words = sum(len(passage.text) for passage in statement.printings[0].segments)
    return 1 + words // _ORDINARY


def parts(
    groups: Iterable[Sequence[_T]], most: int, length: Callable[[_T], int] = lambda _: 1
) -> Iterator[list[_T]]:
    """Groups in their order, as many to a part as fit; one that is larger alone is cut.

    >>> list(parts(["ab", "c", "de", "fghi"], 3))
    [['a', 'b', 'c'], ['d', 'e'], ['f', 'g', 'h'], ['i']]
    """
    part: list[_T] = []
    left = most
    for group in groups:
        lengths = [*map(length, group)]
        if part and sum(lengths) > left:
            yield part
            part, left = [], most
        for one, long in zip(group, lengths, strict=True):
            if part and long > left:
                yield part
                part, left = [], most
            part.append(one)
            left -= long
    if part:
        yield part

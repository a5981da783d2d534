"""Slips of a pen, a disk or an attacker: what is written over a text that was right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from digest.diagnostics import Diagnostic, Place, Refused

NOTHING = (Diagnostic(Place("nowhere"), "none", "refused without a word"),)
Slip = tuple[float, int, str]  # how far into the text, how many characters it takes, what it puts

_MARKS = [
    *("“", "”", "„", "«", "»", '"', "'", "’", "…", "—", "(", ")", "[", "]", "{", "}"),
    *("\n", "\n\n", "\r\n", "\r", "\t", "  ", "\0", "\x1b[2J", "\x85", "\u2028", "\ufeff"),
    *("\u00ad", "\u200b", "\u200d", "\u202e", "\u00a0", "\u0301", "\ufffd", "\uffff", "😀", "ﬁ"),
]


def slips(*pieces: str, most: int = 6) -> st.SearchStrategy[list[Slip]]:
    """A few slips; ``pieces`` are what the text's own form takes for something."""
    wrong = st.sampled_from([*_MARKS, *pieces]) | st.text(max_size=4)
    taken = st.integers(0, 3) | st.integers(0, 60)
    return st.lists(st.tuples(st.floats(0, 1), taken, wrong), max_size=most)


def slipped(text: str, made: list[Slip]) -> str:
    """The text with the slips made in it."""
    for far, taken, wrong in made:
        at = round(far * len(text))
        text = text[:at] + wrong + text[at + taken :]
    return text


def done(work: Callable[[], Any]) -> tuple[Any, tuple[Diagnostic, ...]]:
    """What comes of some work, or why it was refused; nothing else may be raised."""
    try:
        return work(), ()
    except Refused as refused:
        return None, refused.findings or NOTHING


def utf8(text: str) -> bytes:
    """The text as a file's bytes; what no file can hold is left out."""
    return text.encode("utf-8", "ignore")

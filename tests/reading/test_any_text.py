"""Whatever the text: no crash, spans that hold, and work that grows with length alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.reading import read

PIECES = st.sampled_from(
    [
        "“", "”", '"', "‘", "’", "'", "«", "»", "(", ")", "—", ",", ".", "?", ":", ";", " ", "\n",
        "\n\n", "Ann Lee", "Lee", "he", "she", "it", "who", "said", "says", "according to", "told",
        "adding", "a spokesman", "the", "on Monday", "May 1", "one day earlier", "reporters", "and",
        "when", "that", "Mr.", "U.S.", "6'3\"", "date 2025-05-21 ", "---", "said:", "\u200b", "é",
    ]
)  # fmt: skip
JOINED = st.lists(PIECES, max_size=40).map(" ".join)


@given(st.one_of(JOINED, st.text(max_size=200)))
@settings(deadline=None)
def test_every_segment_is_cut_from_the_text_and_none_meet(text: str) -> None:
    segments = [segment for quotation in read(text) for segment in quotation.segments]
    for segment in segments:
        assert text[segment.start : segment.end] == segment.text
    assert all(one.end <= other.start for one, other in pairwise(segments))


@given(JOINED)
@settings(deadline=None)
def test_no_speaker_is_invented(text: str) -> None:
    for quotation in read(text):
        for word in (quotation.speaker or "").split():
            assert word in text
        assert quotation.because
        assert quotation.speaker is None or quotation.tier != "open"


def steps(work: Callable[[], object]) -> int:
    """How many functions of ours ``work`` enters."""
    entered = 0

    def count(frame: object, event: str, _: object) -> None:
        nonlocal entered
        entered += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return entered


@pytest.mark.parametrize(
    "unit",
    [
        "“We go,” Ann Lee said on Monday. “We stay,” he added.\n\n",
        "“We go,” Ann Lee said on Monday. “We stay,” he added. ",
        "Ann Lee (who, when asked, said that ",
        "“a” and ",
        "said ",
    ],
)
def test_twice_the_text_takes_about_twice_the_steps(unit: str) -> None:
    read(unit)  # word lists loaded
    once, twice = (steps(lambda n=n: read(unit * n)) for n in (60, 120))
    assert twice < 2.4 * once

"""Folding keeps offsets and letters, and words are found wherever they stand, and only there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.wording import Span, at_word_ends, fold, invisible, passages, places, same
from tests.fuzz.conftest import budget
from tests.fuzz.slips import slipped, slips

SKIPPED = "\u00ad\u200e\u200f\u061c"
LETTERS = "ab.…“”„«»\"'‘’-—–‑ \u00a0\u2028\n\t\u0301\u200d\u0627é😀" + SKIPPED
soup = st.text(alphabet=LETTERS, max_size=60)
any_text = soup | st.text(max_size=60) | st.builds(slipped, soup, slips("...", "…", "  "))


def letters(text: str) -> str:
    """What folding must keep: all but marks, dashes, points, white space and what is skipped."""
    return "".join(one for one in text if one.isalnum() or one in "\u0301\u200d")


@budget
@given(any_text)
def test_a_folded_text_knows_the_way_back_and_keeps_every_letter(text):
    folded = fold(text)
    assert fold(folded.text).text == folded.text
    assert letters(folded.text) == letters(text)
    assert folded.length == len(text)
    reached = 0
    for at, character in enumerate(folded.text):
        origin = folded.origin(at)
        assert 0 <= origin.start < origin.end <= len(text)
        assert character in fold(origin.of(text)).text
        assert folded.folded_at(origin.start) <= at
        if origin.end <= reached:  # the second and third point of an ellipsis
            continue
        assert set(text[reached : origin.start]) <= set(SKIPPED)
        reached = origin.end
    assert set(text[reached:]) <= set(SKIPPED)


@budget
@given(any_text, any_text)
def test_words_are_found_only_where_the_same_words_stand(words, text):
    folded = fold(text)
    found = places(words, folded)
    assert found == sorted(found)
    sought = fold(words).text.strip()
    assert all(fold(span.of(text)).text == sought for span in found)
    assert all(at_word_ends(span, text) for span in passages(words, folded, text))
    assert set(passages(words, folded, text)) <= set(found)


@budget
@given(any_text, st.data())
def test_words_are_found_wherever_they_stand_within_any_bounds(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words, folded = text[start:end], fold(text)
    if words and not any(edge.isspace() or edge in SKIPPED for edge in (words[0], words[-1])):
        assert Span(start, end) in places(words, folded)
        assert Span(start, end) in places(words, folded, start, end)
        assert Span(start, end) not in places(words, folded, start + 1)
        assert Span(start, end) not in places(words, folded, 0, end - 1)
        if at_word_ends(Span(start, end), text):
            assert Span(start, end) in passages(words, folded, text)


@budget
@given(any_text, any_text, any_text)
def test_the_same_words_are_the_same_in_all_company(one, other, third):
    assert same(one, one)
    assert same(one, other) == same(other, one)
    if same(one, other):
        assert letters(one) == letters(other)
        assert same(other, third) == same(one, third)


@budget
@given(any_text)
def test_what_cannot_be_seen_is_named_by_one_of_its_characters(text):
    unseen = invisible(text)
    assert unseen is None or unseen in text
    assert unseen is None or not unseen.isprintable()
    if text.isprintable():
        assert unseen is None

"""Folding keeps offsets, and words are found where they stand and nowhere else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from digest.proof.words import Miss, find_stretch
from digest.wording import Shift, Span, fold, invisible, passages, places, same

_SOUP = st.text(alphabet="ab .…“”„«»\"'‘’-—–‑ \u00a0\u00ad\u2028\n\t", max_size=60)
_TYPED = str.maketrans({"“": '"', "”": "«", "’": "'", "‘": "’", "—": "-", " ": "\u00a0"})


@given(_SOUP)
def test_every_folded_character_stands_for_characters_that_fold_to_it(text):
    folded = fold(text)
    for at, character in enumerate(folded.text):
        stands_for = folded.origin(at).of(text)
        assert character in fold(stands_for).text


@given(_SOUP)
def test_folded_characters_follow_one_another_and_leave_out_only_soft_hyphens(text):
    folded = fold(text)
    reached = 0
    for at in range(len(folded.text)):
        origin = folded.origin(at)
        if origin.end <= reached:  # the second and third point of an ellipsis
            continue
        assert set(text[reached : origin.start]) <= {"\u00ad"}
        reached = origin.end
    assert set(text[reached:]) <= {"\u00ad"}


@given(_SOUP)
def test_folding_twice_is_folding_once(text):
    once = fold(text).text
    assert fold(once).text == once


@given(st.data())
def test_a_slice_of_an_article_typed_in_other_marks_is_found_among_its_places(articles, data):
    text, start, end = a_slice(articles, data)
    retyped = text[start:end].translate(_TYPED).replace("…", "...")
    found = places(retyped, fold(text))
    assert (start, end) in {(span.start, span.end) for span in found}


@given(st.data())
def test_with_one_letter_changed_it_is_not_found_at_its_place(articles, data):
    text, start, end = a_slice(articles, data)
    letters = [i for i in range(start, end) if text[i].isalnum()]
    at = data.draw(st.sampled_from(letters))
    changed = text[start:at] + ("x" if text[at] != "x" else "y") + text[at + 1 : end]
    found = places(changed, fold(text))
    assert (start, end) not in {(span.start, span.end) for span in found}


def a_slice(articles, data):
    """A run of an article that begins and ends with a letter, and is no shorter than six."""
    text = data.draw(st.sampled_from([article.text for article in articles.values()]))
    words = [match.span() for match in re.finditer(r"\w+", text)]
    first = data.draw(st.integers(0, len(words) - 6))
    last = data.draw(st.integers(first + 2, min(first + 40, len(words) - 1)))
    return text, words[first][0], words[last][1]


@given(_SOUP, _SOUP)
def test_letters_case_and_accents_are_never_folded(one, other):
    kept = "".join(c for c in one if c.isalpha())
    if kept != "".join(c for c in other if c.isalpha()):
        assert not same(one, other)
    assert not same("Do", "do")
    assert not same("é", "e\u0301")
    assert not same("ﬁ", "fi")


def test_a_match_does_not_begin_or_end_within_an_ellipsis():
    assert places("a..", fold("a…")) == []
    assert [span.of("a…b") for span in places("a...", fold("a…b"))] == ["a…"]


def test_a_soft_hyphen_of_the_article_is_skipped_and_kept():
    text = "the harb\u00adour"
    assert [span.of(text) for span in places("harbour", fold(text))] == ["harb\u00adour"]


def test_a_passage_does_not_stand_inside_a_longer_word():
    assert passages("on May 1", fold("on May 11"), "on May 11") == []


def test_invisible_characters_are_named_and_visible_ones_are_not():
    assert [invisible(f"a{c}b") for c in "\u200b\u202e\u00ad\ufeff"] == list(
        "\u200b\u202e\u00ad\ufeff"
    )
    assert invisible("“Ça — va…”\nѐ 日本") is None


def test_every_stretch_is_found_as_it_stands_and_not_with_a_word_less(articles):
    for article in articles.values():
        for stretch in article.stretches:
            words = stretch.span.of(article.text)
            found = find_stretch(words, article, {})
            twice = isinstance(found, Miss) and found.rule == "words-ambiguous"
            assert twice or found[0] == stretch
            if " " in words:
                assert isinstance(find_stretch(words.split(" ", 1)[1], article, {}), Miss)


@given(_SOUP, _SOUP)
def test_two_blanks_anywhere_change_nothing_of_how_the_rest_is_folded(before, after):
    begins, ends = fold(f"{before}a"), fold(f"b{after}")
    whole = fold(f"{before}a  b{after}")
    assert whole.text == f"{begins.text} {ends.text}"
    further, at = len(before) + 3, len(begins.text) + 1
    blanks = Shift(len(begins.text), 1, Span(len(before) + 1, len(before) + 3))
    later = [
        Shift(
            one.at + at,
            one.width,
            Span(one.original.start + further, one.original.end + further),
        )
        for one in ends.shifts
    ]
    assert list(whole.shifts) == [*begins.shifts, blanks, *later]

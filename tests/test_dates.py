"""What the words for a day mean, and never more than they say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.dates import Window, a_day, a_month, hull, on
from digest.daywords import meanings

_WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONDAY = date(2025, 5, 19)
WEDNESDAY = on(date(2025, 5, 21))


def days(*windows):
    return [str(window) for window in windows]


@pytest.mark.parametrize("published", range(7))
@pytest.mark.parametrize("said", range(7))
def test_a_weekday_is_the_last_one_up_to_and_including_the_day_of_publication(published, said):
    article = MONDAY + timedelta(days=published)
    [window] = meanings(f"on {_WEEK[said]}", on(article))
    ago = (published - said) % 7
    assert window == on(article - timedelta(days=ago))
    assert window.latest.weekday() == said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on May 1", ["2025-05-01"]),
        ("On 8 May", ["2025-05-08"]),
        ("May 7th", ["2025-05-07"]),
        ("in February", ["2025-02-01 to 2025-02-28"]),
        ("in May", ["2025-05-01 to 2025-05-21"]),
        ("December 20", ["2024-12-20"]),
        ("on April 28, 2025", ["2025-04-28"]),
        ("28 April 2025", ["2025-04-28"]),
        ("2025-04-28", ["2025-04-28"]),
        ("yesterday", ["2025-05-20"]),
        ("this week", ["2025-05-19 to 2025-05-21"]),
        ("last week", ["2025-05-12 to 2025-05-18"]),
        ("this weekend", ["2025-05-17 to 2025-05-18"]),
        ("last month", ["2025-04-01 to 2025-04-30"]),
        ("two days ago", ["2025-05-19"]),
        ("two weeks ago", ["2025-05-04 to 2025-05-10"]),
        ("last Friday", ["2025-05-16"]),
        ("last Tuesday", ["2025-05-13", "2025-05-20"]),
        ("29 February", ["2024-02-29"]),
    ],
)
def test_words_in_an_article_of_wednesday_21_may_2025(words, expected):
    assert days(*meanings(words, WEDNESDAY)) == expected


def test_what_was_announced_lies_ahead():
    assert days(*meanings("on Monday", WEDNESDAY, ahead=True)) == ["2025-05-26"]
    written = "between May 30 until midnight on June 2"
    assert days(*meanings(written, WEDNESDAY, ahead=True)) == ["2025-05-30 to 2025-06-02"]


def test_each_day_of_an_undated_articles_window_gives_its_own_answer():
    week = Window(date(2025, 4, 28), date(2025, 5, 4))
    assert days(*meanings("on Monday", week)) == ["2025-04-28"]
    assert days(*meanings("on Sunday", week)) == ["2025-04-27", "2025-05-04"]
    assert hull(meanings("on Sunday", week)) == Window(date(2025, 4, 27), date(2025, 5, 4))


def test_days_are_counted_from_another_event_where_the_words_do():
    friday = on(date(2025, 5, 2))
    assert days(*meanings("One day earlier", WEDNESDAY, friday)) == ["2025-05-01"]
    assert days(*meanings("Two days before", WEDNESDAY, friday)) == ["2025-04-30"]
    assert days(*meanings("the day after", WEDNESDAY, friday)) == ["2025-05-03"]
    assert days(*meanings("the previous week", WEDNESDAY, friday)) == ["2025-04-21 to 2025-04-27"]
    assert meanings("One day earlier", WEDNESDAY) == ()


def test_words_without_a_day_to_count_from_mean_nothing_and_never_today():
    assert meanings("on Monday", None) == ()
    assert days(*meanings("April 28, 2025", None)) == ["2025-04-28"]


@pytest.mark.parametrize(
    "words", ["10", "2025", "soon", "Mondays", "May 41", "12:30", "in recent weeks", ""]
)
def test_what_is_no_day_is_not_read_as_one(words):
    assert meanings(words, WEDNESDAY) is None


@given(st.text(max_size=20), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_no_words_are_too_strange_to_be_refused(words, published):
    found = meanings(words, on(published))
    assert found is None or all(window.latest <= published or window.earliest for window in found)


_RELATIVE = [*_WEEK, "this week", "last month", "May 1", "in June", "last Friday", "yesterday"]


@given(st.sampled_from(_RELATIVE), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_nothing_that_was_said_lies_after_the_article_that_tells_of_it(words, published):
    assert all(window.latest <= published for window in meanings(words, on(published)))


def test_a_month_is_a_window_and_not_its_first_day():
    assert str(a_month(2024, 2)) == "2024-02-01 to 2024-02-29"
    assert a_month(2024, 2).day is None


def test_only_the_one_way_of_writing_a_day_is_a_day():
    written = [
        "2025-05-19",
        "20250519",
        "2025-5-19",
        "2025-02-30",
        "2025-05-19T00:00",
        " 2025-05-19",
    ]
    assert [a_day(one) for one in written] == [date(2025, 5, 19), *[None] * 5]


def test_a_window_is_within_another_only_if_all_its_days_are():
    may = a_month(2025, 5)
    assert on(date(2025, 5, 31)).within(may)
    assert not Window(None, date(2025, 5, 31)).within(may)
    assert may.within(Window(None, date(2025, 5, 31)))

"""The strip tells by position who stood where and when, and nothing that is not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.build import Options, check
from digest.dates import Window
from digest.site.axis import axis, ticks
from digest.site.edition import edition
from digest.site.home import standing
from digest.site.strip import strip

DAYS = st.dates(date(2000, 1, 3), date(2030, 12, 28))


@pytest.fixture(scope="module")
def own(digest):
    setting = edition(digest, {})
    return setting, [one for one in setting.timeline.statements if setting.leads(one)]


@pytest.fixture(scope="module")
def drawn(own):
    setting, statements = own
    return strip(setting.digest, "all", standing(statements, setting))


def number(percent):
    return float(percent.removesuffix("%"))


def test_every_statement_with_a_stance_is_in_exactly_one_mark(own, drawn):
    assert sum(mark.count for mark in drawn.marks) == sum(bool(one.stance) for one in own[1])


def test_within_a_lane_harder_is_higher(drawn):
    height = 100 / len(drawn.lanes)
    lanes: dict[int, set[tuple[int, float]]] = {}
    for mark in drawn.marks:
        lanes.setdefault(int(number(mark.y) // height), set()).add((mark.tone, number(mark.y)))
    assert len(lanes) == len(drawn.lanes)
    for found in lanes.values():
        by_tone = sorted(found)
        heights = [y for _, y in by_tone]
        assert heights == sorted(heights, reverse=True)
        assert len(set(heights)) == len({tone for tone, _ in by_tone})


def test_the_dotted_line_parts_the_steps_that_speak_of_leaving_from_the_rest(drawn):
    height = 100 / len(drawn.lanes)
    assert drawn.threshold == "speaks of leaving"
    for mark in drawn.marks:
        lane = drawn.lanes[int(number(mark.y) // height)]
        assert (number(mark.y) < number(lane.door)) == (mark.tone >= 4)


def test_marks_of_one_lane_do_not_lie_on_each_other(drawn):
    touching = 2.2  # percent of the height: a glyph is so high in a lane of 50 px
    for one in drawn.marks:
        for other in drawn.marks:
            if one is not other and one.x == other.x:
                assert abs(number(one.y) - number(other.y)) > touching, (one, other)


def test_a_mark_stands_within_its_own_day_and_no_other_does(drawn):
    [call] = [band for band in drawn.bands if band.label == "Trump–Putin call"]
    for mark in drawn.marks:
        text = mark.title.split(", ", 1)[1]
        if "19 May" in text:
            assert number(call.left) < number(mark.x) < number(call.right), mark
        else:
            assert not number(call.left) < number(mark.x) < number(call.right), mark


def test_what_was_said_before_the_call_stands_left_of_its_line_and_what_after_right(own):
    setting, statements = own
    monday = [one for one in statements if one.moment.working.said.day == date(2025, 5, 19)]
    for name, before in (("vance-more-than-open", True), ("trump-back-away", False)):
        found = strip(setting.digest, "one", [[one for one in monday if one.id == name]])
        [call] = [band for band in found.bands if band.label == "Trump–Putin call"]
        assert (number(found.marks[0].x) < number(call.x)) == before
    assert found.around == "Trump–Putin call"


def test_only_a_day_that_the_article_gives_outright_is_drawn_full(own):
    setting, statements = own
    kinds = {
        "vance-good-faith": (True, False, False),
        "trump-stop-shooting": (False, False, False),  # a day with a reason
        "trump-tapping-me-along": (False, True, False),  # a week
        "rubio-determination": (False, False, True),  # by a day
    }
    for id, kind in kinds.items():
        found = strip(setting.digest, id, [[one for one in statements if one.id == id]])
        [mark] = found.marks
        assert (mark.known, mark.bar is not None, mark.open) == kind, id


def test_a_disputed_day_is_a_range_that_leads_to_the_disagreement(drawn):
    deal = next(band for band in drawn.bands if band.label == "Minerals deal")
    assert (deal.one_day, deal.day) == (False, "30 Apr or 1 May")
    assert deal.to == "disagreements.html#minerals-deal-day"
    assert [band.to for band in drawn.bands if band is not deal] == [None, None]


def test_every_article_with_a_day_or_window_stands_below(digest, drawn):
    assert {one.to for one in drawn.rug} == {f"articles/{id}.html" for id in digest.articles}
    known = {one.to for one in drawn.rug if one.known}
    assert known == {"articles/kremlin-catnip.html", "articles/good-faith.html"}


def test_the_weeks_count_every_statement_once(drawn):
    assert sum(tick.count for tick in drawn.ticks) == sum(mark.count for mark in drawn.marks)
    passed = sum(mark.count for mark in drawn.marks if mark.tone >= 4)
    assert sum(tick.passed for tick in drawn.ticks) == passed


def test_a_speaker_without_a_stance_has_no_strip(own):
    setting, _ = own
    assert strip(setting.digest, "Hardie", [setting.timeline.of("john-hardie")]) is None


def test_a_shorter_scale_is_spread_over_all_signs(root):
    second = check(Options(root / "tests/second")).digest
    signs = [tone for tone, _ in edition(second, {}).stances]
    assert signs == [1, 3, 4, 6]


@given(DAYS, st.integers(0, 4000), st.data())
def test_on_any_axis_days_stand_in_their_order_and_crowded_ones_have_room(first, length, data):
    day = first + timedelta(days=data.draw(st.integers(0, length)))
    crowd = data.draw(st.integers(1, 9))
    across = axis(first, first + timedelta(days=length), {day: crowd})
    begin, middle, end = (
        number(across.begin(day)),
        number(across.at(day, 0.5)),
        number(across.end(day)),
    )
    assert 0 <= begin <= middle <= end <= 100
    assert across.middle(Window(day, day)) == across.at(day, 0.5)
    assert abs((end - begin) - 100 * crowd / (across.days + crowd - 1)) < 0.02
    assert across.end(across.last) == "100.00%"


@given(DAYS, st.integers(1, 1500), st.data())
def test_on_any_axis_ticks_are_few_and_lose_no_statement(first, weeks, data):
    monday = first - timedelta(days=first.weekday())
    across = axis(monday, monday + timedelta(days=7 * weeks - 1), {})
    days = data.draw(st.lists(st.integers(0, across.days - 1), max_size=20))
    said = [(Window(None, monday + timedelta(days=n)), n % 2 == 0) for n in days]
    found = list(ticks(across, said))
    assert 1 <= len(found) <= 14
    assert sum(tick.count for tick in found) == len(said)
    assert sum(tick.passed for tick in found) == sum(passes for _, passes in said)
    places = [number(tick.x) for tick in found]
    assert places == sorted(set(places))
    if across.days > 7 * 14:  # months, whose names need more room
        beside = zip(places, [*places[1:], 100], strict=True)
        assert all(right - left > 16 for left, right in beside)

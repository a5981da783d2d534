"""T25 to T32: what the words for a day mean, and what they are counted from."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pytest

import digest as program
from digest.build import Options, check, compose
from digest.dates import Window, on
from digest.daywords import meanings

WEEK = [date(2025, 5, 19) + timedelta(days=n) for n in range(7)]  # Monday to Sunday
NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WEDNESDAY = on(date(2025, 5, 21))
RESET = Window(date(2025, 5, 5), date(2025, 5, 11))  # the week in which 004 was published
WHAT_NEXT = Window(date(2025, 4, 28), date(2025, 5, 4))  # and that of 003


def may(first, last=None):
    return Window(date(2025, 5, first), date(2025, 5, last or first))


@pytest.mark.parametrize("published", WEEK)
def test_t25_a_weekday_is_the_last_such_day_up_to_and_including_publication(published):
    for number, name in enumerate(NAMES):
        [meant] = meanings(f"on {name}", on(published))
        assert meant.day.weekday() == number
        assert 0 <= (published - meant.day).days <= 6


def test_t25_a_weekday_of_the_same_name_as_the_articles_own_day_is_that_day():
    for published, name in zip(WEEK, NAMES, strict=True):
        assert meanings(f"on {name}", on(published)) == (on(published),)


def test_t25_each_weekday_of_the_article_of_wednesday_21_may_is_the_day_it_means(claims, articles):
    assert articles["kremlin-catnip"].dated == WEDNESDAY
    for id, words, day in (
        ("vance-more-than-open", "on Monday", 19),
        ("zelenskyy-crucial", "Monday", 19),
        ("trump-two-parties", "Monday", 19),
        ("bessent-up-the-sanctions", "Sunday", 18),
        ("trump-not-our-people", "on Wednesday", 21),
    ):
        working = claims[id].moment.working
        assert (working.words.text, working.counted_from) == (words, WEDNESDAY)
        assert working.said == may(day)
    assert meanings("this week", WEDNESDAY) == (may(19, 21),)


UNDATED = """The council met on Monday to talk about the bridge, at length and to no clear end.

“It will stand,” Ada Lovelace said on Monday. Nobody asked her anything more about it then.
"""
RECORD = """
articles: {paper: {file: paper.txt}}
speakers: {ada: {name: Ada Lovelace}}
claims:
  ada-stand:
    speaker: ada
    when: {words: on Monday}
    printed: [{in: paper, words: "It will stand,"}]
"""


def test_t26_a_weekday_in_an_undated_article_is_a_finding_and_not_a_day(a_digest, tmp_path):
    assert meanings("on Monday", None) == ()
    findings = check(Options(a_digest(tmp_path, {"paper.txt": UNDATED}, RECORD))).findings
    assert [finding.rule for finding in findings] == ["when-unanchored"]


def test_t26_the_undated_article_is_of_the_monday_that_another_article_dates(digest):
    curated = digest.articles["a-bit-of-impasse"]
    assert curated.published == may(19)
    evidence = [passage.text for passage in curated.evidence]
    assert "set to speak on Monday" in evidence
    assert any("We’re more than open to walking away" in words for words in evidence)


def test_t26_last_week_in_that_article_is_the_week_before_its_monday(digest):
    talks = digest.events["istanbul-talks"].moment.working
    assert (talks.words.text, talks.words.article) == ("Last week", "a-bit-of-impasse")
    assert talks.said == may(12, 18)


def test_t26_what_was_still_to_come_is_never_dated_before_the_article():
    assert meanings("on Tuesday", may(19), ahead=True) == (may(20),)
    assert meanings("on Tuesday", may(19)) == (may(13),)


def test_t27_the_weekdays_of_an_article_known_by_its_week_follow_from_the_week(digest, claims):
    assert digest.articles["what-happens-next"].published == WHAT_NEXT
    assert meanings("on Monday", WHAT_NEXT) == (on(date(2025, 4, 28)),)
    for id in ("leavitt-optimistic-realistic", "vance-making-progress"):
        working = claims[id].moment.working
        assert (working.said, working.counted_from) == (on(date(2025, 4, 28)), WHAT_NEXT)


def test_t27_a_weekday_that_the_week_leaves_open_is_narrowed_with_a_reason(claims, shown):
    working = claims["trump-stop-shooting"].moment.working
    assert working.means == (on(date(2025, 4, 27)), may(4))
    assert working.said == on(date(2025, 4, 27))
    page = shown("quotes/trump-stop-shooting.html")
    assert "“on Sunday”" in page
    assert working.because in page


def test_t27_days_of_may_that_were_announced_lie_after_the_article(digest):
    working = digest.events["announced-truce"].moment.working
    assert working.words.text == "between May 8 until midnight on May 11"
    assert working.said == may(8, 11)
    assert working.counted_from == WHAT_NEXT


def test_t28_words_counted_from_an_article_of_an_unknown_day_keep_every_answer():
    assert may(2) in meanings("Last Friday", RESET)
    assert meanings("Last week", RESET) == (WHAT_NEXT,)
    assert meanings("last month", RESET) == (Window(date(2025, 4, 1), date(2025, 4, 30)),)
    [weekend_before, weekend_of] = meanings("this weekend", RESET)
    assert (weekend_before, weekend_of) == (may(3, 4), may(10, 11))
    [weeks] = meanings("Two weeks ago", RESET)
    assert weeks.earliest <= date(2025, 4, 21)
    assert weeks.latest >= date(2025, 4, 27)


def test_t28_rough_words_are_not_taken_to_the_day():
    assert set(meanings("Last Friday", may(10))) == {may(9), may(2)}  # a Saturday: which week’s?
    [weeks] = meanings("Two weeks ago", may(7))
    assert weeks.earliest < date(2025, 4, 23) < weeks.latest


def test_t28_a_day_earlier_is_counted_from_the_event_and_from_nothing_else():
    assert meanings("One day earlier", RESET) == ()
    assert meanings("One day earlier", RESET, than=may(2)) == (may(1),)


def test_t28_the_days_of_the_undated_opinion_piece_hang_on_each_other(digest):
    days = {id: event.moment.working for id, event in digest.events.items()}
    assert digest.articles["reset"].published == RESET
    assert (days["withdrawal"].words.text, days["withdrawal"].said) == ("Last Friday", may(2))
    assert days["withdrawal"].because
    assert days["tapping-post"].said == Window(date(2025, 4, 21), date(2025, 4, 27))
    assert days["peace-proposal"].said == Window(date(2025, 4, 1), date(2025, 4, 30))


@pytest.mark.parametrize(
    "words",
    ["Last Friday", "Two weeks ago", "Last week", "this weekend", "last month", "yesterday"],
)
def test_t28_nothing_is_counted_where_there_is_nothing_to_count_from(words):
    assert meanings(words, None) == ()


def test_t28_no_stage_of_a_build_reads_a_clock():
    house = Path(program.__file__).parent
    wings = [house.glob(f"{wing}/*.py") for wing in ("reading", "record", "proof", "site")]
    for path in (house / "dates.py", house / "build.py", *chain(*wings)):
        tree = ast.parse(path.read_text("utf-8"))
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert called.isdisjoint({"today", "now", "utcnow", "time", "st_mtime", "getmtime"}), path


FEBRUARY = Window(date(2025, 2, 1), date(2025, 2, 28))


def test_t29_a_month_is_a_month_and_not_its_first_day(claims, site, shown):
    working = claims["vance-step-up"].moment.working
    assert (working.words.text, working.said) == ("February", FEBRUARY)
    assert "between 1 and 28 February 2025" in shown("quotes/vance-step-up.html")
    assert b'datetime="2025-02"' not in site["quotes/vance-step-up.html"]
    assert b'datetime="2025-02-01' not in site["quotes/vance-step-up.html"]
    assert "days/2025-02-01.html" not in site


def test_t29_the_caption_dates_the_meeting_alone(digest, claims):
    working = digest.events["oval-office-meeting"].moment.working
    assert working.said == on(date(2025, 2, 28))
    assert (working.words.text, working.words.article) == ("in February", "kremlin-catnip")
    assert working.means == (FEBRUARY,)
    assert (
        "a caption in Newsweek dates his meeting with Trump there to 28 February 2025"
        in working.because
    )
    at_the_meeting = {
        one.id for one in digest.claims if one.moment.working.said == on(date(2025, 2, 28))
    }
    assert at_the_meeting == {"vance-disrespectful", "vance-do-you-think"}


@pytest.mark.parametrize("year", [2019, 2024, 2025])
def test_t30_a_day_without_a_year_has_the_year_of_the_header(year):
    header = on(date(year, 5, 9))
    for words in ("On 8 May", "May 8", "on May 8"):
        assert meanings(words, header) == (on(date(year, 5, 8)),)


def test_t30_a_day_without_a_year_is_the_last_such_day_before_the_article():
    assert meanings("on December 30", on(date(2026, 1, 2))) == (on(date(2025, 12, 30)),)
    assert meanings("May 8", None) == ()


def test_t30_the_days_printed_without_a_year_are_of_2025(claims):
    for id, words, day in (
        ("vance-good-faith", "On 8 May", 8),
        ("vance-basic-guidelines", "on May 7", 7),
        ("vance-not-going-anywhere", "on May 1", 1),
    ):
        working = claims[id].moment.working
        assert (working.words.text, working.said) == (words, may(day))


def test_t31_words_without_a_day_were_said_by_the_last_day_of_their_article(claims, shown, site):
    working = claims["rubio-determination"].moment.working
    assert working.words is None
    assert working.said == Window(None, date(2025, 5, 4))
    assert "by 4 May 2025" in shown("quotes/rubio-determination.html")
    heading = site["quotes/rubio-determination.html"].decode().split("</h1>")[0]
    assert "<time" not in heading


def test_t31_the_inaugural_address_has_a_window_with_a_reason_and_no_day_from_elsewhere(
    claims, where
):
    moment = claims["trump-peacemaker-and-unifier"].moment
    assert moment.venue == "inaugural address"
    assert moment.working.words is None
    assert moment.working.said.day is None
    assert moment.working.because
    assert where("2025-01-20") == where("20 January") == []


def test_t32_the_statements_of_19_may_stand_in_the_order_the_articles_tell(shown):
    page = shown("days/2025-05-19.html").split("Where each stood")[0]
    words = [
        "We’re more than open to walking away",  # just moments before the call
        "The conditions for that will be negotiated",  # after his call
        "I’ll just back away",  # "he later described"
    ]
    assert [page.count(part) for part in words] == [1, 1, 1]
    assert sorted(words, key=page.index) == words
    for earlier in ("a bit of [an] impasse", "I think the president’s going to say", "to tango."):
        assert page.index(earlier) < page.index("The conditions for that")


def test_t32_the_order_comes_from_the_call_and_not_from_the_order_of_the_record(digest, claims):
    assert digest.events["air-force-two"].moment.before == "trump-putin-call"
    assert claims["trump-two-parties"].moment.after == "trump-putin-call"
    assert claims["trump-back-away"].moment.after == "truth-social-post"


ORDERED = """ date 2025-05-19 The mayor called the builders on Monday about the bridge and floods.

“It did stand,” Ada Lovelace said after the call. Nobody asked her anything more about it then.

“It does stand,” Ada Lovelace said that Monday, and nobody wrote down at what time she said it.

“It will stand,” Ada Lovelace said before the call, when nobody knew what the builders would say.
"""
ORDER = """
articles: {paper: {file: paper.txt}}
speakers: {ada: {name: Ada Lovelace}}
events:
  call: {what: the call, when: {words: on Monday, in: paper}}
claims:
  ada-did:
    speaker: ada
    when: {words: on Monday}
    after: call
    printed: [{in: paper, words: "It did stand,"}]
  ada-does:
    speaker: ada
    when: {words: Monday}
    printed: [{in: paper, words: "It does stand,"}]
  ada-will:
    speaker: ada
    when: {words: on Monday}
    before: call
    printed: [{in: paper, words: "It will stand,"}]
"""


def test_t32_what_came_before_an_event_stands_first_wherever_it_is_written(a_digest, tmp_path):
    folder = a_digest(tmp_path, {"paper.txt": ORDERED}, ORDER)
    outcome = compose(Options(folder, cache=False))
    assert outcome.findings == []
    page = outcome.files["days/2025-05-19.html"].decode()
    untold = "The same day; when is not told"
    told = ["It will stand,", "The call", "It did stand,", untold, "It does stand,"]
    assert sorted(told, key=page.index) == told

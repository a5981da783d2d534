"""T20 to T24: where the articles cannot all be right, both sides are kept and shown."""

from __future__ import annotations

from datetime import date

from digest.build import Options, check, compose
from digest.dates import on


def disagreement(digest, id):
    [one] = [one for one in digest.disagreements if one.id == id]
    return one


def test_t20_the_two_days_of_the_minerals_deal_are_each_worked_out_from_their_words(digest):
    one = disagreement(digest, "minerals-deal-day")
    assert [str(side.working) for side in one.sides] == [
        '"on May 1" + article of Wed 2025-05-21 → 2025-05-01',
        f'"Two days before" + {digest.events["withdrawal"].entry.what} Fri 2025-05-02 → 2025-04-30',
    ]
    assert one.entry.follows == "neither"


def test_t20_each_link_of_the_chain_to_30_april_is_a_day_with_its_working(digest):
    withdrawal = digest.events["withdrawal"].moment.working
    assert (withdrawal.words.text, withdrawal.words.article) == ("Last Friday", "reset")
    assert withdrawal.said == on(date(2025, 5, 2))
    words = digest.events["vance-to-fox-news"].moment.working
    assert (words.words.article, words.said) == ("kremlin-catnip", on(date(2025, 5, 1)))
    deal = digest.events["minerals-deal"].moment.working.said
    assert (deal.earliest, deal.latest) == (date(2025, 4, 30), date(2025, 5, 1))


def test_t20_a_page_that_the_disagreement_touches_shows_both_sides(shown):
    for id in ("vance-not-going-anywhere", "vance-good-progress"):
        page = shown(f"quotes/{id}.html")
        assert "signed a minerals deal with Ukraine on May 1" in page
        assert "Two days before the White House withdrew from peace talks, it signed" in page
        assert "an economic agreement with Ukraine on a joint investment fund" in page
        assert "disputed" in page


def test_t21_having_left_rests_on_what_was_announced_and_not_on_the_line_below_the_title(
    digest, claims, reports, articles
):
    left = [one for one in (*digest.claims, *digest.reports) if one.stance == "left"]
    assert {one.id for one in left} == {"bruce-no-longer-fly-around", "withdrawal-announced"}
    [printing] = claims["bruce-no-longer-fly-around"].printings
    announced = reports["withdrawal-announced"].passage
    for passage in (printing.segments[0], announced):
        assert articles["reset"].place(passage.span.start).line == 5


def test_t21_whether_the_exit_had_happened_is_shown_from_both_sides(digest, shown):
    passages = {
        (side.passage.article, side.passage.text)
        for side in disagreement(digest, "already-left").sides
    }
    assert passages >= {
        ("reset", "The U.S. has withdrawn from peace talks."),
        ("reset", "U.S. mediation efforts came to a halt Friday"),
        ("good-faith", "if that happens, yeah, we’re going to walk away"),
        ("good-faith", "we are not there yet and will keep working"),
        ("a-bit-of-impasse", "We’re more than open to walking away"),
    }
    page = shown("quotes/bruce-no-longer-fly-around.html")
    assert all(words in page for _, words in passages)


def test_t22_the_interview_keeps_the_day_that_its_article_prints(digest, claims):
    for id in ("trump-keep-going", "trump-maybe-not-possible"):
        working = claims[id].moment.working
        assert str(working) == '"on May 8" + article of Wed 2025-05-21 → 2025-05-08'
        assert working.words.article == "kremlin-catnip"
        assert working.because is None


FILLER = "The bridge had been in the news for weeks, and the council had met about it four times. "
SEEDS = {
    "late.txt": f" date 2025-05-21 {FILLER}\n“It stands,” Ada Lovelace said on May 8. {FILLER}",
    "early.txt": f" date 2025-05-05 {FILLER}\n“It stands,” Ada Lovelace said on Sunday. {FILLER}",
}
RECORD = """
articles: {late: {file: late.txt}, early: {file: early.txt}}
speakers: {ada: {name: Ada Lovelace}}
claims:
  ada-stands:
    speaker: ada
    DAY
    printed: [{in: late, words: "It stands,"}, {in: early, words: "It stands,"}]
disagreements:
  day:
    about: the day
    sides:
      - {in: late, passage: said on May 8, holds: 2025-05-08, when: {words: on May 8}}
      - {in: early, passage: said on Sunday, holds: 2025-05-04, when: {words: on Sunday}}
    follows: neither
    because: nothing decides
    claims: [ada-stands]
"""


def test_t22_an_article_that_printed_the_words_before_that_day_opens_the_question(
    a_digest, tmp_path
):
    record = RECORD.replace("DAY", "when: {words: on May 8}")
    findings = check(Options(a_digest(tmp_path, SEEDS, record))).findings
    assert [finding.rule for finding in findings] == ["day-after-article"]


def test_t22_two_articles_with_two_days_for_one_interview_are_both_shown(a_digest, tmp_path):
    day = "said: {earliest: 2025-05-04, latest: 2025-05-08}\n    because: two articles, two days"
    folder = a_digest(tmp_path, SEEDS, RECORD.replace("DAY", day))
    outcome = compose(Options(folder, cache=False))
    assert outcome.findings == []
    page = outcome.files["quotes/ada-stands.html"].decode()
    assert "between 4 and 8 May 2025" in page
    assert "said on May 8" in page
    assert "said on Sunday" in page


def test_t23_the_seal_says_as_printed_and_never_as_spoken(site, where):
    quotations = [to for to in site if to.startswith("quotes/") and to.endswith(".html")]
    assert quotations
    assert all(b"as printed" in site[address] for address in quotations)
    assert where("as spoken") == where("verbatim speech") == []


def test_t24_two_interviews_of_one_day_are_not_merged(digest, claims, shown):
    trump, vance = claims["trump-keep-going"], claims["vance-good-faith"]
    assert trump.moment.working.said == vance.moment.working.said == on(date(2025, 5, 8))
    assert (trump.speaker.id, vance.speaker.id) == ("donald-trump", "jd-vance")
    assert trump.moment.event != vance.moment.event
    assert (trump.printings[0].via, vance.printings[0].via) == (("NBC News",), ("Fox News",))
    page = shown("days/2025-05-08.html")
    assert trump.printings[0].segments[0].text in page
    assert vance.printings[0].segments[0].text in page

"""Whose words the phrases are: counted by eye in the five articles, and by rule."""

from __future__ import annotations

from collections import Counter

import pytest

from digest.build import check
from digest.model.options import Options
from digest.site.concordance import concordance
from digest.site.rights import bounds, what_is_shown
from digest.wording import same


def concordance_of(digest):
    shown = what_is_shown(digest)
    return concordance(digest, shown, bounds(digest))


@pytest.fixture(scope="module")
def words(digest):
    """The concordance of the digest as it ships."""
    return concordance_of(digest)


def test_whose_words_walk_away_are(words):
    first = words.phrases[0]
    assert first.label == "walk away"
    assert first.finding == (
        "15 hits in 4 articles: 4 in US officials’ own words (2 utterances, both by JD Vance); "
        "1 in other officials’ words (by a European official); "
        "3 in analysts’ words (by John Hardie and Peter Rough); 7 in reporters’ prose."
    )


def test_all_phrases_together_have_a_finding_too(words):
    assert words.finding.startswith(
        "33 hits in 5 articles: 8 in US officials’ own words "
        "(5 utterances, by JD Vance, Tammy Bruce and Donald Trump); "
    )


def test_every_hit_of_every_phrase_counted_by_eye_in_the_five_articles(words):
    """Read by hand: how many hits stand in which kind of words."""
    assert {
        phrase.label: dict(Counter(use.whose.kind for use in phrase.uses))
        for phrase in words.phrases
    } == {
        "walk away": {"leads": 4, "official": 1, "analyst": 3, "prose": 7},
        "wash its hands": {"analyst": 2, "prose": 1},
        "withdraw": {"heading": 1, "opinion": 2},
        "step aside": {"prose": 2},
        "pull out": {"heading": 1, "prose": 1},
        "not our war": {"leads": 2},
        "distance itself": {"official": 1, "prose": 1},
        "mediators": {"leads": 1, "prose": 1},
        "back away": {"leads": 1},
        "disengage": {"prose": 1},
    }
    assert words.without == ()


def test_hits_stand_in_the_paragraphs_where_a_reader_finds_them(words):
    found = [(use.hit.article, use.paragraph) for use in words.phrases[0].uses]
    assert sorted(found) == [
        ("a-bit-of-impasse", 2),
        ("good-faith", 1), ("good-faith", 4),
        ("kremlin-catnip", 1), ("kremlin-catnip", 3), ("kremlin-catnip", 8),
        ("kremlin-catnip", 10), ("kremlin-catnip", 11), ("kremlin-catnip", 32),
        ("what-happens-next", 5), ("what-happens-next", 5), ("what-happens-next", 9),
        ("what-happens-next", 10), ("what-happens-next", 11), ("what-happens-next", 14),
    ]  # fmt: skip


def test_every_hit_is_its_form_in_the_articles_own_characters(words, digest):
    for phrase in words.phrases:
        for use in phrase.uses:
            text = use.hit.span.of(digest.articles[use.hit.article].article.text)
            assert use.hit.form in digest.phrases[phrase.label]
            assert same(text[1:], use.hit.form[1:])
            assert text[0].lower() == use.hit.form[0].lower()
            marked = [piece.text for piece in use.shown.pieces if piece.marked]
            assert marked == [text]


def test_every_hit_is_of_one_kind(words):
    for phrase in words.phrases:
        places = [(use.hit.article, use.hit.span) for use in phrase.uses]
        assert len(places) == len(set(places))
        for group in phrase.groups:
            assert len({use.whose.kind for use in group.uses}) <= 1


def test_quoted_hits_lead_to_their_quotation_and_reported_ones_to_the_report(words):
    for phrase in words.phrases:
        for use in phrase.uses:
            if use.whose.kind in ("leads", "official", "analyst"):
                assert use.whose.to.to == f"quotes/{use.whose.utterance.id}.html"
    [disengage] = next(phrase.uses for phrase in words.phrases if phrase.label == "disengage")
    assert disengage.whose.kind == "prose"
    assert disengage.whose.to.to == "index.html#trump-last-resort"


def test_a_speaker_is_told_the_forms_that_are_their_own(words):
    def forms(speaker):
        return {one.form: [link.to for link in one.quotes] for one in words.used_by(speaker)}

    assert forms("jd-vance") == {
        "walking away": ["quotes/vance-more-than-open.html"],
        "walk away": ["quotes/vance-good-faith.html"],
        "not our war": ["quotes/vance-this-is-not-our-war.html"],
    }
    assert forms("donald-trump") == {"back away": ["quotes/trump-back-away.html"]}
    assert forms("marco-rubio") == {}


def test_the_page_shows_every_hit_once(site, words):
    html = site["words.html"].decode()
    shown = sum(use.shown is not None for phrase in words.phrases for use in phrase.uses)
    assert html.count("<mark>") == shown == 33
    for phrase in words.phrases:
        assert f' id="{phrase.id}">' in html
        assert phrase.finding in html


DAY = "said: 2030-01-07, because: x"
RECORD = """
articles: {a: {file: a.txt, apart: ["They walk away, a photo shows."]}}
speakers:
  ada-low: {name: Ada Low, kind: official, side: Harbour}
  bo-hill: {name: Bo Hill, kind: official, side: Town}
  cy-dell: {name: Cy Dell}
  di-moor: {name: Di Moor, kind: analyst}
phrases:
  walk away: [walk away, walking away, walk away from it]
  pull out: [pull US out]
  run: [run for it]
claims:
  own: {speaker: ada-low, DAY, printed: [{in: a, words: "We will walk away"}]}
  town: {speaker: bo-hill, DAY, printed: [{in: a, words: "They never walk away."}]}
  other: {speaker: cy-dell, DAY, printed: [{in: a, words: "Walk away!"}]}
  analyst: {speaker: di-moor, DAY, printed: [{in: a, words: "They [who walk away] return."}]}
  voice:
    speaker: ada-low
    said: 2030-01-07
    because: x
    printed: [{in: a, words: "He will say, ‘We walk away from it,’ and mean it."}]
    voices: [{words: "We walk away from it,", of: bo-hill, kind: imagined}]
  gone:
    speaker: ada-low
    said: 2030-01-07
    because: x
    retracted: misread
    printed: [{in: a, words: "I walk away today."}]
dismissed: {a: {"walk away clause": a term}}
""".replace("DAY", DAY)
TEXT = """ date 2030-01-09 On Monday, “We will walk\u00a0away,” Ada Low said.

“They never walk  away.” said Bo Hill.

Who may walk away now

“Walk away!” Cy Dell said. “They [who walk away] return.” said Di Moor.

“He will say, ‘We walk away from it,’ and mean it.” Ada Low said. “I walk away today.” she said.

The “walk away clause” is old. A “day to walk away” is planned. They sidewalk away. Walk

away they did. They walk away, a photo shows. Somebody may pull us out, and nobody walks off.

Walking away is easy, and it is hard to walk away.
"""
SITE = "title: A digest\nleads: {kind: official, side: Harbour, called: the harbour}\n"


@pytest.fixture
def small(a_digest, tmp_path):
    """Every kind of words, one hit each; and words that are none."""
    text = TEXT + "\nRain fell on the wall." * 60
    outcome = check(Options(a_digest(tmp_path, {"a.txt": text}, RECORD, SITE)))
    assert [one.rule for one in outcome.findings] == ["stretch-waiting"], outcome.findings
    return concordance_of(outcome.digest)


def test_a_hit_is_of_the_words_it_stands_in(small):
    [phrase] = small.phrases
    assert Counter(use.whose.kind for use in phrase.uses) == {
        "leads": 1, "official": 1, "other": 1, "voice": 1, "brackets": 1, "withdrawn": 1,
        "dismissed": 1, "waiting": 1, "heading": 1, "prose": 2, "apart": 1,
    }  # fmt: skip
    assert small.without == ("pull out", "run")


def test_what_may_never_be_printed_is_counted_and_not_shown(small):
    [hidden] = [use for use in small.phrases[0].uses if use.shown is None]
    assert hidden.whose.kind == "apart"


def test_a_voice_inside_a_quotation_is_not_the_speakers_own(small):
    [voice] = [use for use in small.phrases[0].uses if use.whose.kind == "voice"]
    assert voice.whose.note == "imagined words of Bo Hill"
    assert voice.hit.form == "walk away from it"  # of two that overlap, once: the longer
    assert [one.form for one in small.used_by("ada-low")] == ["walk away"]
    assert small.used_by("bo-hill")[0].quotes[0].to == "quotes/town.html"


def test_one_utterance_in_two_articles_is_two_hits(words):
    [both] = [g for g in words.phrases[0].groups if "US officials" in g.called]
    assert len(both.uses) == 4
    assert len(both.utterances) == 2


def test_a_finding_says_so_when_no_one_whom_the_site_leads_with_said_it(words):
    withdraw = next(phrase for phrase in words.phrases if phrase.label == "withdraw")
    assert withdraw.finding.startswith("3 hits in 1 article: none in US officials’ own words; ")

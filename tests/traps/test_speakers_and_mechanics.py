"""T33 to T50: who speaks and through whom, and how quotations are set."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from digest.build import Options, check, compose
from digest.proof.words import Miss, find_stretch
from digest.reading.articles import read_article


def via(claims_json, id):
    [claim] = [claim for claim in claims_json["claims"] if claim["id"] == id]
    return [appearance["via"] for appearance in claim["appearances"]]


def printed(claim):
    """Every printed part of a claim, in every article."""
    return [part.text for printing in claim.printings for part in printing.segments]


def test_t33_a_person_of_several_spellings_is_one_speaker(claims_json, articles):
    for part, name, other, id in (
        ("Zelensk", "Volodymyr Zelenskyy", "Volodymyr Zelensky ", "what-happens-next"),
        ("Vance", "JD Vance", "J.D. Vance", "reset"),
    ):
        names = {one["name"] for one in claims_json["speakers"] if part in one["name"]}
        assert names == {name}
        assert other in articles[id].text
        assert name not in articles[id].text


def test_t33_the_page_says_the_configured_name_and_keeps_the_articles_spelling(shown, digest):
    page = shown("quotes/vance-not-going-anywhere.html")
    assert page.split("\n")[0].startswith("JD Vance")
    assert "J.D. Vance" in shown("speakers/jd-vance.html")  # as another name
    assert "after a Russian missile and drone attack on Kiev" in shown(
        "quotes/trump-tapping-me-along.html"
    )
    assert "Kiev" in digest.names["Kyiv"]


def test_t34_the_times_of_an_article_is_the_outlet_that_it_named_in_full(claims_json, articles):
    text = articles["what-happens-next"].text
    assert "the Financial Times reported fears" in text
    assert "A European official told the Times" in text
    hands = ["Financial Times", "Newsweek", "TheFeedWired"]
    assert via(claims_json, "official-excuses") == [hands, hands]  # the words, and their fragment
    assert via(claims_json, "trump-stop-shooting") == [hands]
    every = [
        outlet for one in claims_json["claims"] for outlet in chain(*via(claims_json, one["id"]))
    ]
    assert not {"the Times", "Times", "New York Times"} & set(every)


def test_t34_the_page_shows_every_hand_from_the_speaker_to_our_copy(shown):
    page = shown("quotes/official-excuses.html")
    hands = ["a European official", "Financial Times", "Newsweek", "TheFeedWired", "our copy"]
    assert "\n".join(hands) in page
    assert "Through 3 outlets." in page


def test_t35_an_unnamed_official_has_no_page_of_a_person(site, shown):
    assert "speakers/european-official.html" not in site
    assert b'href="../speakers/european-official' not in site["quotes/official-excuses.html"]
    assert shown("quotes/official-excuses.html").split("\n")[0].startswith("a European official")


def test_t35_what_an_unnamed_european_says_of_trump_is_no_statement_of_the_us(claims, shown):
    claim = claims["official-excuses"]
    assert (claim.stance, claim.speaker.entry.side) == (None, "Europe")
    timeline, _, reactions = shown("index.html").rpartition("\nReactions and analysts\n")
    assert "setting up a situation" in reactions
    assert "setting up a situation" not in timeline


def test_t35_only_statements_of_us_officials_are_counted(claims_json, shown):
    def counted(section):
        told = (one["speaker"] for one in claims_json[section] if one["stance"])
        return sum((one["kind"], one["side"]) == ("official", "US") for one in told)

    quoted, told = counted("claims"), counted("reports")
    counts = f"{quoted + told} statements with a stance by 6 US officials, and by unnamed ones"
    assert counts in shown("index.html")


def test_t36_what_was_not_confirmed_is_said_so_on_the_page(articles, shown):
    caveat = "have not been independently confirmed"
    assert caveat in articles["what-happens-next"].text.split("\n")[8]
    assert caveat in shown("quotes/official-excuses.html")


def test_t37_a_single_mark_that_closes_with_another_form_ends_no_stretch(articles, claims):
    text = articles["kremlin-catnip"].text
    ending = "‘You know what? That was worth a try, but we’re not doing it anymore.'"
    assert ending + "”" in text
    assert printed(claims["vance-this-is-not-our-war"])[1].endswith(ending)


def test_t37_a_stretch_ends_at_a_double_mark_alone():
    article = read_article("a.txt", "“Don’t say, ‘It’s over.'” He didn't.".encode())
    assert [one.span.of(article.text) for one in article.stretches] == ["Don’t say, ‘It’s over.'"]


def test_t38_an_inner_mark_that_is_never_closed_is_shown_as_it_stands(claims, large):
    words = "“Well, there will be a time when I will say, ‘OK, keep going, keep being stupid,”"
    assert large("trump-keep-going") == [words]
    [voice] = claims["trump-keep-going"].voices
    assert (voice.words.text, voice.entry.kind) == (
        "OK, keep going, keep being stupid,",
        "imagined",
    )


def test_t39_words_that_a_speaker_imagines_are_not_on_the_page_of_the_one_imagined(
    articles, claims, shown
):
    words = "Look, are you serious? Are you real about this?"
    assert f"‘{words}’" in articles["a-bit-of-impasse"].text
    [voice] = claims["vance-are-you-serious"].voices
    assert (voice.words.text, voice.entry.kind) == (words, "imagined")
    assert words in shown("speakers/jd-vance.html")
    assert words not in shown("speakers/donald-trump.html")


def test_t39_the_page_names_the_one_whose_words_are_imagined(shown):
    page = shown("quotes/vance-are-you-serious.html")
    assert "imagined words of Donald Trump" in page
    assert "donald-trump" not in page


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("vance-fundamental-mistrust", "but … that takes two to tango."),
        ("vance-this-is-not-our-war", "to say … this is not our war,"),
        ("trump-not-our-people", "our soldiers … it’s Ukraine"),
        ("vance-first-offer", "too much… that’s how"),
        ("vance-lead-to-the-well", "to drink… we are not there yet"),
        ("rough-isolate-ukraine", "transatlantic community…Moscow wants"),
    ],
)
def test_t40_an_ellipsis_is_shown_with_the_spaces_that_the_article_gives_it(
    id, words, large, shown
):
    assert words in " ".join(large(id))
    assert words in shown(f"quotes/{id}.html").split("Exactly as printed")[1]  # and below it


def test_t40_three_points_are_an_ellipsis_for_finding_alone(articles):
    article = articles["good-faith"]
    typed = (
        "We knew that the Russians' first offer would be too much..."
        " that's how negotiations often work,"
    )
    _, span = find_stretch(typed, article, articles)
    assert span.of(article.text) == typed.replace("...", "…").replace("'", "’")
    spaced = typed.replace("...", " ... ").replace("  ", " ")
    assert isinstance(find_stretch(spaced, article, articles), Miss)


def test_t41_bracketed_words_stay_in_their_brackets_and_are_said_to_be_the_newsrooms(claims, shown):
    bracketed = [id for id, claim in claims.items() if "[" in "".join(printed(claim))]
    assert set(bracketed) == {"vance-a-bit-of-impasse", "trump-stop-shooting"}
    for id in bracketed:
        page = shown(f"quotes/{id}.html")
        assert re.search(r"square brackets (?:is|are) the newsroom’s", page)
        for part in printed(claims[id]):
            assert part in page


def test_t41_the_words_without_what_is_bracketed_are_not_what_was_printed(articles):
    article = articles["what-happens-next"]
    for words in (
        "I was very disappointed that missiles were launched by Russia,",
        "I was very disappointed that missiles were by Russia,",
        "I want to stop shooting, sit down and sign a deal.",
    ):
        assert isinstance(find_stretch(words, article, articles), Miss)


def test_t42_the_comma_of_the_cue_may_be_left_out_and_nothing_else(articles):
    article = articles["kremlin-catnip"]
    words = "We’re more than open to walking away"
    stretch, span = find_stretch(words, article, articles)
    assert stretch.span.of(article.text) == words + ","
    assert span.of(article.text) == words
    assert isinstance(find_stretch("We’re more than open to walking", article, articles), Miss)


def test_t42_a_comma_that_was_left_out_is_not_shown_and_the_short_form_has_none(
    a_digest, tmp_path, claims
):
    outcome = compose(Options(a_digest(tmp_path, {"paper.txt": PAPER}, RECORD), cache=False))
    assert outcome.findings == []
    page = outcome.files["quotes/ada-stand.html"].decode()
    assert "<p><q>“It will stand,”</q> Ada Lovelace said on Monday.</p>" in page
    shorts = [claim.short.text for claim in claims.values() if claim.short]
    assert shorts
    assert not any(short.endswith(",") for short in shorts)


FILLER = "The bridge had been in the news for weeks, and the council had met about it four times. "
PAPER = f""" date 2025-05-19 {FILLER}{FILLER}

“It will stand,” Ada Lovelace said on Monday. {FILLER}
"""
RECORD = """
articles: {paper: {file: paper.txt}}
speakers: {ada: {name: Ada Lovelace}}
claims:
  ada-stand:
    speaker: ada
    when: {words: on Monday}
    printed: [{in: paper, words: "It will stand"}]
"""


def test_t43_words_without_a_speaker_in_the_record_are_nobodys(a_digest, tmp_path):
    for record, rule in (
        (RECORD.replace("    speaker: ada\n", ""), "field-missing"),
        (RECORD, "stretch-waiting"),
    ):
        text = PAPER + "\n“Why?” he said.\n\nThe mayor stated,\n\n“Why not?”\n"
        found = check(Options(a_digest(tmp_path, {"paper.txt": text}, record)))
        assert rule in {finding.rule for finding in found.findings}
        spoken = [p.segments[0].text for c in found.digest.claims for p in c.printings]
        assert not {"Why?", "Why not?"} & set(spoken)


def test_t43_where_the_paragraph_names_nobody_the_record_says_why_it_is_that_speaker(claims, shown):
    for id, because in (
        ("vance-not-conquered-yet", "The paragraph names no speaker"),
        ("trump-maybe-not-possible", "“He said”: the sentence before it is Trump’s"),
    ):
        assert because in shown(f"quotes/{id}.html")
    for id in ("vance-good-faith", "vance-lead-to-the-well"):  # "Vance stated," stands above them
        assert claims[id].speaker.name == "JD Vance"


def test_t44_a_post_an_interview_and_a_podcast_are_told_apart(claims, shown):
    for id, medium, venue in (
        ("trump-two-parties", "post", "Truth Social"),
        ("zelenskyy-crucial", "post", "X"),
        ("vance-making-progress", "podcast", None),
        ("bessent-up-the-sanctions", "interview", "NBC"),
        ("vance-more-than-open", "remarks to reporters", "aboard Air Force Two"),
    ):
        moment = claims[id].moment
        assert (moment.medium, moment.venue) == (medium, venue)
        assert ", ".join(filter(None, (medium, venue))) in shown(f"quotes/{id}.html")


def test_t45_terms_in_quotation_marks_are_dismissed_with_a_reason_that_readers_see(
    claims_json, shown
):
    page = shown("coverage.html")
    dismissed = {one["text"]: one["because"] for one in claims_json["dismissed"]}
    assert set(dismissed) == {"denazifying", "denazification,", "unipolar moment"}
    for words, because in dismissed.items():
        assert words in page
        assert f"dismissed: {because}" in page


def test_t45_a_fragment_of_speech_is_not_dismissed(claims):
    for id, words in (
        ("vance-disrespectful", "disrespectful"),
        ("vance-good-progress", "good progress"),
    ):
        assert printed(claims[id]) == [words]
        assert claims[id].speaker.id == "jd-vance"


def test_t46_indirect_speech_beside_a_quotation_is_no_quotation(articles, claims):
    indirect = "not the Trump administration’s war to wage"
    article = articles["kremlin-catnip"]
    assert indirect in article.text
    found = find_stretch(indirect, article, articles)
    assert isinstance(found, Miss)
    assert found.rule == "words-unquoted"
    assert not any(indirect in part for claim in claims.values() for part in printed(claim))
    assert "It’s Joe Biden’s war, it’s Vladimir Putin’s war." in " ".join(
        printed(claims["vance-this-is-not-our-war"])
    )


def test_t47_what_would_be_left_is_kept_as_each_article_has_it(digest, shown):
    [one] = [one for one in digest.disagreements if one.id == "away-from-what"]
    sides = {(side.passage.article, side.passage.text): side.holds for side in one.sides}
    page = shown("quotes/vance-more-than-open.html")
    for article, passage, holds in (
        ("kremlin-catnip", "walk away from supporting Ukraine", "support for Ukraine"),
        ("kremlin-catnip", "abandoning mediation", "mediation"),
        ("kremlin-catnip", "walking away from a deal", "a deal"),
        ("good-faith", "from ongoing negotiations with Russia", "the negotiations with Russia"),
    ):
        assert sides[article, passage] == holds
        assert passage in page
        assert holds in page


def test_t48_an_analyst_in_two_articles_is_one_person_with_several_claims(claims, shown):
    rough = [claim for claim in claims.values() if claim.speaker.id == "peter-rough"]
    assert sorted(claim.printings[0].article for claim in rough) == [
        "kremlin-catnip",
        "kremlin-catnip",
        "what-happens-next",
    ]
    entry = rough[0].speaker.entry
    assert (entry.kind, entry.side) == ("analyst", None)
    assert {claim.stance for claim in rough} == {None}
    page = shown("speakers/peter-rough.html")
    assert all(part in page for claim in rough for part in printed(claim))


TRICKY = "has always been: Look # [there] “are” — ‘no’ <b>on</b> & 2025-05-19, 12:30"


def test_t49_marks_that_mean_something_to_yaml_or_html_are_only_characters(a_digest, tmp_path):
    words = TRICKY.replace("“are”", "are")
    text = PAPER.replace("It will stand", words)
    record = RECORD.replace('words: "It will stand"', f'words: "{words}"')
    outcome = compose(Options(a_digest(tmp_path, {"paper.txt": text}, record), cache=False))
    assert outcome.findings == []
    assert outcome.digest.claims[0].printings[0].segments[0].text == words
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"“{escaped}”" in outcome.files["quotes/ada-stand.html"].decode()


def test_t49_a_plain_scalar_that_a_comment_cuts_is_a_finding(a_digest, tmp_path):
    record = RECORD.replace('words: "It will stand"', "words: It will stand #1\n     ")
    findings = check(Options(a_digest(tmp_path, {"paper.txt": PAPER}, record))).findings
    assert [finding.rule for finding in findings] == ["words-cut"]


@pytest.mark.parametrize("words", ["no", "on", "12:30", "2025-05-19", "010"])
def test_t49_a_word_that_yaml_would_type_stays_a_word(words, a_digest, tmp_path):
    text = PAPER.replace("It will stand", words)
    record = RECORD.replace('"It will stand"', words)
    outcome = check(Options(a_digest(tmp_path, {"paper.txt": text}, record)))
    assert outcome.findings == []
    assert outcome.digest.claims[0].printings[0].segments[0].text == words


def test_t49_a_repeated_key_is_refused_with_both_lines(a_digest, tmp_path):
    record = RECORD + "    speaker: somebody\n"
    findings = check(Options(a_digest(tmp_path, {"paper.txt": PAPER}, record))).findings
    [finding] = [one for one in findings if one.rule == "yaml-repeated-key"]
    assert str(finding.place) == "data/claims.yaml:9:5"
    assert "data/claims.yaml:6:5" in finding.hints[0]


def test_t50_every_quotation_of_the_opinion_piece_says_that_it_is_one(digest, shown):
    entry = digest.articles["reset"].entry
    assert entry.kind == "opinion"
    resting = [
        claim.id
        for claim in digest.claims
        if any(printing.article == "reset" for printing in claim.printings)
    ]
    assert len(resting) == 4
    assert all("opinion piece" in shown(f"quotes/{id}.html") for id in resting)
    assert "opinion" in shown("articles/reset.html")


def test_t50_an_opinion_piece_is_called_one_without_the_curators_caution(a_digest, tmp_path):
    record = RECORD.replace("paper.txt}", "paper.txt, kind: opinion}")
    outcome = compose(Options(a_digest(tmp_path, {"paper.txt": PAPER}, record), cache=False))
    assert "opinion piece" in outcome.files["quotes/ada-stand.html"].decode()

"""T11 to T19: one utterance in several wordings, fragments of fuller quotations, paraphrase."""

from __future__ import annotations

from digest.proof.words import Miss, find_passage, find_stretch
from digest.wording import same


def of(claims_json, id):
    [claim] = [claim for claim in claims_json["claims"] if claim["id"] == id]
    return claim


def texts(appearance):
    return [segment["text"] for segment in appearance["segments"]]


def holding(claims_json, words):
    """Every claim of which some printed part holds ``words``, with each such part."""
    return [
        (claim["id"], appearance["article"], segment["text"])
        for claim in claims_json["claims"]
        for appearance in claim["appearances"]
        for segment in appearance["segments"]
        if words in segment["text"]
    ]


def test_t11_one_utterance_in_two_articles_is_one_claim_with_two_printings(claims_json):
    assert {id for id, _, _ in holding(claims_json, "more than open to walking away")} == {
        "vance-more-than-open"
    }
    printed = of(claims_json, "vance-more-than-open")["appearances"]
    assert [one["file"][:3] for one in printed] == ["000", "002"]
    assert texts(printed[0]) == texts(printed[1]) == [
        "We’re more than open to walking away,",
        "The United States is not going to spin its wheels here. We want to see outcomes.",
    ]  # fmt: skip


def test_t11_the_day_comes_from_the_article_that_dates_the_words(claims, articles):
    working = claims["vance-more-than-open"].moment.working
    assert working.words.article == "kremlin-catnip"
    assert str(working) == '"on Monday" + article of Wed 2025-05-21 → 2025-05-19'
    assert "Monday" not in articles["a-bit-of-impasse"].text.split("\n")[2]


def test_t11_two_parts_are_never_joined_without_a_gap(large):
    first, gap, second = large("vance-more-than-open")
    assert first == "“We’re more than open to walking away,”"
    assert gap.startswith("[…]")
    assert second == (
        "“The United States is not going to spin its wheels here. We want to see outcomes.”"
    )


def test_t12_a_word_in_brackets_is_part_of_the_printing_and_both_wordings_show(claims_json, shown):
    printed = of(claims_json, "vance-a-bit-of-impasse")["appearances"]
    assert [(one["file"][:3], *texts(one)) for one in printed] == [
        ("000", "a bit of [an] impasse"),
        ("002", "a bit of impasse"),
    ]
    assert not same("a bit of [an] impasse", "a bit of impasse")
    page = shown("quotes/vance-a-bit-of-impasse.html")
    assert "wording differs" in page
    assert "the negotiations had reached “a bit of [an] impasse”" in page
    assert "the two sides appeared to be at “a bit of impasse”" in page


def test_t12_words_without_the_bracket_are_not_what_the_first_article_prints(articles):
    for words in ("a bit of impasse", "a bit of an impasse"):
        found = find_stretch(words, articles["kremlin-catnip"], articles)
        assert isinstance(found, Miss)
        assert found.hints or found.rule == "words-elsewhere"


def test_t12b_a_sentence_cut_by_its_cue_keeps_its_capital_and_gets_no_full_stop(large, shown):
    first, gap, second = large("vance-fundamental-mistrust")
    assert first.endswith("frankly, stupid, that we should be able to move beyond,”")
    assert gap.startswith("[…]")
    assert second == (
        "“The mistakes that have been made in the past, but … that takes two to tango.”"
    )
    assert "reads as the end of the first sentence" in shown(
        "quotes/vance-fundamental-mistrust.html"
    )


def test_t13_anytime_and_any_time_are_one_utterance_and_neither_is_corrected(claims_json, shown):
    printed = of(claims_json, "vance-not-going-anywhere")["appearances"]
    assert [(one["file"][:3], *texts(one)) for one in printed] == [
        ("000", "It’s not going anywhere,", "It’s not going to end anytime soon."),
        ("004", "not going to end any time soon."),
    ]
    page = shown("quotes/vance-not-going-anywhere.html")
    assert "“It’s not going to end anytime soon.”" in page
    assert "saying the war is “not going to end any time soon.”" in page


def test_t14_one_word_of_an_utterance_stands_with_the_fuller_printing(claims_json, claims, shown):
    printed = of(claims_json, "trump-tapping-me-along")["appearances"]
    assert [(one["file"][:3], *texts(one)) for one in printed] == [
        ("004", "doesn’t want to stop the war, he’s just tapping me along."),
        ("002", "tapping"),
    ]
    assert claims["trump-tapping-me-along"].moment.medium == "post"
    page = shown("quotes/trump-tapping-me-along.html")
    assert "Putin could be “tapping” him along" in page  # the word is never shown alone
    assert "on social media that maybe Putin “doesn’t want" in page
    assert "publicly that Putin could be" in page


def test_t15_a_fragment_of_a_fuller_quotation_in_the_same_article_is_counted_once(claims_json):
    good_faith = [
        one for one in of(claims_json, "vance-good-faith")["appearances"] if "file" in one
    ]
    assert [(one["file"][:3], one.get("again", False)) for one in good_faith] == [
        ("001", False),
        ("001", True),
    ]
    assert texts(good_faith[1]) == ["walk away"]
    found = [one for one in holding(claims_json, "walk away") if one[1] == "good-faith"]
    assert {id for id, _, _ in found} == {"vance-good-faith"}
    assert not any(one["text"] == "walk away" for one in claims_json["dismissed"])


def test_t16_words_that_stand_three_times_are_bound_to_the_stretch_that_they_are(articles):
    article = articles["kremlin-catnip"]
    assert article.text.count("European situation.") == 3
    passage = find_passage("European situation.", article)
    assert isinstance(passage, Miss)
    assert passage.rule == "passage-ambiguous"
    _, span = find_stretch("European situation.", article, articles)
    assert article.place(span.start).line == 73


def test_t16_the_fragment_stands_with_the_fuller_words(claims, articles):
    [printing] = claims["trump-back-away"].printings
    [fragment] = printing.again
    assert articles["kremlin-catnip"].place(fragment.span.start).line == 73
    assert articles["kremlin-catnip"].place(printing.segments[1].span.start).line == 75


def test_t17_an_official_quoted_twice_in_one_article_is_one_utterance(claims, articles):
    [printing] = claims["official-excuses"].printings
    article = articles["what-happens-next"]
    assert [article.place(part.span.start).line for part in printing.segments] == [19]
    assert [(part.text, article.place(part.span.start).line) for part in printing.again] == [
        ("to fix.", 17)
    ]


def test_t17_the_paraphrase_around_the_fragment_is_nobodys_words(claims_json, articles):
    words = "looking for an excuse to walk away and leave it to Ukraine and Europe"
    assert words in articles["what-happens-next"].text.split("\n")[16]
    assert holding(claims_json, words) == []
    found = find_stretch(words, articles["what-happens-next"], articles)
    assert isinstance(found, Miss)
    assert found.rule == "words-unquoted"


PARAPHRASE = (
    "Russia would likely continue pressing in the short run to pressure the U.S. into walking away"
    " and exacerbate divisions within the transatlantic community"
)


def test_t18_a_paraphrase_is_told_from_the_quotation_with_its_place(articles):
    article = articles["what-happens-next"]
    assert PARAPHRASE in article.text.split("\n")[20]
    found = find_stretch(PARAPHRASE, article, articles)
    assert isinstance(found, Miss)
    assert found.rule == "words-unquoted"
    assert f"seeds/{article.file}:21:" in found.message


def test_t18_the_quotation_is_bound_to_its_own_line(claims, articles):
    [printing] = claims["rough-isolate-ukraine"].printings
    [segment] = printing.segments
    assert articles["what-happens-next"].place(segment.span.start).line == 27
    assert "in order to pressure the U.S." in segment.text


def test_t18_a_near_miss_of_the_quotation_is_shown_and_never_accepted(articles):
    article = articles["what-happens-next"]
    line = article.text.split("\n")[26]
    printed = line[line.index('"') + 1 : line.index('"', line.index('"') + 1)]
    found = find_stretch(printed.replace("in order to", "in order  then to"), article, articles)
    assert isinstance(found, Miss)
    assert f"nearest, at seeds/{article.file}:27:" in found.hints[0]
    assert not isinstance(find_stretch(printed, article, articles), Miss)


def test_t19_a_fragment_given_to_experts_is_only_the_fuller_speakers(claims, articles, claims_json):
    [printing] = claims["hardie-washing-its-hands"].printings
    article = articles["kremlin-catnip"]
    assert [(part.text, article.place(part.span.start).line) for part in printing.again] == [
        ("its hands of the war.", 1)
    ]
    assert article.place(printing.segments[0].span.start).line == 15
    names = [speaker["name"].lower() for speaker in claims_json["speakers"]]
    assert not any("expert" in name for name in names)

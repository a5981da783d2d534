"""Who says it: each rule of reading with a sentence written for it."""

from __future__ import annotations

from datetime import date

import pytest

from digest.reading import Person, Quotation, read


def only(text: str) -> Quotation:
    """The one quotation of a text."""
    [quotation] = read(text)
    return quotation


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We go,” Ann Lee said.", "Ann Lee"),
        ("“We go,” said Ann Lee, of Ohio.", "Ann Lee"),
        ("Ann Lee said: “We go.”", "Ann Lee"),
        ("Ann Lee told reporters on the plane, “We go.”", "Ann Lee"),
        ("According to Ann Lee, “we go” was never said.", "Ann Lee"),
        ("“We go,” according to Ann Lee.", "Ann Lee"),
        ("Ann Lee, a farmer from Ohio, said “we go” twice.", "Ann Lee"),
        ("Ann Lee, who had met Bob Ray, called it “a very bad idea” again.", "Ann Lee"),
        ("Sen. Ann Lee (D-N.Y.) said “we go” twice.", "Ann Lee"),
        ("“We go,” said Concord resident Ann Lee.", "Ann Lee"),
        ("“We go,” Ray adviser Ann Lee said.", "Ann Lee"),
        ("Ann Lee went home, adding that “we go” too.", "Ann Lee"),
        ("Ann Lee said that Bob Ray left, adding, “We go.”", "Ann Lee"),
        ("When Bob Ray said no, Ann Lee replied: “We go.”", "Ann Lee"),
        ("In Akron, Ohio, Ann Lee said “we go” twice.", "Ann Lee"),
        ("“We go.” — Ann Lee", "Ann Lee"),
        ("More from pollster Ann Lee: “We go.”", "Ann Lee"),
        ("“Why?” Ann Lee asked.", "Ann Lee"),
        ("Bob Ray stayed, with Ann Lee saying “we go” twice.", "Ann Lee"),
        ("The plan was described by Ann Lee as “we go” again.", "Ann Lee"),
        ("Guns are “a crisis” and “stunt growth”, Ann Lee said.", "Ann Lee"),
        ("WhileSenator Ann Lee said “we go” twice.", "Ann Lee"),
        ("Secretary of State Ann Lee, told NBC: “We go.”", "Ann Lee"),
    ],
)
def test_the_subject_of_the_reporting_verb_speaks(text: str, speaker: str) -> None:
    assert {quotation.speaker for quotation in read(text)} == {speaker}


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ann Lee called it “a mess,” Bob Ray told reporters.", ["Ann Lee"]),
        ("Ann Lee said at a rally in Ohio, “We go,” Bob Ray recalled.", ["Ann Lee"]),
        ("Ann Lee said Bob Ray offered to be “a friend” of hers.", ["Ann Lee"]),
        ("“No,” Bob Ray said. Ann Lee agreed. “We go.”", ["Bob Ray", "Ann Lee"]),
        ("“No,” Ann Lee said. “We go.\n\n“We do.” “I stay,” Bob Ray said.", ["Ann Lee", "Bob Ray"]),
        ("“We go.” “We do,” Ann Lee said.", ["Ann Lee"]),
        ("“No,” Bob Ray said. Ann Lee replied:\n\n“We go.”", ["Bob Ray", "Ann Lee"]),
        ("“No,” Ann Lee said.\n\n“We go.”", ["Ann Lee"]),
    ],
)
def test_of_two_that_could_speak_the_nearer_in_structure_does(
    text: str, speakers: list[str]
) -> None:
    assert [quotation.speaker for quotation in read(text)] == speakers


@pytest.mark.parametrize(
    "text",
    [
        "One official said: “We go.”",
        "“We go,” a European official told the Times.",
        "“We go,” said a spokesman for Ann Lee.",
        "Experts say Bob Ray “will go” too.",
    ],
)
def test_a_common_noun_is_nobody_by_name(text: str) -> None:
    quotation = only(text)
    assert (quotation.speaker, quotation.tier) == (None, "open")
    assert "unnamed" in quotation.flags
    assert quotation.mention


def test_a_surname_stands_for_the_full_name() -> None:
    assert only("Ann Lee came. “We go,” Lee said.").speaker == "Ann Lee"


def test_a_title_stands_for_the_only_one_who_bears_it() -> None:
    text = "Sen. Ann Lee came. “We go,” the senator said."
    assert (only(text).speaker, only(text).flags) == ("Ann Lee", ())
    assert only("Sen. Bob Ray met her. " + text).speaker is None


def test_he_and_she_stand_for_the_one_of_that_gender_last_spoken_of() -> None:
    met = "Robert Ray met Susan Lee on the stairs.\n\n“We go,” {} said."
    assert only(met.format("he")).speaker == "Robert Ray"
    assert only(met.format("she")).speaker == "Susan Lee"
    assert "pronoun" in only(met.format("she")).flags


def test_a_title_tells_he_from_she() -> None:
    text = "Mr. Lee met Mrs. Ray of Ohio.\n\n“We go,” he said."
    assert only(text).speaker == "Lee"


def test_a_pronoun_with_nobody_to_stand_for_is_left_open() -> None:
    assert only("“We go,” she said.").speaker is None


def test_the_curator_s_list_gives_the_name_and_the_pronoun() -> None:
    people = [Person("J.D. Oak", ("JD Oak",), "Vice President", "she")]
    first, second = read("JD Oak said: “We go.”\n\n“We stay,” she added.", people=people)
    assert (first.speaker, second.speaker) == ("J.D. Oak", "J.D. Oak")


def test_a_name_that_is_not_on_the_list_is_not_bent_to_it() -> None:
    assert only("Ann Oak said: “We go.”\n").speaker == "Ann Oak"
    people = [Person("J.D. Oak")]
    assert read("Ann Oak said: “We go.”\n", people=people)[0].speaker == "Ann Oak"


def test_words_go_on_over_the_cue_and_over_paragraphs() -> None:
    text = "“We go,” Ann Lee said. “We go far.\n\n“And we come back.”"
    assert [segment.text for segment in only(text).segments] == [
        "We go,",
        "We go far.",
        "And we come back.",
    ]


def test_a_paragraph_that_is_all_quotation_after_a_colon_or_a_report() -> None:
    assert only("Ann Lee stated:\n\n“We go.”").speaker == "Ann Lee"
    assert only("Ann Lee also said that they were ready.\n\n“We go.”").tier == "doubtful"


def test_where_nothing_says_who_speaks_it_is_left_open() -> None:
    quotation = only("“We go.”")
    assert (quotation.speaker, quotation.tier) == (None, "open")
    assert quotation.because == "the text does not say"


def test_a_term_and_a_title_are_told_apart_from_speech() -> None:
    for text in (
        "It was the end of the “gap” in trade.",
        "Ann Lee spoke on ABC’s “This Week” of trade.",
    ):
        assert "term" in only(text).flags


def test_single_marks_and_inches_and_mark_up_are_no_quotations() -> None:
    assert read('He is 6\'3" tall and it’s ‘fine’ by <a href="#">us</a>.') == ()


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    quotation = only("Ann Lee said, “We go.\n\nThe rest stayed.")
    assert quotation.segments[0].text == "We go."
    assert "unclosed" in quotation.flags


def test_a_voice_within_the_voice_is_flagged() -> None:
    assert "nested" in only("“He will say, ‘We go,’” Ann Lee said.").flags


def test_second_hand_words_name_the_outlet() -> None:
    text = "The Financial Times reported fears. “We go,” Ann Lee told staff, the Times reported."
    quotation = only(text)
    assert (quotation.speaker, quotation.via) == ("Ann Lee", ("Financial Times",))
    assert "second-hand" in quotation.flags


@pytest.mark.parametrize(
    ("words", "venue", "medium"),
    [
        ("told reporters aboard Air Force Two", "aboard Air Force Two", "remarks to reporters"),
        ("said in a Monday post on Truth Social", "Truth Social", "post"),
        ("said in an interview with NBC News", "NBC News", "interview"),
        ("said in the Oval Office", "the Oval Office", None),
        ("told Fox News", "Fox News", None),
        ("said in a podcast", None, "podcast"),
        ("said", None, None),
    ],
)
def test_venue_and_medium_are_the_sentence_s(
    words: str, venue: str | None, medium: str | None
) -> None:
    quotation = only(f"“We go,” Ann Lee {words}.")
    assert (quotation.venue, quotation.medium) == (venue, medium)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("“We go,” Ann Lee said on Monday.", date(2025, 5, 19)),
        ("“We go,” Ann Lee said Wednesday.", date(2025, 5, 21)),
        ("On 8 May, Ann Lee told Fox News “we go” twice.", date(2025, 5, 8)),
        ("Last Friday, Ann Lee said “we go” twice.", date(2025, 5, 16)),
        ("“We go,” Ann Lee said in a Monday post.", date(2025, 5, 19)),
        ("Bob Ray left last Friday. A day earlier, Ann Lee said “we go” too.", date(2025, 5, 15)),
        ("Ann Lee said on Monday that it was over.\n\n“We go,” Lee said.", date(2025, 5, 19)),
        ("Ann Lee met him on Monday.\n\nIn that meeting, Lee said “we go” too.", date(2025, 5, 19)),
    ],
)  # fmt: skip
def test_the_day_is_that_of_the_clause_or_of_what_went_before(text: str, day: date) -> None:
    said = read(text, date(2025, 5, 21))[0].said
    assert said
    assert (said.earliest, said.latest) == (day, day), said.because
    assert "article of Wed 2025-05-21" in said.because or "told before" in said.because


@pytest.mark.parametrize(
    "text",
    [
        "“We go,” Ann Lee said, before a meeting set for Monday.",
        "“We go,” said Ann Lee, who is scheduled to speak on Monday.",
        "Ann Lee said that “we go” now.",
    ],
)
def test_the_day_of_something_else_is_not_taken(text: str) -> None:
    assert read(text, date(2025, 5, 21))[0].said is None


def test_without_the_article_s_day_the_words_are_given_and_no_day() -> None:
    said = only("“We go,” Ann Lee said on Monday.").said
    assert said
    assert (said.earliest, said.latest) == (None, None)
    assert "“on Monday”" in said.because


def test_the_header_of_the_file_gives_the_day() -> None:
    [quotation] = read(" date 2025-05-21 “We go,” Ann Lee said on Monday.")
    assert quotation.said
    assert quotation.said.latest == date(2025, 5, 19)
    assert quotation.segments[0].start == 18

"""Stretches that no sentence ties to a speaker: whose they are by where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from digest.reading.paragraph import Attribution, Paragraph, Tie, attributed
from digest.reading.phrases import Agent, main_subject
from digest.reading.stage import Stage
from digest.reading.tokens import Sentence, Token

_REACH = 20  # stretches


class Reading(NamedTuple):
    """What the rules of inheritance look at: a stretch, its paragraph, and the one before."""

    text: str
    stage: Stage
    number: int
    here: Paragraph
    before: Paragraph | None


def inherit(text: str, stage: Stage, here: Paragraph, before: Paragraph | None) -> None:
    """Give the stretches that no sentence ties to a speaker the one that the text implies."""
    for number, one in enumerate(here.found):
        if one.tie != "term" and not one.known:
            reading = Reading(text, stage, number, here, before)
            heirs = (rule(reading) for rule in _INHERITED)
            here.found[number] = next((heir for heir in heirs if heir), one)


def _from_sentence_before(reading: Reading) -> Attribution | None:
    """ "NAME agreed. “x”": the sentence before, if it holds no quotation, names the speaker."""
    one = reading.here.found[reading.number]
    at = one.number
    if at == 0 or any(token.kind == "Q" for token in reading.here.sentences[at - 1]):
        return None
    return _teller(reading, reading.here, at - 1, "sentence before")


def _teller(reading: Reading, told: Paragraph, at: int, tie: Tie) -> Attribution | None:
    """The person who reports in a sentence, or is its subject."""
    sentence, verbs = told.sentences[at], told.verbs[at]
    cue, who = _last_report(sentence, verbs)
    if who is None or who.kind == "nominal":
        return None
    one = replace(reading.here.found[reading.number], cue=cue)
    found = attributed(one, sentence, who, tie, reading.stage)
    return found if found.figure and found.figure.human else None


def _last_report(
    sentence: Sentence, verbs: dict[int, Agent | None]
) -> tuple[Token | None, Agent | None]:
    """The last reporting word of a sentence and its agent, or the sentence's subject."""
    at, who = next(reversed(verbs.items()), (None, None))
    cue = sentence[at] if at is not None else None
    return cue, who or main_subject(sentence, len(sentence))


def _from_the_left(reading: Reading) -> Attribution | None:
    """“x,” NAME said. “y.”: the words go on after the speaker was named."""
    earlier = [
        one
        for one in reading.here.found[max(0, reading.number - _REACH) : reading.number]
        if one.known
    ]
    return _like(reading, earlier[-1], "paragraph") if earlier else None


def _from_unclosed(reading: Reading) -> Attribution | None:
    """A paragraph whose quotation is not closed goes on in the next."""
    last = _last_before(reading)
    open_ended = last and last.stretch.marked.end == last.stretch.span.end
    return _like(reading, last, "unclosed") if last and open_ended and last.known else None


def _from_the_right(reading: Reading) -> Attribution | None:
    """“x.” “y,” NAME said."""
    later = [
        one
        for one in reading.here.found[reading.number + 1 : reading.number + 1 + _REACH]
        if one.known
    ]
    return _like(reading, later[0], "paragraph") if later else None


def _from_colon(reading: Reading) -> Attribution | None:
    """ "NAME said:", and the words in a paragraph of their own."""
    before = reading.before
    if before is None or not before.sentences or not before.sentences[-1]:
        return None
    last = before.sentences[-1]
    leads = last[-1].kind == ":" or (last[-1].kind == "," and before.verbs[-1])
    if not leads:
        return None
    cue, who = _last_report(last, before.verbs[-1])
    one = replace(reading.here.found[reading.number], cue=cue)
    return attributed(one, last, who, "colon before", reading.stage) if who else None


def _from_paragraph_before(reading: Reading) -> Attribution | None:
    """A paragraph that is all quotation goes on from the last one of the paragraph before."""
    last = _last_before(reading)
    return _like(reading, last, "paragraph before") if last and last.known else None


def _from_told_before(reading: Reading) -> Attribution | None:
    """A paragraph that is all quotation, after one whose last sentence tells what a person said."""
    before = reading.before
    if before is None or before.found or not before.sentences or not before.verbs[-1]:
        return None
    return _teller(reading, before, len(before.sentences) - 1, "told before")


def _last_before(reading: Reading) -> Attribution | None:
    return reading.before.found[-1] if reading.before and reading.before.found else None


def _like(reading: Reading, other: Attribution, tie: Tie) -> Attribution:
    """The stretch, given the speaker of another."""
    one = reading.here.found[reading.number]
    return replace(other, stretch=one.stretch, sentence=one.sentence, number=one.number, tie=tie)


_INHERITED: tuple[Callable[[Reading], Attribution | None], ...] = (
    _from_sentence_before,
    _from_the_left,
    _from_unclosed,
    _from_the_right,
    _from_colon,
    _from_paragraph_before,
    _from_told_before,
)

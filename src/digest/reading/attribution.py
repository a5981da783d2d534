"""Each stretch between marks, and who is said to say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from digest.model.article import Block, Stretch
from digest.reading import lexicon
from digest.reading.agents import owner, signed
from digest.reading.clauses import sentences
from digest.reading.cues import governing, reporting
from digest.reading.inheritance import inherit
from digest.reading.paragraph import Attribution, Paragraph, Telling, Tie, attributed
from digest.reading.people import People
from digest.reading.phrases import Agent, main_subject
from digest.reading.quotation import Person
from digest.reading.stage import Stage
from digest.reading.terms import is_term
from digest.reading.tokens import Sentence, tokens

_SMALL = re.compile(r"\b[a-z]{3,}\b")
_CAPITAL_WITHIN = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")


def attributions(
    text: str,
    blotted: str,
    parts: Iterable[Block],
    found: Iterable[Stretch],
    people: Iterable[Person],
) -> Iterator[Paragraph]:
    """The paragraphs in order, every stretch with its speaker."""
    by_start = {stretch.marked.start: stretch for stretch in found}
    names_too = {word.lower() for word in _CAPITAL_WITHIN.findall(blotted)}
    common = set(_SMALL.findall(blotted)) - names_too
    stage = Stage(People(people))
    before: Paragraph | None = None
    for part in parts:
        words = list(tokens(blotted, part.span.start, part.span.end, common))
        here = Paragraph([], [], [], [])
        for sentence in filter(None, sentences(text, words)):
            verbs = reporting(sentence)
            stage.hear(sentence, verbs)
            here.sentences.append(sentence)
            here.verbs.append(verbs)
            here.found.extend(_of_sentence(text, here, by_start, stage))
            here.told.append(_reports(sentence, verbs, stage))
        inherit(text, stage, here, before)
        yield here
        before = here


def _reports(sentence: Sentence, verbs: dict[int, Agent | None], stage: Stage) -> list[Telling]:
    """The reporting verbs of a sentence with the figures that they name."""
    return [
        Telling(sentence, sentence[at], stage.figure(sentence, who) if who else None)
        for at, who in verbs.items()
    ]


def _of_sentence(
    text: str, here: Paragraph, by_start: dict[int, Stretch], stage: Stage
) -> Iterator[Attribution]:
    """The stretches of the last sentence, with whom the sentence itself makes their speaker."""
    sentence, verbs = here.sentences[-1], here.verbs[-1]
    number = len(here.sentences) - 1
    for at, token in enumerate(sentence):
        if token.kind == "Q":
            who, cue, tie = _who(text, sentence, at, verbs)
            stretch = by_start[token.start]
            one = Attribution(
                stretch, sentence, number, cue=sentence[cue] if cue is not None else None
            )
            if is_term(text, sentence, at, stretch.span.of(text), one.cue, tie == "uncued"):
                yield replace(one, tie="term")
            elif who is None:
                yield one
            else:
                one = attributed(one, sentence, who, tie, stage)
                if one.figure:
                    stage.spoke(one.figure)
                yield one


def _who(
    text: str, sentence: Sentence, at: int, verbs: dict[int, Agent | None]
) -> tuple[Agent | None, int | None, Tie]:
    """Who says the quotation at ``at``, by which reporting word, and what ties them."""
    who = signed(sentence, at) or _labelled(sentence, at)
    if who:
        return who, None, who.tie
    cue = governing(text, sentence, at, verbs)
    if cue is not None:
        who = _shared(sentence, cue, verbs)
    if who is None:
        owned = ((n, owner(sentence, n)) for n in range(at) if sentence[n].kind == "H")
        place, who = next(((n, one) for n, one in reversed(list(owned)) if one), (None, None))
        cue = place if who else cue
    if who is None and any(token.kind not in "Q,.:&" for token in sentence):
        who = main_subject(sentence, at)
        return who, cue, "uncued" if cue is None else "subject"
    return who, cue, who.tie if who else ""


def _labelled(sentence: Sentence, at: int) -> Agent | None:
    """ "More from NAME: “x”": the name right before a colon, if nobody is told there."""
    if at < 2 or sentence[at - 1].kind != ":" or sentence[at - 2].kind != "N":
        return None
    if at > 2 and sentence[at - 3].kind in "CI":
        return None
    if any(token.word in lexicon.HEARER for token in sentence[:at]):
        return None
    return Agent("name", at - 2, at - 2, "apart")


def _shared(sentence: Sentence, cue: int, verbs: dict[int, Agent | None]) -> Agent | None:
    """ "NAME said so, adding “x”": a verb without a subject of its own has the last one's."""
    who = verbs[cue]
    if (who and who.tie != "subject") or sentence[cue].word == "according":
        return who
    earlier = [
        one
        for at, one in verbs.items()
        if at < cue and one and one.tie in ("beside", "apart") and one.last < cue
    ]
    return earlier[-1] if earlier else who

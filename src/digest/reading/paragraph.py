"""A paragraph as read: its sentences, its reports, and each stretch with its speaker."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from digest.model.article import Stretch
from digest.reading.people import Figure
from digest.reading.phrases import Agent
from digest.reading.stage import Stage
from digest.reading.tokens import Sentence, Token
from digest.wording import Span

Tie = Literal[
    "beside", "apart", "subject", "owner", "uncued", "term",
    "paragraph", "sentence before", "unclosed", "colon before", "paragraph before", "told before",
    "",
]  # fmt: skip


class Attribution(Struct, frozen=True):
    """One stretch and its speaker; ``tie`` is what ties the two, "" nothing does."""

    stretch: Stretch
    sentence: Sentence
    number: int  # of the sentence in its paragraph
    tie: Tie = ""
    agent: Agent | None = None
    figure: Figure | None = None
    mention: Span | None = None
    cue: Token | None = None
    clear: bool = True  # False: a pronoun that may be another's
    told_in: Sentence = []  # the sentence that names the speaker

    @property
    def known(self) -> bool:
        """Whether the text says who speaks, by name or not."""
        return self.agent is not None and self.tie != "term"


class Telling(NamedTuple):
    """A reporting verb, and whom it names."""

    sentence: Sentence
    cue: Token
    figure: Figure | None


class Paragraph(NamedTuple):
    """The sentences of a paragraph, the reporting verbs in each, and its attributions."""

    sentences: list[Sentence]
    verbs: list[dict[int, Agent | None]]
    found: list[Attribution]
    told: list[list[Telling]]  # by sentence


def attributed(
    one: Attribution, sentence: Sentence, who: Agent, tie: Tie, stage: Stage
) -> Attribution:
    """The attribution to an agent of ``sentence``."""
    first = sentence[who.last if who.kind == "name" else who.first]
    meant = stage.meant.get(first.start)
    return replace(
        one,
        tie=tie,
        agent=who,
        figure=stage.figure(sentence, who),
        mention=Span(first.start, sentence[who.last].end),
        clear=meant.clear if meant else who.kind != "pronoun",
        told_in=sentence,
    )

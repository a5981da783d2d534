"""Phrases that can be an agent: a name, a pronoun, a common noun; and the subject of a sentence."""

from __future__ import annotations

from typing import Literal, NamedTuple

from digest.reading import lexicon
from digest.reading.tokens import Sentence

Tie = Literal["beside", "apart", "subject", "owner"]


class Agent(NamedTuple):
    """Who a reporting verb names: the tokens ``first`` to ``last`` of its sentence.

    ``kind``: name, pronoun, or nominal (a common noun: "one official", "experts").
    ``tie``: beside the verb, apart from it (over an apposition or a phrase), or only as the
    subject of the main clause.
    """

    kind: Literal["name", "pronoun", "nominal"]
    first: int
    last: int
    tie: Tie


def main_subject(found: Sentence, before: int) -> Agent | None:
    """The subject of the sentence's main clause, among its first ``before`` tokens."""
    return subject_within(found, 0, before)


def comma_in_a_name(found: Sentence, comma: int) -> bool:
    """Whether a comma stands inside a place or a date: "in Akron, Ohio, NAME said"."""
    return (
        kind_at(found, comma + 1) in ("N", "W")
        and kind_at(found, comma + 2) == ","
        and kind_at(found, comma - 1) in ("N", "T", "W")
        and kind_at(found, comma + 3) in ("N", "P", "D")
    )


def kind_at(found: Sentence, at: int) -> str:
    """The kind of the token at ``at``; "" off the ends of the sentence."""
    return found[at].kind if 0 <= at < len(found) else ""


def phrase_at(found: Sentence, at: int, inverted: bool = False) -> Agent | None:
    """The phrase that begins at ``at``: "said NAME", "said a spokesman for NAME"."""
    place = at
    while kind_at(found, place) == "A":
        place += 1
    if kind_at(found, place) == "P":
        return Agent("pronoun", place, place, "beside") if found[place].word != "it" else None
    first, head = place, -1
    while kind_at(found, place) in ("D", "W", "N", "'", "A", "H"):
        if found[place].kind == "N" and not _goes_on(found, place, inverted):
            return Agent("name", place, place, "beside")
        if found[place].kind in ("W", "H", "N"):
            head = place
        place += 1
    if head < 0:
        return None
    return _in_apposition(found, first, head) or Agent("nominal", first, head, "beside")


def _goes_on(found: Sentence, at: int, inverted: bool = False) -> bool:
    """Whether the name at ``at`` only leads up to another noun: "Trump adviser NAME"."""
    if kind_at(found, at + 1) == "'":
        return True
    place = at + 1
    if inverted:
        while kind_at(found, place) in ("W", "H") and place < at + 5:
            place += 1
        return place > at + 1 and kind_at(found, place) == "N"
    while kind_at(found, place) in ("W", "H") and found[place].word in lexicon.ROLES:
        place += 1
    return place > at + 1


def _in_apposition(found: Sentence, first: int, head: int) -> Agent | None:
    """ "said the president's son, NAME": the name that follows the noun and its comma."""
    place = head + 1
    while kind_at(found, place) in ("I", "D", "N", "W", "'") and place < head + 7:
        place += 1
    named = kind_at(found, place) in (",", "—") and kind_at(found, place + 1) == "N"
    if named and found[place].kind == "—":
        return Agent("name", place + 1, place + 1, "apart")
    if named and kind_at(found, place + 2) in (",", ".", ""):
        verb = kind_at(found, place + 3) if kind_at(found, place + 2) == "," else ""
        definite = verb == "C" or found[first].word in (
            "the",
            "his",
            "her",
            "their",
            "its",
            "our",
            "my",
        )
        if definite or found[first].kind == "N":
            return Agent("name", place + 1, place + 1, "apart")
    return None


def subject_within(found: Sentence, start: int, end: int) -> Agent | None:
    """The first phrase that is no part of an opening clause, and hangs on no preposition."""
    place = _past_opening(found, start, end)
    while place < end:
        kind = found[place].kind
        if kind == "I":
            place = _past_phrase(found, place + 1, end)
            continue
        if kind == "P" and found[place].word not in ("it", "i", "you"):
            return Agent("pronoun", place, place, "subject")
        if kind in ("N", "D", "W", "H"):
            subject = phrase_at(found, place)
            if subject and subject.last < end:
                return subject._replace(tie="subject")
            if subject is None:  # a run without a noun: none begins inside it, either
                while place < end and found[place].kind in ("D", "'", "A"):
                    place += 1
                continue
        place += 1
    return None


def _past_opening(found: Sentence, start: int, end: int) -> int:
    """Past "In Ohio,", "When X left,", "Asked about it,": to where the main clause begins."""
    place = start
    while place < end and found[place].kind in ("&", "A", ",", "Q", "—", ":", ")", "("):
        place += 1
    if place >= end:
        return place
    opens = (
        found[place].kind in ("I", "T")
        or _is_a_time(found, place)
        or (found[place].word in lexicon.OPENERS or lexicon.CUES.get(found[place].word) == "doing")
    )
    if not opens:
        return place
    for comma in range(place, end):
        if found[comma].kind == "," and not comma_in_a_name(found, comma):
            return comma + 1
    return place + 1 if found[place].kind != "I" else place


def _is_a_time(found: Sentence, place: int) -> bool:
    """Whether a clause opens with a time: "this week,", "two days later,"."""
    for at in range(place, min(place + 4, len(found) - 1)):
        if found[at].word in lexicon.TIMES and kind_at(found, at + 1) in (",", "A", "I"):
            return True
    return False


def _past_phrase(found: Sentence, place: int, end: int) -> int:
    """Past the noun phrase that hangs on a preposition."""
    while place < end and found[place].kind in ("D", "W", "N", "'", "T", "H"):
        place += 1
        if found[place - 1].kind == "N" and kind_at(found, place) not in ("'", "W"):
            break
    return max(place, 1)

"""Who does the reporting: the agent of a reporting verb, found by the structure of its clause.

The subject of the clause speaks, not the nearest name: in "Leavitt said that Trump is ready,
adding …" both verbs are Leavitt's. Each rule is a small function over the tokens of a sentence.
"""

from __future__ import annotations

from digest.reading import lexicon
from digest.reading.phrases import Agent, kind_at, phrase_at, subject_within
from digest.reading.tokens import Sentence


def agent(found: Sentence, at: int) -> Agent | None:
    """Who speaks by the reporting verb at ``at``; None where the sentence does not say."""
    cue = found[at]
    if cue.word == "according":
        return phrase_at(found, at + 2, inverted=True) if kind_at(found, at + 1) == "I" else None
    shape = lexicon.CUES[cue.word]
    before = _past_fillers(found, at - 1)
    if kind_at(found, before) == "B" and shape != "doing":
        return _by(found, at)
    if shape == "doing":
        return _of_participle(found, at, before)
    if shape == "base" and _word(found, at - 1) == "to":
        return subject_within(found, 0, at)
    if kind_at(found, before) in ("", "Q") or (
        kind_at(found, before) in (",", "—") and kind_at(found, before - 1) == "Q"
    ):
        return phrase_at(found, at + 1, inverted=True) or _from_the_left(found, at)
    if kind_at(found, before) == "," and cue.word not in lexicon.HEARER:
        return _inverted(found, at) or _from_the_left(found, at)
    return _from_the_left(found, at)


def _inverted(found: Sentence, at: int) -> Agent | None:
    """ "It will fail, wrote NAME.": nothing but the speaker follows the verb."""
    follows = phrase_at(found, at + 1, inverted=True)
    if follows is None or follows.kind == "nominal":
        return None
    ends = kind_at(found, follows.last + 1)
    if ends in (".", ""):
        return follows
    subject = subject_within(found, 0, at)
    return follows if ends == "," and subject and subject.kind == "nominal" else None


def signed(found: Sentence, at: int) -> Agent | None:
    """“x” — NAME: who signs the quotation at ``at``."""
    after = [kind_at(found, at + n) for n in (1, 2, 3)]
    signs = after[:2] == ["—", "N"] and after[2] in ("", ",", ".", "(")
    return Agent("name", at + 2, at + 2, "beside") if signs else None


def owner(found: Sentence, at: int) -> Agent | None:
    """ "NAME's claim": who owns the noun of speech at ``at``."""
    for place in range(at - 1, max(at - 4, -1), -1):
        if found[place].kind == "'" and kind_at(found, place - 1) == "N":
            return Agent("name", place - 1, place - 1, "owner")
        if found[place].word in ("his", "her"):
            return Agent("pronoun", place, place, "owner")
        if found[place].kind not in ("W", "A"):
            break
    return None


def _word(found: Sentence, at: int) -> str:
    return found[at].word if 0 <= at < len(found) else ""


def _past_fillers(found: Sentence, at: int) -> int:
    """The first token leftwards that is no auxiliary or adverb."""
    while at >= 0 and found[at].kind == "A":
        at -= 1
    return at


def _from_the_left(found: Sentence, at: int) -> Agent | None:
    """ "NAME said", "NAME, of Ohio, said", "NAME praised him and said"."""
    return _ending_at(found, _past_fillers(found, at - 1), at) or subject_within(found, 0, at)


def _ending_at(found: Sentence, last: int, at: int) -> Agent | None:
    """The noun phrase that ends at ``last``, and is the subject of the verb at ``at``."""
    kind = kind_at(found, last)
    if kind == "P":
        return Agent("pronoun", last, last, "beside")
    if kind == "R":
        return _antecedent(found, last, at)
    if kind == "T":
        return _before_the_day(found, last, at)
    if kind == ")":
        return _before_the_bracket(found, last, at)
    if kind in ("N", "W", "H"):
        return _phrase(found, last, at)
    if kind in (",", "—"):
        return _before_apposition(found, last)
    if kind == "&":
        return _of_clause(found, last)
    return None


def _of_clause(found: Sentence, joint: int) -> Agent | None:
    """ "after she left and said": the subject of the subordinate clause that goes on."""
    for place in range(joint - 1, 0, -1):
        if found[place].kind in ("S", "R", "Q", ","):
            if found[place].kind == "S" and kind_at(found, place + 1) in ("N", "P"):
                return phrase_at(found, place + 1)
            return None
    return None


def _before_apposition(found: Sentence, comma: int) -> Agent | None:
    """ "while NAME, of Ohio, said": the phrase that begins the clause and ends at a comma."""
    for place in range(comma - 1, 0, -1):
        if found[place].kind in ("S", "&") and kind_at(found, place + 1) in ("N", "D", "A"):
            subject = phrase_at(found, place + 1)
            ends = (",", "R", "—") if found[place].kind == "&" else (",", "R", "—", "I")
            if subject and kind_at(found, subject.last + 1) in ends and subject.last + 1 < comma:
                return subject._replace(tie="apart")
    return None


def _phrase(found: Sentence, last: int, at: int) -> Agent | None:
    """A name or a common noun; what hangs on a preposition is not the head: "a spokesman for
    NAME said"."""
    first = last
    while first > 0 and found[first - 1].kind in ("D", "W", "N", "'", "H"):
        first -= 1
        if found[first].kind == "D":
            break
    if kind_at(found, first - 1) == "I" and first >= 2:
        head = _ending_at(found, first - 2, at)
        if head:
            return head._replace(tie="apart")
    if found[last].kind == "N":
        return Agent("name", last, last, "beside")
    if kind_at(found, first - 1) == "I":
        return None
    return Agent("nominal", first, last, "beside")


def _antecedent(found: Sentence, at_who: int, at: int) -> Agent | None:
    """ "NAME, who said": the phrase before the relative pronoun."""
    last = at_who - 1
    if kind_at(found, last) in (",", "—"):
        last -= 1
    head = _ending_at(found, last, at) if last >= 0 else None
    return head._replace(tie="apart") if head else None


def _before_the_day(found: Sentence, last: int, at: int) -> Agent | None:
    """ "NAME on Monday said": a day does not speak."""
    while last >= 0 and (found[last].kind in ("T", "I") or found[last].word in ("last", "this")):
        last -= 1
    return _ending_at(found, last, at)


def _before_the_bracket(found: Sentence, last: int, at: int) -> Agent | None:
    """ "NAME (R-Ohio) said"."""
    while last > 0 and found[last].kind != "(":
        last -= 1
    return _ending_at(found, last - 1, at)


def _of_participle(found: Sentence, at: int, before: int) -> Agent | None:
    """ "NAME went on, adding": the subject of the main clause; "with NAME saying": NAME."""
    if kind_at(found, before) == "B":
        return _from_the_left(found, before)
    if _word(found, at - 1) == "as" and kind_at(found, at - 2) == "N":
        return Agent("name", at - 2, at - 2, "beside")
    if kind_at(found, at - 1) == "N" and _word(found, at - 2) in ("and", "—", ","):
        return _ending_at(found, at - 1, at)
    joined = _with(found, at)
    if joined:
        return joined
    if all(token.kind in ("A", "S", "&", "I") for token in found[:at]):
        return _after_the_comma(found, at)
    return subject_within(found, 0, at)


def _with(found: Sentence, at: int) -> Agent | None:
    """ "with NAME saying", "with the Federation of NAME saying"."""
    place = at - 1
    while place > 0 and (found[place].kind in ("D", "W", "N", "'") or found[place].word == "of"):
        place -= 1
    if _word(found, place) != "with" or place == at - 1:
        return None
    if found[at - 1].kind == "N":
        return Agent("name", at - 1, at - 1, "beside")
    return Agent("nominal", place + 1, at - 1, "beside")


def _after_the_comma(found: Sentence, at: int) -> Agent | None:
    """ "Calling it “x”, NAME left": the subject follows the comma."""
    for place in range(at + 1, len(found) - 1):
        if found[place].kind in (",", "Q") and found[place + 1].kind in ("N", "P", "D"):
            subject = phrase_at(found, place + 1)
            return subject._replace(tie="subject") if subject else None
    return None


def _by(found: Sentence, at: int) -> Agent | None:
    """ "was described by NAME as"."""
    for place in range(at + 1, min(at + 5, len(found))):
        if found[place].word == "by":
            return phrase_at(found, place + 1)
    return None

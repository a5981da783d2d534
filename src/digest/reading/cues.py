"""Which words report, and which of them a quotation hangs on."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from digest.reading import lexicon
from digest.reading.agents import agent
from digest.reading.phrases import Agent, comma_in_a_name
from digest.reading.tokens import Sentence

_CLOSERS = "”“\"’' "
_BESIDE = ("beside", "apart")


def reporting(found: Sentence) -> dict[int, Agent | None]:
    """Every reporting verb of a sentence, and who speaks by it."""
    return {
        at: agent(found, at)
        for at, token in enumerate(found)
        if token.kind == "C" and _is_verb(found, at)
    }


def _is_verb(found: Sentence, at: int) -> bool:
    """Whether a word that can report does so here, and is not a noun: "his claims"."""
    shape = lexicon.CUES[found[at].word]
    if at == 0:
        return shape != "base"
    before = found[at - 1]
    if shape == "according":
        return True
    if before.kind in ("D", "'"):
        return False
    if shape == "base":
        return _is_plain_verb(found, at)
    if found[at].word in lexicon.NOUNS_TOO and before.kind in ("I", "W", "S", "B", "&", "H"):
        leads = before.kind == "W" and before.word in lexicon.ROLES
        return before.word in ("and", "but") or (
            leads and at > 1 and found[at - 2].kind in ("D", "N", "'")
        )
    return True


def _is_plain_verb(found: Sentence, at: int) -> bool:
    """ "to say", "did say", "they say", "critics say": not "state" of "state senator"."""
    before = found[at - 1]
    if before.word == "to" or before.kind in ("P", "A", "R"):
        return True
    many = before.kind == "&" or (before.kind in ("N", "W") and before.word.endswith("s"))
    after = found[at + 1].kind if at + 1 < len(found) else ","
    return many and after in ("Q", ",", ":", "S", "D", "P", "I")


class Place(NamedTuple):
    """A quotation in its sentence, and the reporting verbs on either side of it."""

    text: str
    found: Sentence
    at: int
    before: list[int]
    after: list[int]
    agents: dict[int, Agent | None]


def governing(text: str, found: Sentence, at: int, agents: dict[int, Agent | None]) -> int | None:
    """The reporting verb that the quotation at ``at`` hangs on; None if none does."""
    before = _past_the_opening([cue for cue in agents if cue < at], found, at)
    place = Place(text, found, at, before, [cue for cue in agents if cue > at], agents)
    chosen = next((cue for rule in _RULES if (cue := rule(place)) is not None), None)
    return chosen if chosen is None or chosen > at else _outermost(place, chosen)


def _past_the_opening(before: list[int], found: Sentence, at: int) -> list[int]:
    """ "When X said that, NAME replied": what an opening clause reports does not reach on."""
    opens = next((n for n, token in enumerate(found) if token.kind not in ("&", "A")), 0)
    if not before or found[opens].word not in lexicon.OPENERS:
        return before
    commas = (n for n in range(opens, at) if found[n].kind == "," and not comma_in_a_name(found, n))
    comma = next(commas, at)
    if any(token.kind in ("N", "P", "D", "W") for token in found[comma + 1 : at]):
        return [cue for cue in before if cue > comma]
    return before


def _touching(place: Place) -> int | None:
    """ "NAME said, “x”", "NAME called it “x”"."""
    cue = place.before[-1] if place.before else None
    if cue is None or place.at - cue > 4:
        return None
    between = place.found[cue + 1 : place.at]
    return cue if all(token.kind in ",:SDIAWP'(" for token in between) else None


def _by_account(place: Place) -> int | None:
    """ "According to NAME, “x”"."""
    cue = place.before[-1] if place.before else None
    if cue is None or place.found[cue].word != "according" or place.at - cue > 9:
        return None
    return (
        cue if all(token.kind in "IDW'N,AT" for token in place.found[cue + 1 : place.at]) else None
    )


def _led_in(place: Place) -> int | None:
    """ "NAME said at the meeting, “x”": a comma or colon leads from the verb to the words."""
    cue = place.before[-1] if place.before else None
    if cue is None or place.found[place.at - 1].kind not in ",:":
        return None
    return cue if all(token.kind != "Q" for token in place.found[cue : place.at]) else None


def _tagged(place: Place) -> int | None:
    """“x,” NAME said: the verb that follows, in the same clause."""
    cue = _next_before_another(place)
    if cue is None:
        return None
    gap = place.found[place.at + 1 : cue]
    if not _pauses(place):
        beside = not gap or (len(gap) == 1 and gap[0].kind in ("N", "P"))
        return cue if beside and not place.before else None
    if gap and (
        gap[0].kind in "&SR" or (gap[0].kind in ",—" and len(gap) > 1 and gap[1].kind in "&SR")
    ):
        return None
    near = cue - place.at <= 7 and all(token.kind in ",—DWNPA'BHT" for token in gap)
    apart = not place.before and not any(token.kind in "S&" for token in gap[:3])
    return cue if near or apart else None


def _next_before_another(place: Place) -> int | None:
    """The next reporting verb, if no other quotation stands before it."""
    cue = place.after[0] if place.after else len(place.found)
    return (
        cue
        if all(token.kind != "Q" for token in place.found[place.at + 1 : cue]) and place.after
        else None
    )


def _pauses(place: Place) -> bool:
    """Whether the quotation ends as one does that its speaker's name follows: “x,”."""
    quotation = place.found[place.at]
    inside = place.text[max(quotation.start, quotation.end - 6) : quotation.end].rstrip(_CLOSERS)
    follows = place.found[place.at + 1].kind if place.at + 1 < len(place.found) else ""
    return inside[-1:] in tuple(",?!—…-.") or follows in (",", "—")


def _at_the_end(place: Place) -> int | None:
    """ "It is “x” and “y”, NAME said": a tag at the end is of the whole sentence."""
    if not place.after:
        return None
    cue = place.after[-1]
    who = place.agents[cue]
    if who is None or who.tie not in _BESIDE or who.kind == "nominal":
        return None
    return cue if place.found[who.first - 1].kind in ",Q—D" else None


def _anywhere_before(place: Place) -> int | None:
    """The nearest verb before the quotation."""
    return place.before[-1] if place.before else None


def _in_its_relative_clause(place: Place) -> int | None:
    """ "the “x” that he promised to be"."""
    cue = _next_before_another(place)
    who = place.agents[cue] if cue is not None else None
    if who is None or place.found[place.at + 1].word not in ("that", "which"):
        return None
    return cue if who.tie == "beside" and who.kind != "nominal" else None


def _loosely_after(place: Place) -> int | None:
    """A verb after the quotation that no new clause parts from it."""
    cue = _next_before_another(place)
    return cue if cue is not None and place.found[place.at + 1].kind not in "I&SR" else None


_RULES: tuple[Callable[[Place], int | None], ...] = (
    _touching,
    _by_account,
    _led_in,
    _tagged,
    _at_the_end,
    _anywhere_before,
    _in_its_relative_clause,
    _loosely_after,
)


def _outermost(place: Place, chosen: int) -> int:
    """ "NAME said that X continues to be “x”": the plain verb of saying reports, not the weak one
    inside what was said."""
    word = place.found[chosen].word
    weak = chosen < place.at - 2 and word not in lexicon.SAYING
    if not weak or (word in lexicon.CALLING and place.found[chosen - 1].kind != "B"):
        return chosen
    inner = place.agents[chosen]
    for cue in reversed([cue for cue in place.before if cue < chosen]):
        outer = place.agents[cue]
        if (
            place.found[cue].word in lexicon.SAYING
            and inner
            and outer
            and inner.tie == outer.tie == "beside"
            and inner.last != outer.last
            and all(token.kind not in "Q,;&—:" for token in place.found[cue:chosen])
        ):
            return cue
    return chosen

"""An article's quotations: stretches joined, each with speaker, day, place and reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import islice

from digest.dates import Window, on
from digest.model.article import Block, Stretch
from digest.reading.attribution import attributions
from digest.reading.blocks import blocks
from digest.reading.marks import stretches
from digest.reading.moments import Setting, setting
from digest.reading.opening import opening
from digest.reading.paragraph import Attribution, Paragraph
from digest.reading.quotation import Flag, Person, Quotation, Segment, Tier
from digest.reading.times import Times
from digest.reading.tokens import masked
from digest.wording import Span

_TIES = {
    "beside": "“{mention}” stands beside {cue}",
    "apart": "“{mention}” stands before {cue}, a phrase between them",
    "subject": "“{mention}” is the subject of the sentence of {cue}",
    "owner": "{cue} is “{mention}”’s",
    "uncued": "“{mention}” is the subject of the sentence; no reporting word",
    "paragraph": "goes on in the paragraph where “{mention}” spoke by {cue}",
    "sentence before": "follows a sentence on “{mention}”",
    "unclosed": "the paragraph before, “{mention}”’s words, is not closed",
    "colon before": "the paragraph before leads up to it: “{mention}”, {cue}",
    "paragraph before": "a paragraph of its own, after words of “{mention}”",
    "told before": "a paragraph of its own, after what “{mention}” is told to have said",
    "term": "a term, a title or words held at a distance: no reporting word holds them",
    "": "the text does not say",
}
_FIRM = ("beside", "apart", "colon before", "subject", "paragraph", "unclosed", "paragraph before")
_NESTED = re.compile(r"(?:^|[\s(—])[‘'](?=\w)|‘")
_MOST_OUTLETS = 100  # every quotation is asked for each of them
_REPORTS = frozenset("reported reports according reporting".split())


def read_quotations(
    text: str, published: Window | date | None, people: Iterable[Person]
) -> tuple[Quotation, ...]:
    """See ``digest.reading.read``."""
    start, dated = opening(text)
    day = on(published) if isinstance(published, date) else published or dated
    parts = blocks(text, start, titled=dated is None)
    found = [stretch for stretch in stretches(text, parts) if _is_prose(text, stretch)]
    blotted = masked(text, (stretch.marked for stretch in found))
    paragraphs = list(attributions(text, blotted, parts, found, people))
    times = Times(blotted, paragraphs, day)
    outlets = _outlets(paragraphs)
    return tuple(
        _quotation(text, group, parts, times, outlets)
        for group in _joined(one for paragraph in paragraphs for one in paragraph.found)
    )


def _is_prose(text: str, stretch: Stretch) -> bool:
    """Not empty, and not an attribute of mark-up that a scrape left: id="5"."""
    return (
        stretch.span.start < stretch.span.end
        and text[stretch.marked.start - 1 : stretch.marked.start] != "="
    )


def _joined(every: Iterable[Attribution]) -> list[list[Attribution]]:
    """Stretches of one utterance together: those that hang on one reporting word, and those that
    go on after it."""
    groups: list[list[Attribution]] = []
    for one in every:
        last = groups[-1][-1] if groups else None
        if last and _goes_on(last, one):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _goes_on(last: Attribution, one: Attribution) -> bool:
    if "term" in (last.tie, one.tie) or one.agent is None or last.agent is None:
        return False
    if one.cue is not None:
        return last.cue is not None and one.cue.start == last.cue.start
    return one.mention == last.mention


def _outlets(paragraphs: list[Paragraph]) -> frozenset[str]:
    """The bodies that the article gives as where it has things from: "the Times reported"."""
    names = (
        report.figure.name
        for paragraph in paragraphs
        for told in paragraph.told
        for report in told
        if report.figure and not report.figure.human and report.cue.word in _REPORTS
    )
    return frozenset(islice(dict.fromkeys(names), _MOST_OUTLETS))


def _quotation(
    text: str,
    group: list[Attribution],
    parts: tuple[Block, ...],
    times: Times,
    outlets: frozenset[str],
) -> Quotation:
    """One quotation from its stretches: the first that is tied to its speaker directly tells."""
    one = next((one for one in group if one.tie not in ("paragraph", "unclosed")), group[0])
    term = one.tie == "term"
    where = Setting() if term else _setting(times.blotted, one)
    via = () if term else _via(one, times, outlets)
    flags = tuple(_flags(text, group, one, parts, via))
    return Quotation(
        segments=tuple(_segment(text, part.stretch.span) for part in group),
        speaker=one.figure.name if one.figure and not term else None,
        mention=one.mention.of(text) if one.mention and not term else None,
        cue=one.cue.word if one.cue and not term else None,
        said=None if term else times.of(one),
        venue=_outlet(where.venue, outlets),
        medium=where.medium,
        via=via,
        flags=flags,
        tier=_tier(one),
        because=_because(text, one, where, via),
    )


def _outlet(venue: str | None, outlets: frozenset[str]) -> str | None:
    """The outlet's full name, where the article gives one: "Times", "Financial Times"."""
    return next((name for name in sorted(outlets) if venue and name.endswith(" " + venue)), venue)


def _segment(text: str, span: Span) -> Segment:
    return Segment(span.start, span.end, span.of(text))


def _setting(blotted: str, one: Attribution) -> Setting:
    return _set_in(blotted, _told_in(one))


def _via(one: Attribution, times: Times, outlets: frozenset[str]) -> tuple[str, ...]:
    """The outlets of the sentence that stand between the speaker and this article."""
    own = one.figure.name if one.figure else ""
    named = _outlets_in(times.blotted, _told_in(one), outlets)
    return tuple(name for name in named if name != own)


def _told_in(one: Attribution) -> Span:
    """The sentence that names the speaker, or else the quotation's own."""
    sentence = one.told_in or one.sentence
    return Span(sentence[0].start, sentence[-1].end)


@lru_cache(maxsize=4)  # many quotations may stand in one long sentence
def _set_in(blotted: str, sentence: Span) -> Setting:
    return setting(blotted, sentence)


@lru_cache(maxsize=4)
def _outlets_in(blotted: str, sentence: Span, outlets: frozenset[str]) -> tuple[str, ...]:
    words = sentence.of(blotted)
    lasts = ((name, re.escape(name.split()[-1])) for name in sorted(outlets))
    return tuple(name for name, last in lasts if re.search(rf"\b{last}\b", words))


def _flags(
    text: str,
    group: list[Attribution],
    one: Attribution,
    parts: tuple[Block, ...],
    via: tuple[str, ...],
) -> Iterable[Flag]:
    """What a curator should know of a quotation before taking it."""
    words = one.stretch.span.of(text)
    if one.tie == "term":
        yield "term"
    if parts[one.stretch.block].kind not in ("prose", "boilerplate"):
        yield "heading"
    if one.agent and one.agent.kind == "pronoun" and one.tie != "term":
        yield "pronoun"
    if one.agent and one.agent.kind == "nominal" and one.figure is None and one.tie != "term":
        yield "unnamed"
    if via:
        yield "second-hand"
    if any(part.stretch.marked.end == part.stretch.span.end for part in group):
        yield "unclosed"
    if any(_NESTED.search(part.stretch.span.of(text)) for part in group):
        yield "nested"
    if words[:1].islower() and len(group) == 1:
        yield "fragment"


def _tier(one: Attribution) -> Tier:
    """How sure the speaker is; what each tier is worth is measured in docs/reading.md."""
    if one.figure is None or one.agent is None or one.tie == "term":
        return "open"
    if one.tie not in _FIRM or (one.agent.kind == "pronoun" and not one.clear):
        return "doubtful"
    return "sure" if one.agent.kind == "name" and one.figure.human else "likely"


def _because(text: str, one: Attribution, where: Setting, via: tuple[str, ...]) -> str:
    """The reasons of the speaker, the venue and the second hand, in words."""
    mention = one.mention.of(text) if one.mention else ""
    cue = f"“{one.cue.word}”" if one.cue else "the words"
    reasons = [_TIES[one.tie].format(mention=mention, cue=cue)]
    if one.agent and one.agent.kind == "pronoun" and one.figure:
        sure = (
            "the only one spoken of just before"
            if one.clear
            else "the likeliest of those spoken of"
        )
        reasons.append(f"{one.figure.name}: {sure}")
    if where.because:
        reasons.append(f"place and medium: {where.because}")
    if via:
        reasons.append(f"by way of {', '.join(via)}")
    return "; ".join(reasons)

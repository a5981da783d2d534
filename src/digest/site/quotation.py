"""The page of one quotation: the words, who said them and when, the proof, and how to cite it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from digest.model.claim import Claim, Digest, Printing, Voice, Working
from digest.site.carriers import context
from digest.site.difference import Word, comparable, difference
from digest.site.edition import Edition
from digest.site.exports import as_json
from digest.site.lines import Line, place
from digest.site.printed import PrintingView, printing_view
from digest.site.views import Link, When, outlet_link, when


class Sum(Struct, frozen=True):
    """A date's working as a sum: the words, what they count from, and the day."""

    words: str | None
    article: Link | None  # that has the words
    counted_from: When | None
    than: str | None  # what they count from, in words; None: the article's own day
    said: When
    because: str | None


def quotation(claim: Claim, edition: Edition) -> dict[str, Any]:
    """What the page sees."""
    digest = edition.digest
    near, more = edition.timeline.occasion(claim)
    printings = [_printing(claim, printing, edition) for printing in claim.printings]
    same = comparable(claim, digest.site.language)
    alike = [view for view, one in zip(printings, claim.printings, strict=True) if one in same]
    compared = difference(same) if edition.lines[claim.id].differs else ()
    line, cited = edition.lines[claim.id], edition.cite(claim)
    return {
        "line": line,
        "place": place(claim),
        "order": _order(claim, digest),
        "seal": seal(alike, compared),
        "printings": printings,
        "difference": list(zip(alike, compared, strict=True)) if compared else (),
        "working": _working(claim.moment.working, line.when, digest),
        "stance": digest.stances[claim.stance] if claim.stance else None,
        "condition": claim.condition,
        "leaving": claim.leaving,
        "prompt": claim.prompt,
        "voices": [_voice(voice, digest) for voice in claim.voices],
        "note": edition.notes.get(f"quotes/{claim.id}"),
        "checked": claim.checked,
        "corrections": claim.corrections,
        "report": report_to(digest.site.corrections, claim.id),
        "disagreements": edition.disputes.get(claim.id, ()),
        "related": edition.set_lines(near),
        "more_related": more,
        "neighbours": _neighbours(claim, edition),
        "citation": cited,
        "csl": as_json(cited.csl),
    }


def seal(printings: list[PrintingView], compared: Sequence[Sequence[Word]]) -> str:
    """What the build has proven of the words, and by whom they were printed; never more.

    "As printed": nobody here heard them spoken. ``printings`` are those in one language,
    ``compared`` word by word where they have other words.
    """
    first, others = printings[0].outlet, len(printings) - 1
    if not others:
        return f"Exactly as printed by {first}"
    more = "one more outlet" if others == 1 else f"{others} more outlets"
    if compared:
        print_it = "prints" if others == 1 else "print"
        unlike = any(word.kind in ("only", "none") for row in compared for word in row)
        how = "it differently" if unlike else "a part of it"
        return f"Exactly as printed by {first}; {more} {print_it} {how}"
    return f"Exactly as printed by {first} and {more}, with the same words"


def report_to(address_of_desk: str | None, id: str) -> str | None:
    """Where a reader reports a problem with a quotation, its id filled in; None: nowhere.

    >>> report_to("desk@example.org", "a-claim")
    'mailto:desk@example.org?subject=a-claim'
    >>> report_to("https://example.org/new?title={id}", "a-claim")
    'https://example.org/new?title=a-claim'
    """
    told = (address_of_desk or "").removeprefix("mailto:")
    if told.casefold().startswith(("https://", "http://")):
        return told.replace("{id}", id)
    return f"mailto:{told}?subject={id}" if re.fullmatch(r"[^\s@,<>]+@[^\s@,<>]+", told) else None


def _printing(claim: Claim, printing: Printing, edition: Edition) -> PrintingView:
    curated = edition.digest.articles[printing.article]
    return printing_view(
        claim, printing, curated, context(claim, printing, curated, edition.widths[curated.id])
    )


def _order(claim: Claim, digest: Digest) -> str | None:
    """Before or after what, on that day; in the words of the record."""
    event = digest.events[claim.moment.event].moment if claim.moment.event else None
    for moment in filter(None, (claim.moment, event)):
        for word, id in (("before", moment.before), ("after", moment.after)):
            if id:
                return f"{word}: {digest.events[id].entry.what}"
    return None


def _voice(voice: Voice, digest: Digest) -> tuple[str, str, str]:
    """The words inside, how they are meant, and who is made to say them."""
    of = digest.speakers.get(voice.entry.of)
    return voice.words.text, voice.entry.kind, of.name if of else voice.entry.of


def _working(working: Working, said: When, digest: Digest) -> Sum:
    words = working.words
    return Sum(
        words=words.text if words else None,
        article=outlet_link(digest.articles[words.article]) if words else None,
        counted_from=when(working.counted_from) if working.counted_from else None,
        than=working.than,
        said=said,
        because=working.because,
    )


def _neighbours(claim: Claim, edition: Edition) -> list[tuple[str, Line]]:
    """What stands before and after it in this record; a statement that is both stands once."""
    in_time = edition.timeline.neighbours(claim)
    by_speaker = edition.timeline.neighbours(claim, claim.speaker.id)
    name = claim.speaker.name
    labels = ("Before it", "After it", f"Before it, by {name}", f"After it, by {name}")
    found: dict[str, tuple[str, Line]] = {}
    for label, other in zip(labels, (*in_time, *by_speaker), strict=True):
        if other:
            found[other.id] = (label, edition.lines[other.id])
    return list(found.values())

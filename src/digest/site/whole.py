"""Pages that speak of everything at once; of a large digest each is cut into several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial

from msgspec import Struct

from digest import address
from digest.model.article import Article
from digest.model.claim import Digest
from digest.model.entry import CorrectionEntry
from digest.site.coverage import totals
from digest.site.edition import Edition
from digest.site.metadata import plain
from digest.site.page import Page, Planned, Sheet, sheets
from digest.site.printed import DisagreementView
from digest.site.rights import what_is_shown
from digest.site.scale import CLASHES, ROWS, is_large
from digest.site.views import Link

_COVERAGE = "Every stretch between quotation marks in every article, and what became of it."
_WHOSE = "Whose words the phrases are, counted in every article."


def pages_of_the_whole(edition: Edition) -> Iterator[Planned]:
    """Words, disagreements, coverage, corrections, data, and the page for what is not there."""
    large = is_large(edition.digest)
    yield "words.html", partial(_words, edition)
    yield from _phrase_pages(edition) if large else ()
    most = CLASHES if large else len(edition.disagreements) or 1
    for clashes in sheets("disagreements.html", edition.disagreements, most):
        yield clashes.address, partial(_disagreements, clashes)
    for listed in _articles(edition):
        yield listed.address, partial(_coverage, listed, edition)
    corrections = _corrections(edition.digest)
    for made in sheets("corrections.html", corrections, ROWS if large else len(corrections) or 1):
        yield made.address, partial(_corrected, made)
    yield "data.html", partial(_data, edition)
    if edition.digest.site.base_url:
        yield "404.html", partial(_not_there, edition.digest.site.base_url)


def _words(edition: Edition) -> Page:
    """Every phrase; of a large digest with its finding, and its hits on pages of their own."""
    places = _places(edition.digest) if is_large(edition.digest) else {}
    sees = {"concordance": edition.concordance, "places": places}
    return Page("words.html", "words.html", sees, plain(_WHOSE))


def _places(digest: Digest) -> dict[str, str]:
    """Where the hits of each phrase stand, by its label; what makes no address has a number."""
    found: dict[str, str] = {}
    for number, label in enumerate(digest.phrases, 1):
        name = "-".join(re.findall(r"[a-z0-9]+", label.casefold()))
        name = f"phrase-{number}" if address.fault(name) else name
        while f"words/{name}.html" in found.values():
            name += f"-{number}"
        found[label] = f"words/{name}.html"
    return found


def _phrase_pages(edition: Edition) -> Iterator[Planned]:
    """The hits of each phrase: how many there are is known before whose words they are."""
    places, shown = _places(edition.digest), what_is_shown(edition.digest)
    counts = Counter(hit.phrase for one in shown.values() for hit in one.hits)
    for label, count in counts.items():
        for sheet in sheets(places[label], range(count), ROWS):
            yield sheet.address, partial(_phrase, label, sheet, edition)


def _phrase(label: str, sheet: Sheet[int], edition: Edition) -> Page:
    """The hits of a phrase, or some of them, by whose words they stand in."""
    phrase = next(one for one in edition.concordance.phrases if one.label == label)
    first, groups = sheet.things[0], []
    for group in phrase.groups:
        uses = group.uses[max(first, 0) : max(first + len(sheet.things), 0)]
        groups += [(str(group), uses)] if uses else []
        first -= len(group.uses)
    sees = {"phrase": phrase, "groups": groups, "parts": sheet.parts}
    return Page(sheet.address, "phrase.html", sees, plain(f"Whose phrase is “{label}”?"))


def _disagreements(sheet: Sheet[DisagreementView]) -> Page:
    sees = {"disagreements": sheet.things, "parts": sheet.parts}
    about = "Where the articles cannot all be right, with both sides in their own words."
    return Page(sheet.address, "disagreements.html", sees, plain(about))


def _articles(edition: Edition) -> list[Sheet[str | Article]]:
    """Every article: the ids of those that are curated, then those that are not."""
    every: list[str | Article] = [*edition.coverage, *edition.digest.uncurated]
    return sheets("coverage.html", every, ROWS if is_large(edition.digest) else len(every) or 1)


def _coverage(sheet: Sheet[str | Article], edition: Edition) -> Page:
    """What became of every stretch; a large digest has only the counts on this page."""
    sees = {
        "articles": [edition.coverage[id] for id in sheet.things if isinstance(id, str)],
        "uncurated": [one for one in sheet.things if isinstance(one, Article)],
        "totals": totals(edition.digest),
        "counted": is_large(edition.digest),
        "parts": sheet.parts,
    }
    return Page(sheet.address, "coverage.html", sees, plain(_COVERAGE))


class Made(Struct, frozen=True):
    """A correction of a quotation, or why it was withdrawn."""

    to: Link
    correction: CorrectionEntry | None
    why: str | None


def _corrections(digest: Digest) -> list[Made]:
    """Every correction, the latest first, and then what was withdrawn."""
    links = ((one, Link(address.quote(one.id), one.speaker.name)) for one in digest.claims)
    told = [(one, to) for one, to in links if one.corrections or one.retracted]
    made = [Made(to, correction, None) for one, to in told for correction in one.corrections]
    made.sort(key=lambda one: one.correction.day if one.correction else date.min, reverse=True)
    return [*made, *(Made(to, None, one.retracted) for one, to in told if one.retracted)]


def _corrected(sheet: Sheet[Made]) -> Page:
    sees = {
        "corrections": [(one.correction, one.to) for one in sheet.things if one.correction],
        "retracted": [(one.why, one.to) for one in sheet.things if one.why],
        "first": sheet.address == "corrections.html",
        "parts": sheet.parts,
    }
    about = "What was corrected or withdrawn, when and why."
    return Page(sheet.address, "corrections.html", sees, plain(about))


def _data(edition: Edition) -> Page:
    about = "The record for other programs: JSON, CSV, feeds and citations."
    return Page("data.html", "data.html", {"totals": totals(edition.digest)}, plain(about))


def _not_there(base_url: str) -> Page:
    """A host shows it at any depth: its links begin at the site's own address."""
    return Page(
        "404.html", "404.html", {"up": f"{base_url.rstrip('/')}/"}, plain("There is no such page.")
    )

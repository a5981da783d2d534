"""Printings, articles and disagreements as pages show them."""

from __future__ import annotations

from msgspec import Struct

from digest import address
from digest.dates import a_day, spelled
from digest.model.claim import Claim, Curated, Digest, Disagreement, Printing
from digest.site.context import Paragraph
from digest.site.views import UNNAMED, Link, When, named, outlet_link, when


class Hop(Struct, frozen=True):
    """One station of the words on their way; ``seen`` where we hold what it printed."""

    name: str
    seen: bool


class PrintingView(Struct, frozen=True):
    """One article's printing of a claim, on the claim's page."""

    id: str  # the article's
    article: Link
    outlet: str
    published: When | None
    inferred: bool  # its day or window is not in its own header
    lang: str | None  # of the words; None: the site's
    chain: tuple[Hop, ...]  # from the speaker to our copy
    hops: str
    excerpt: tuple[Paragraph, ...]
    caution: str | None
    file: str
    spans: tuple[str, ...]  # of each segment, "701–741"


def printing_view(
    claim: Claim, printing: Printing, curated: Curated, shown: tuple[Paragraph, ...]
) -> PrintingView:
    """A printing with its chain of outlets and its context."""
    outlets = (*printing.via, curated.publisher or UNNAMED, *curated.via)
    hops = f"Through {len(outlets)} outlets" if len(outlets) > 1 else "Through one outlet"
    return PrintingView(
        id=curated.id,
        article=Link(address.article(curated.id), named(curated)),
        outlet=curated.publisher or UNNAMED,
        published=when(curated.published) if curated.published else None,
        inferred=curated.dated_by == "inferred",
        lang=printing.lang,
        chain=(
            Hop(claim.speaker.name, False),
            *(Hop(outlet, outlet == outlets[-1]) for outlet in outlets),
            Hop("our copy", True),
        ),
        hops=hops,
        excerpt=shown,
        caution=caution(curated),
        file=curated.article.file,
        spans=tuple(f"{s.span.start}–{s.span.end}" for s in printing.segments),
    )


class SideView(Struct, frozen=True):
    """One side of a disagreement: the article, its words, and what they hold."""

    article: Link
    words: str
    holds: str


class DisagreementView(Struct, frozen=True):
    """A disagreement with both its sides."""

    id: str
    to: str  # where all disagreements are listed
    about: str
    because: str
    sides: tuple[SideView, ...]
    follows: Link | None  # the article that this digest follows; None: neither
    within: bool  # both sides stand in one article


def disagreement_view(one: Disagreement, digest: Digest, to: str) -> DisagreementView:
    """A disagreement as pages show it, a day spelled out where a side holds one."""
    sides = []
    for side in one.sides:
        curated = digest.articles[side.passage.article]
        day = a_day(side.holds)
        holds = spelled(day) if day else side.holds
        sides.append(SideView(outlet_link(curated), side.passage.text, holds))
    followed = digest.articles.get(one.entry.follows)
    follows = outlet_link(followed) if followed else None
    within = len({side.passage.article for side in one.sides}) == 1
    return DisagreementView(
        id=one.id,
        to=to,
        about=one.entry.about,
        because=one.entry.because,
        sides=tuple(sides),
        follows=follows,
        within=within,
    )


def caution(curated: Curated) -> str | None:
    """What a reader should know of an article's reliability."""
    if curated.entry.kind == "opinion" and not curated.entry.caution:
        return "This article is an opinion piece."
    return curated.entry.caution or curated.article.provenance.caution

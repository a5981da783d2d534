"""What a page says of itself to programs: search engines, social cards, Zotero.

Nothing is said here that the page does not show: a date only where one day is known, an author
only from the article's byline, never the speaker.

Zotero reads a quotation's page as the newspaper article that prints it, if that has a title;
else as a page of this site, for a title is not ours to invent. It takes the publication from
``prism.publicationName`` before ``og:site_name``, so that the latter is this site's name on
every page.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from msgspec import Struct

from digest import address
from digest.model.claim import Claim, Curated, Digest, Speaker
from digest.model.entry import SiteEntry
from digest.site.bibliography import family_first
from digest.site.citation import authors, published_on
from digest.site.context import is_fragment
from digest.site.edition import Edition
from digest.site.lines import Line, told
from digest.site.linked import (
    article,
    json_ld,
    link,
    person,
    quotation,
    root_of,
    website,
)
from digest.site.views import UNNAMED, named, so_many, when
from digest.site.whose import called

CARD = "card.png"  # the site's own picture, 1200 × 630, if data/static/ has one
_LONGEST = 220  # code points of words in a description
Pairs = tuple[tuple[str, str], ...]


class Metadata(Struct, frozen=True):
    """The head of one page; ``json_ld`` is safe as it is inside a ``script`` element."""

    description: str
    properties: Pairs = ()  # <meta property=… content=…>: Open Graph
    names: Pairs = ()  # <meta name=… content=…>, as Zotero and Google Scholar read them
    json_ld: str = ""  # empty: there is nothing to say


def of_site(site: SiteEntry, copied: Container[str]) -> Pairs:
    """Properties that every page has; ``copied`` are the names of the digest's own files.

    A picture needs an absolute address, so there is none without ``base_url``.
    """
    name = (("og:site_name", site.title),)
    if not site.base_url or CARD not in copied:
        return name
    return (
        *name,
        ("og:image", f"{site.base_url.rstrip('/')}/{CARD}"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", site.title),
    )


def plain(description: str) -> Metadata:
    """A page about the site itself, or about a day: its title says the rest."""
    return Metadata(description, (("og:type", "website"), ("og:description", description)))


def of_quote(claim: Claim, edition: Edition) -> Metadata:
    """A standing quotation; a fragment is never told without who quotes it."""
    digest, line, to = edition.digest, edition.lines[claim.id], address.quote(claim.id)
    first = claim.printings[0]
    curated = digest.articles[first.article]
    by = f", a fragment quoted by {curated.publisher or UNNAMED}" if is_fragment(first) else ""
    who = ", ".join(filter(None, (claim.speaker.name, claim.role, line.when.text)))
    description = f"{who}{by}: {shortened(told(line.words), _LONGEST)}"
    return Metadata(
        description,
        _open_graph("article", headline(line), description, to, digest),
        tuple(_cited(curated)),
        json_ld(quotation(claim, edition)),
    )


def of_home(edition: Edition) -> Metadata:
    """The site, and the record as a data set."""
    site, articles = edition.digest.site, so_many(len(edition.digest.articles), "article")
    own = [one for one in edition.timeline.statements if edition.leads(one)]
    statements = f"{so_many(len(own), 'statement')} by {called(site)}"
    if others := len(edition.timeline.statements) - len(own):
        statements += f" and {others} by others"
    about = f"{site.tagline or site.title}: {statements} in {articles}, every quotation checked."
    properties = _open_graph("website", site.title, about, "index.html", edition.digest)
    return Metadata(about, properties, json_ld=json_ld(*website(edition, about)))


def of_speaker(speaker: Speaker, edition: Edition) -> Metadata:
    """A named speaker."""
    to, role = address.speaker(speaker.id), speaker.entry.role
    who = ", ".join(filter(None, (speaker.name, role)))
    statements = so_many(len(edition.timeline.of(speaker.id)), "statement")
    about = f"{who}: {statements}, each with its day and its article."
    properties = _open_graph("profile", speaker.name, about, to, edition.digest)
    told_of = person(speaker, role, root_of(to, edition.digest))
    return Metadata(about, properties, json_ld=json_ld(told_of))


def of_article(curated: Curated, edition: Edition) -> Metadata:
    """An article, as far as it is known, and how much this site has from it."""
    to, name = address.article(curated.id), named(curated)
    on = when(curated.published).text if curated.published else None
    what = ", ".join(filter(None, (name, curated.publisher, on)))
    statements = so_many(len(edition.carried[curated.id]), "statement")
    about = f"{what}: {statements}, each checked against the text."
    properties = _open_graph("article", name, about, to, edition.digest)
    told_of = article(curated, root_of(to, edition.digest))
    return Metadata(about, properties, tuple(_cited(curated)), json_ld(told_of))


def headline(line: Line) -> str:
    """A statement in one line: who, when, and the point of it."""
    who = line.speaker if isinstance(line.speaker, str) else line.speaker.text
    return f"{who}, {line.when.text}: {' '.join(line.point.split())}"


def shortened(text: str, most: int) -> str:
    """``text`` on one line, cut at a word's end where it is longer than ``most`` code points.

    >>> shortened("We’re more than open to walking away", 20)
    'We’re more than …'
    """
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0][: most - 2].rstrip(" ,;:–—-") + " …"


def _open_graph(kind: str, title: str, description: str, to: str, digest: Digest) -> Pairs:
    pairs = (("og:type", kind), ("og:title", title), ("og:description", description))
    return (*pairs, ("og:url", link(to, to, digest))) if digest.site.base_url else pairs


def _cited(curated: Curated) -> Iterator[tuple[str, str]]:
    """The article that is quoted, as a reference manager files it."""
    yield "DC.type", "newsItem"
    yield "citation_title", curated.title or f"[{named(curated)}]"
    yield from (("citation_author", family_first(name) or name) for name in authors(curated))
    if on := published_on(curated):
        yield "citation_publication_date", on.isoformat()
    if curated.publisher:
        yield "prism.publicationName", curated.publisher
    if curated.entry.url:
        yield "citation_public_url", curated.entry.url

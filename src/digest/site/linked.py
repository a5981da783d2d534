"""The site's things in schema.org's words, for JSON-LD.

A thing is identified by the address of the page about it. What is not known is left out, never
null, and nothing is guessed: a date is given only where one day is known, the first of several
appearances only where the articles' days leave no doubt. A quotation is not rated, so there is
no ``ClaimReview``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from digest import address
from digest.model.claim import Claim, Curated, Digest, Speaker
from digest.site.citation import authors, published_on
from digest.site.edition import Edition
from digest.site.lines import Segment, printed_in, told

Node = dict[str, Any]
_IN_SCRIPT = {c.encode(): f"\\u{ord(c):04x}".encode() for c in "<>&\u2028\u2029"}
_FILES = {"claims.json": "application/json", "claims.csv": "text/csv"}


def json_ld(*nodes: Node) -> str:
    """JSON-LD that no word in it can end: ``<``, ``>`` and ``&`` stand as escapes."""
    whole = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    encoded = msgspec.json.encode({"@context": "https://schema.org", **whole})
    for character, escape in _IN_SCRIPT.items():  # str.translate asks for every character
        encoded = encoded.replace(character, escape)
    return encoded.decode()


def root_of(page: str, digest: Digest) -> str:
    """What to put before an address: the site's own, or the way from ``page`` to its root."""
    base = digest.site.base_url
    return f"{base.rstrip('/')}/" if base else address.up(page)


def link(to: str, page: str, digest: Digest) -> str:
    """A page's address as ``page`` tells it; with ``base_url`` the canonical one."""
    home = digest.site.base_url and to == "index.html"
    return root_of(page, digest) + ("" if home else to)


def quotation(claim: Claim, edition: Edition) -> Node:
    """One thing of two types: the words, and what is claimed with them in which articles."""
    digest, to = edition.digest, address.quote(claim.id)
    root = root_of(to, digest)
    first = claim.printings[0]
    shown = zip(first.segments, edition.lines[claim.id].words, strict=True)
    return {
        "@type": ["Quotation", "Claim"],
        "@id": root + to,
        "text": told(Segment(passage.text, segment.gap) for passage, segment in shown),
        "inLanguage": first.lang or digest.site.language,
        "spokenByCharacter": person(claim.speaker, claim.role, root),
        "isPartOf": {"@id": root + address.article(first.article)},
        "appearance": [article(digest.articles[id], root) for id in printed_in(claim)],
        **_known(
            dateCreated=_iso(claim.moment.working.said.day),
            firstAppearance=_first(claim, digest, root),
        ),
    }


def person(speaker: Speaker, role: str | None, root: str) -> Node:
    """A speaker; one without a name has no page, and is only described."""
    if not speaker.entry.name:
        return {"@type": "Person", "description": speaker.name, **_known(jobTitle=role)}
    id = {"@type": "Person", "@id": root + address.speaker(speaker.id)}
    return {**id, "name": speaker.name, **_known(alternateName=speaker.entry.also, jobTitle=role)}


def article(curated: Curated, root: str) -> Node:
    """What is known of an article; ``url`` is its publisher's, ``@id`` our page about it."""
    return {
        "@type": "OpinionNewsArticle" if curated.entry.kind == "opinion" else "NewsArticle",
        "@id": root + address.article(curated.id),
        **_known(
            headline=curated.title,
            author=[_named("Person", name) for name in authors(curated)],
            publisher=_named("Organization", curated.publisher),
            datePublished=_iso(published_on(curated)),
            inLanguage=curated.entry.lang,
            url=curated.entry.url,
            archivedAt=curated.entry.archived,
        ),
    }


def website(edition: Edition, description: str) -> tuple[Node, Node]:
    """The site, and the record as a data set that can be downloaded."""
    site, root = edition.digest.site, root_of("index.html", edition.digest)
    own = {
        "url": link("index.html", "index.html", edition.digest),
        "name": site.title,
        "description": description,
        "inLanguage": site.language,
    }
    files = [
        {"@type": "DataDownload", "contentUrl": root + file, "encodingFormat": form}
        for file, form in _FILES.items()
    ]
    licence = _named("CreativeWork", site.licence)
    record = _known(temporalCoverage=_interval(edition), license=licence)
    return (
        {"@type": "WebSite", **own},
        {"@type": "Dataset", **own, **record, "distribution": files},
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _named(kind: str, name: str | None) -> Node | None:
    return {"@type": kind, "name": name} if name else None


def _first(claim: Claim, digest: Digest, root: str) -> Node | None:
    """Of several articles the one published before any day on which another can have been.

    None where words came to it through an outlet, which had them earlier.
    """
    windows = {one.article: digest.articles[one.article].published for one in claim.printings}
    for printing in claim.printings:
        own, others = windows[printing.article], {**windows}
        del others[printing.article]
        early = [other and other.earliest for other in others.values()]
        if own and early and all(day and own.latest < day for day in early) and not printing.via:
            return {"@id": root + address.article(printing.article)}
    return None


def _interval(edition: Edition) -> str | None:
    """From the first day to the last, as ISO 8601 writes it."""
    said = [one.moment.working.said for one in edition.timeline.statements]
    first = min((window.earliest for window in said if window.earliest), default=None)
    return f"{first}/{max(window.latest for window in said)}" if first else None


def _known(**fields: Any) -> Node:
    """The fields that are known."""
    return {key: value for key, value in fields.items() if value}

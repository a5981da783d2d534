"""One quotation in every citation form: what is cited is the article that printed the words.

What the file does not say (author, title, outlet, day) is left out, or stands in square
brackets as in a library's catalogue; it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from digest import address
from digest.model.claim import Claim, Curated, Digest
from digest.site.bibliography import (
    Reference,
    as_bibtex,
    as_csl,
    as_ris,
    as_wikitext,
    one_line,
)
from digest.site.exports import as_json
from digest.site.lines import joined
from digest.site.views import UNNAMED, named, when

_BARRED = re.compile(r"[\s\"'<>\\^`{|}\[\]]")  # from an address by RFC 3986, or by wikitext
_LONG, _END = 12, 5  # words: a longer segment is looked for by so many at its two ends


class Citation(Struct, frozen=True):
    """Every form of one quotation, as text to copy."""

    permalink: str  # with ``base_url`` absolute, else from the site's root
    text: str  # the words as printed
    plain: str
    bibtex: str  # for biblatex: a newspaper's ``@article``
    ris: str
    csl: dict[str, Any]  # one entry of CSL-JSON
    wikitext: str
    embed: str  # HTML without scripts
    landing: str | None  # the article, scrolled to the words; None: its address is not known


def cite(claim: Claim, digest: Digest) -> Citation:
    """The forms of a claim's first printing."""
    curated = digest.articles[claim.printings[0].article]
    permalink = address.absolute(address.quote(claim.id), digest.site.base_url)
    verified = f"{digest.site.title}, {permalink}"
    reference = _reference(claim, digest, verified)
    return Citation(
        permalink=permalink,
        text=reference.text,
        plain=_plain(reference, curated),
        bibtex=as_bibtex(reference),
        ris=as_ris(reference),
        csl=as_csl(reference),
        wikitext=as_wikitext(reference),
        embed=_embed(reference, permalink, claim, digest),
        landing=_landing(reference.url, (one.text for one in claim.printings[0].segments)),
    )


def bibliography(cited: Iterable[Citation]) -> dict[str, str]:
    """All citations in their order, by the name of the file."""
    cited = list(cited)
    return {
        "claims.bib": "\n".join(one.bibtex for one in cited),
        "claims.ris": "\r\n".join(one.ris for one in cited),
        "claims.csl.json": as_json([one.csl for one in cited]),
    }


def words(claim: Claim, digest: Digest) -> str:
    """The words as printed in the article that is cited."""
    first = claim.printings[0]
    parts = [(one.span, one.text) for one in first.segments]
    return joined(parts, digest.articles[first.article].article.text)


def _reference(claim: Claim, digest: Digest, verified: str) -> Reference:
    curated = digest.articles[claim.printings[0].article]
    entry = curated.entry
    remarks = (
        "Opinion piece" if entry.kind == "opinion" else "",
        "" if curated.publisher else f"Printed by {UNNAMED}",
        f"Not told by the file itself: {', '.join(entry.outside)}" if entry.outside else "",
    )
    return Reference(
        id=claim.id,
        authors=authors(curated),
        title=curated.title or f"[{named(curated)}]",
        outlet=curated.publisher,
        via=", then ".join(curated.via) or None,
        day=published_on(curated),
        dated=_dated(curated),
        lang=entry.lang or digest.site.language,
        url=_web(entry.url) if entry.url else None,
        retrieved=entry.retrieved,
        remarks=tuple(filter(None, remarks)),
        said=_said(claim, curated.publisher or UNNAMED),
        text=words(claim, digest),
        verified=verified,
    )


def _said(claim: Claim, outlet: str) -> str:
    """Whose words, when, and the outlets they went through to the article's own."""
    role = f" ({claim.role})" if claim.role else ""
    working, via = claim.moment.working, claim.printings[0].via
    inferred = " [inferred]" if working.said.day and working.because else ""
    through = f", via {', then '.join(via)}, quoted in {outlet}" if via else ""
    return f"{claim.speaker.name}{role}, {when(working.said).text}{inferred}{through}"


def authors(curated: Curated) -> tuple[str, ...]:
    """Each author as the byline has the name; a mail address in it is never printed."""
    return _authors(curated.entry.byline or curated.article.provenance.byline or "")


@lru_cache(1024)  # each page about an article asks for them several times
def _authors(byline: str) -> tuple[str, ...]:
    kept = " ".join(word for word in byline.split() if "@" not in word)
    return tuple(filter(None, re.split(r" and |; ", kept)))


def published_on(curated: Curated) -> date | None:
    """The day of publication, if the file's own header or other evidence has it outright."""
    published = curated.published
    return published.day if published and curated.dated_by != "inferred" else None


def _dated(curated: Curated) -> str:
    """The day of publication in words; "n.d." where it is inferred or nothing tells it."""
    published = curated.published
    if published is None:
        return "n.d."
    text = when(published).text
    if curated.dated_by == "header":
        return text
    if curated.dated_by == "outside":
        return f"[{text}]"
    return f"n.d. [{text}{', inferred' if published.day else ''}]"


def _plain(reference: Reference, curated: Curated) -> str:
    """One line to paste; what the file does not tell itself stands in square brackets."""

    def told(field: str, text: str) -> str:
        return f"[{text}]" if field in curated.entry.outside else text

    names = " and ".join(reference.authors)
    author = f"{told('byline', names)}. " if names else ""
    title = told("title", f"“{reference.title}”") if curated.title else reference.title
    opinion = " [opinion]" if curated.entry.kind == "opinion" else ""
    outlet = told("publisher", reference.outlet) if reference.outlet else f"[{UNNAMED}]"
    via = f", by way of {reference.via}" if reference.via else ""
    article = f"{author}{title}{opinion}. {outlet}{via}, {reference.dated}."
    return one_line(f"{article} {reference.quotation} (as printed). Verified: {reference.verified}")


def _embed(reference: Reference, permalink: str, claim: Claim, digest: Digest) -> str:
    """A figure for another site; without ``base_url`` a link from there would lead nowhere."""
    of_words = f' lang="{escape(claim.printings[0].lang or digest.site.language)}" dir="auto"'
    place = escape(digest.site.title)
    if digest.site.base_url:
        of_words = f' cite="{escape(permalink)}"{of_words}'
        place = f'<a href="{escape(permalink)}">{place}</a>'
    outlet = f"as printed by {reference.outlet or UNNAMED}, {reference.dated}"
    return (
        f"<figure><blockquote{of_words}><p>{escape(reference.text)}</p></blockquote>\n"
        f"<figcaption>{escape(f'{reference.said}, {outlet}')}. "
        f"Verified: {place}</figcaption></figure>\n"
    )


def _landing(url: str | None, segments: Iterable[str]) -> str | None:
    """The article's address with a text fragment for each segment (WICG, Text Fragments)."""
    if url is None:
        return None
    found = "&".join(f"text={_fragment(segment.split())}" for segment in segments)
    return f"{url}{'' if '#' in url else '#'}:~:{found}"


def _fragment(words: list[str]) -> str:
    """Words to look for, whole ones only; of many, the first and the last."""
    ends = (words[:_END], words[-_END:]) if len(words) > _LONG else (words,)
    return ",".join("%20".join(map(_encoded, end)) for end in ends)


@lru_cache(4096)  # people say the same words again, and quote() goes character by character
def _encoded(word: str) -> str:
    # quote() leaves the hyphen, which is syntax in a fragment.
    return quote(word, safe="").replace("-", "%2D")


def _web(url: str) -> str:
    """An address that every form can hold: what may not stand bare in one is encoded."""
    return _BARRED.sub(lambda found: quote(found[0], safe=""), url)

"""One quotation in every citation form: what is cited is the article that printed the words.

What the file does not say (author, title, outlet, day) is left out, or stands in square
brackets as in a library's catalogue; it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from msgspec import Raw, Struct, json

from digest import address
from digest.model.claim import Claim, Curated, Digest
from digest.model.entry import SiteEntry
from digest.site.bibliography import (
    Reference,
    Work,
    as_bibtex,
    as_csl,
    as_ris,
    as_wikitext,
    one_line,
)
from digest.site.exports import formatted
from digest.site.lines import joined
from digest.site.views import UNNAMED, named, when

_BARRED = re.compile(r"[\s\"'<>\\^`{|}\[\]]")  # from an address by RFC 3986, or by wikitext
_LONG, _END = 12, 5  # words: a longer segment is looked for by so many at its two ends


class Citation(Struct, frozen=True, gc=False):
    """One quotation in every form, as text to copy; each is written when it is asked for."""

    reference: Reference
    permalink: str  # with ``base_url`` absolute, else from the site's root
    segments: tuple[str, ...]  # of the words
    lang: str  # of the words
    site: SiteEntry

    @property
    def text(self) -> str:
        """The words as printed."""
        return self.reference.text

    @property
    def plain(self) -> str:
        """One line to paste."""
        told, words = self.reference.work.told, self.reference.quotation
        return one_line(f"{told} {words} (as printed). Verified: {self.reference.verified}")

    @property
    def bibtex(self) -> str:
        """For biblatex: a newspaper's ``@article``."""
        return as_bibtex(self.reference)

    @property
    def ris(self) -> str:
        """A record of RIS."""
        return as_ris(self.reference)

    @property
    def csl(self) -> dict[str, Any]:
        """One entry of CSL-JSON."""
        return as_csl(self.reference)

    @property
    def wikitext(self) -> str:
        """For an encyclopedia."""
        return as_wikitext(self.reference)

    @property
    def embed(self) -> str:
        """HTML without scripts, for another site; without ``base_url`` no link could lead here."""
        of_words = f' lang="{escape(self.lang)}" dir="auto"'
        place = escape(self.site.title)
        if self.site.base_url:
            of_words = f' cite="{escape(self.permalink)}"{of_words}'
            place = f'<a href="{escape(self.permalink)}">{place}</a>'
        work = self.reference.work
        outlet = f"as printed by {work.outlet or UNNAMED}, {work.dated}"
        return (
            f"<figure><blockquote{of_words}><p>{escape(self.text)}</p></blockquote>\n"
            f"<figcaption>{escape(f'{self.reference.said}, {outlet}')}. "
            f"Verified: {place}</figcaption></figure>\n"
        )

    @property
    def landing(self) -> str | None:
        """The article, scrolled to the words (WICG, Text Fragments); None: its address is unknown.

        It has a text fragment for each segment.
        """
        url = self.reference.work.url
        if url is None:
            return None
        found = "&".join(f"text={_fragment(segment.split())}" for segment in self.segments)
        return f"{url}{'' if '#' in url else '#'}:~:{found}"


def citing(digest: Digest) -> Callable[[Claim], Citation]:
    """What cites the first printing of a claim; an article is described once for all its claims."""

    @cache
    def work(id: str) -> Work:
        return _work(digest.articles[id], digest.site.language)

    def cite(claim: Claim) -> Citation:
        first = claim.printings[0]
        permalink = address.absolute(address.quote(claim.id), digest.site.base_url)
        verified = f"{digest.site.title}, {permalink}"
        said = _said(claim, digest.articles[first.article].publisher or UNNAMED)
        text = words(claim, digest)
        return Citation(
            reference=Reference(claim.id, work(first.article), said, text, verified),
            permalink=permalink,
            segments=tuple(one.text for one in first.segments),
            lang=first.lang or digest.site.language,
            site=digest.site,
        )

    return cite


BIBLIOGRAPHY = ("claims.bib", "claims.ris", "claims.csl.json")


def bibliography(cited: Sequence[Citation]) -> Iterator[tuple[str, bytes]]:
    """All citations in their order, file by file: each is several MB of a large digest."""
    bib, ris, csl = BIBLIOGRAPHY
    yield bib, b"\n".join(one.bibtex.encode() for one in cited)
    yield ris, b"\r\n".join(one.ris.encode() for one in cited)
    yield csl, formatted([Raw(json.encode(one.csl)) for one in cited])


def words(claim: Claim, digest: Digest) -> str:
    """The words as printed in the article that is cited."""
    first = claim.printings[0]
    parts = [(one.span, one.text) for one in first.segments]
    return joined(parts, digest.articles[first.article].article.text)


def _work(curated: Curated, language: str) -> Work:
    entry = curated.entry
    remarks = (
        "Opinion piece" if entry.kind == "opinion" else "",
        "" if curated.publisher else f"Printed by {UNNAMED}",
        f"Not told by the file itself: {', '.join(entry.outside)}" if entry.outside else "",
    )
    return Work(
        authors=authors(curated),
        title=curated.title or f"[{named(curated)}]",
        outlet=curated.publisher,
        via=", then ".join(curated.via) or None,
        day=published_on(curated),
        dated=_dated(curated),
        lang=entry.lang or language,
        url=_web(entry.url) if entry.url else None,
        retrieved=entry.retrieved,
        remarks=tuple(filter(None, remarks)),
        told=_told(curated),
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


def _told(curated: Curated) -> str:
    """A sentence; what the file does not tell itself stands in square brackets."""

    def told(field: str, text: str) -> str:
        return f"[{text}]" if field in curated.entry.outside else text

    names = " and ".join(authors(curated))
    author = f"{told('byline', names)}. " if names else ""
    title = told("title", f"“{curated.title}”") if curated.title else f"[{named(curated)}]"
    opinion = " [opinion]" if curated.entry.kind == "opinion" else ""
    outlet = told("publisher", curated.publisher) if curated.publisher else f"[{UNNAMED}]"
    via = f", by way of {', then '.join(curated.via)}" if curated.via else ""
    return f"{author}{title}{opinion}. {outlet}{via}, {_dated(curated)}."


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

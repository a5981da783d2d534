"""Atom, JSON Feed and the sitemap: what is new here, for programs that ask again.

An entry's id never changes. With ``base_url`` it is the permalink; without, a ``urn:uuid:``
made from the address alone, which tells the statements of one site apart: whoever publishes
feeds for others gives the site its ``base_url`` first. Days come from the record, never from a
clock, and a day is told as its first instant. A character that XML cannot hold is U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from heapq import nlargest
from itertools import groupby
from uuid import UUID, uuid5

from msgspec import Struct

from digest import address
from digest.model.claim import Claim, Digest, Statement
from digest.model.entry import CorrectionEntry
from digest.site.edition import Edition
from digest.site.exports import as_json
from digest.site.lines import printed_in, told
from digest.site.linked import link, root_of
from digest.site.metadata import headline, plain
from digest.site.page import Page, Planned
from digest.site.scale import is_large
from digest.site.views import UNNAMED, home_of, when

_LATEST = 50  # entries of a feed of statements
_MAPPED = 50_000  # addresses of a sitemap: of more than these there are several
_OURS = UUID("6f0a4e0c-7c35-4c0b-9a55-3d1f5c8f2b17")  # of ids without base_url: never changed
_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Entry(Struct, frozen=True, kw_only=True):
    """A statement, or what was corrected of it on one day."""

    id: str
    to: str  # the page, and the part of it, from the site's root
    title: str
    updated: date
    words: str = ""  # as printed; empty: it is not about words
    quoted: bool = False
    lang: str | None = None  # of the words; None: the site's
    about: tuple[str, ...]  # ours, a paragraph each
    stance: str | None = None  # the label


def feeds(edition: Edition) -> Iterator[Planned]:
    """Every Atom feed: all statements, each named speaker's, and all that was corrected."""
    digest, title = edition.digest, edition.digest.site.title
    days = cache(lambda: _updates(digest))

    def newest(statements: Sequence[Statement]) -> list[Entry]:
        return _newest(statements, days(), edition)

    def corrections() -> list[Entry]:
        made = sorted(_corrections(edition), key=lambda one: one.updated, reverse=True)
        return made[:_LATEST] if is_large(digest) else made

    def feed(to: str, page: str, name: str, entries: Callable[[], list[Entry]]) -> Planned:
        return to, lambda: _atom(to, page, name, entries(), days(), digest)

    yield feed("feed.xml", "index.html", title, lambda: newest(edition.timeline.statements))
    for speaker in digest.speakers.values():
        if speaker.entry.name:
            page, theirs = address.speaker(speaker.id), edition.timeline.of(speaker.id)
            name, to = f"{speaker.name} · {title}", page.removesuffix("html") + "xml"
            yield feed(to, page, name, partial(newest, theirs))
    yield feed("corrections.xml", "corrections.html", f"Corrections · {title}", corrections)


def json_feed(edition: Edition) -> str:
    """``feed.json``: the statements of ``feed.xml``, as JSON Feed 1.1."""
    site, root = edition.digest.site, root_of("feed.json", edition.digest)
    home = link("index.html", "feed.json", edition.digest)
    return as_json({
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        **({"description": site.tagline} if site.tagline else {}),
        # Both must be absolute.
        **({"home_page_url": home, "feed_url": f"{root}feed.json"} if site.base_url else {}),
        "language": site.language,
        "authors": [{"name": site.editor or site.title}],
        "items": [
            {
                "id": entry.id,
                "url": root + entry.to,
                "title": entry.title,
                "content_text": "\n\n".join(filter(None, (entry.words, *entry.about))),
                "date_modified": f"{entry.updated}T00:00:00Z",
                **({"language": entry.lang} if entry.lang else {}),
                **({"tags": [entry.stance]} if entry.stance else {}),
            }
            for entry in _newest(edition.timeline.statements, _updates(edition.digest), edition)
        ],
    })  # fmt: skip


def sitemap(addresses: Iterable[str], digest: Digest) -> Iterator[Page]:
    """``sitemap.xml``, which needs ``base_url``: every HTML page that stands for itself.

    Of more than 50,000 pages it lists ``sitemap-1.xml`` and so on.

    ``addresses`` are those of the site's files. When a page last changed is known only of a
    quotation that was released or corrected; of other pages nothing is said.
    """
    if not digest.site.base_url:
        return
    aside = {"404.html", *(address.quote(old) for one in digest.claims for old in one.formerly)}
    aside |= {address.quote(claim.id) for claim in digest.claims if claim.retracted}
    changed = {
        address.quote(claim.id): updated(claim, digest)
        for claim in digest.claims
        if _changes(claim, digest)
    }
    standing = sorted(to for to in addresses if to.endswith(".html") and to not in aside)
    listed = [(link(to, "sitemap.xml", digest), changed.get(to)) for to in standing]
    maps = [listed[at : at + _MAPPED] for at in range(0, len(listed), _MAPPED)]
    named_so = ["sitemap.xml"]
    if len(maps) > 1:
        named_so = [f"sitemap-{number}.xml" for number in range(1, len(maps) + 1)]
        every = {"maps": [link(to, "sitemap.xml", digest) for to in named_so]}
        yield Page("sitemap.xml", "sitemaps.xml", every, plain("Sitemap"))
    for to, pages in zip(named_so, maps, strict=True):
        yield Page(to, "sitemap.xml", {"pages": pages}, plain("Sitemap"))


def updated(one: Statement, digest: Digest) -> date:
    """The day since when its page is promised, or of its last correction.

    A report has no page: the day of the article that carries it counts. What no release has
    entered yet has the latest day that an article which carries it can have, and where none has
    a day the latest on which it can have been said.
    """
    if known := _changes(one, digest):
        return max(known)
    published = [digest.articles[id].published for id in printed_in(one)]
    days = [window.latest for window in published if window]
    return max(days, default=one.moment.working.said.latest)


def _changes(one: Statement, digest: Digest) -> list[date]:
    """The days on which it was promised or corrected, as far as the record tells."""
    if isinstance(one, Claim):
        addresses = [address.quote(id) for id in (one.id, *one.formerly)]
        corrected = [*map(_day, one.corrections)]
    else:
        addresses, corrected = [address.article(id) for id in printed_in(one)], []
    return [*(digest.published[to] for to in addresses if to in digest.published), *corrected]


def _updates(digest: Digest) -> dict[str, date]:
    """For each claim and report the day on which it was updated."""
    return {one.id: updated(one, digest) for one in (*digest.claims, *digest.reports)}


def _newest(
    statements: Sequence[Statement], days: Mapping[str, date], edition: Edition
) -> list[Entry]:
    """The latest, the last to be updated first; of one day, the last to be said."""
    newest = nlargest(_LATEST, reversed(statements), key=lambda one: days[one.id])
    return [_entry(one, days[one.id], edition) for one in newest]


def _entry(one: Statement, day: date, edition: Edition) -> Entry:
    """A statement: its words, who said them when, where it stands, and who printed it."""
    digest, line = edition.digest, edition.lines[one.id]
    to = home_of(one, digest)
    outlets = [digest.articles[id].publisher or UNNAMED for id in printed_in(one)]
    by = " and by ".join(outlets[:1] if line.differs else outlets)
    about = (
        _listed(", ", one.speaker.name, one.role, line.place, line.when.text),
        _listed(" · ", line.stance, *line.badges),
        f"{'Exactly as printed' if line.quoted else 'Told in prose'} by {by}",
    )
    return Entry(
        # A report's place may change when the digest grows; what it was called first stays.
        id=_identity(to if line.quoted else f"index.html#{one.id}", digest),
        to=to,
        title=_legal(headline(line)),
        updated=day,
        words=_legal(told(line.words)),
        quoted=line.quoted,
        lang=line.lang,
        about=tuple(map(_legal, filter(None, about))),
        stance=_legal(line.stance) if line.stance else None,
    )


def _corrections(edition: Edition) -> Iterator[Entry]:
    """For each claim and day what was corrected; for a withdrawn one why, without its words."""
    for claim in edition.digest.claims:
        if not (claim.corrections or claim.retracted):
            continue  # no line is set for it
        said = when(claim.moment.working.said).text
        title = f"{claim.speaker.name}, {said}"
        if not claim.retracted:
            title = headline(edition.lines[claim.id])
        for day, made in groupby(sorted(claim.corrections, key=_day), _day):
            about = [f"{one.what}. Was: {one.was}. {one.because}" for one in made]
            yield _ours(claim, f"corrected-{day}", f"Corrected: {title}", day, about, edition)
        if claim.retracted:
            day = updated(claim, edition.digest)
            yield _ours(claim, "withdrawn", f"Withdrawn: {title}", day, [claim.retracted], edition)


def _ours(
    claim: Claim, part: str, title: str, day: date, about: list[str], edition: Edition
) -> Entry:
    """What we say of a claim; the part tells such entries of one claim apart."""
    to = address.quote(claim.id)
    id = _identity(f"{to}#{part}", edition.digest)
    return Entry(id=id, to=to, title=_legal(title), updated=day, about=tuple(map(_legal, about)))


def _day(correction: CorrectionEntry) -> date:
    return correction.day


def _atom(
    to: str, page: str, title: str, entries: list[Entry], days: Mapping[str, date], digest: Digest
) -> Page:
    """An Atom feed at ``to`` of what ``page`` shows; one without entries is as old as the rest."""
    updated = max(one.updated for one in entries) if entries else max(days.values())
    sees = {
        "id": _identity(to, digest),
        "root": root_of(to, digest),
        "page": link(page, to, digest),
        "title": _legal(title),
        "author": _legal(digest.site.editor or digest.site.title),
        "updated": updated,
        "entries": entries,
    }
    return Page(to, "feed.xml", sees, plain(title))


def _identity(to: str, digest: Digest) -> str:
    """What is never said of anything else, and stays when all else is corrected."""
    if digest.site.base_url:
        return root_of("", digest) + to
    return uuid5(_OURS, to).urn


def _legal(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _listed(between: str, *parts: str | None) -> str:
    return between.join(filter(None, parts))

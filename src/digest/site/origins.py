"""What a page is made from, as a hash: if that is the same, the page is.

Of quotations and articles, of which there are most, it is told before they are made. All others are
made from the record: where that is the same, so are they, and else each page is made as far as its
template, and only set where it would see something else. Hashes are made of hashes, so that what
many pages share is hashed once.
"""

from __future__ import annotations

import os
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import msgpack
from msgspec.structs import replace

from digest.diagnostics import Place
from digest.folder import design
from digest.memo import program
from digest.model.claim import Claim, Statement
from digest.site.asked import Asked
from digest.site.edition import Edition
from digest.site.lines import printed_in
from digest.site.page import Page
from digest.site.pages import shared
from digest.site.rights import what_is_shown
from digest.site.scale import is_large
from digest.site.templates import own_templates

_NOWHERE = Place("")


class Origins:
    """The hashes of one edition, set with the templates of ``root``."""

    def __init__(self, edition: Edition, root: Path) -> None:
        self._edition = edition
        digest = edition.digest
        self._whole = _hash(
            program(),
            shared(edition),
            is_large(digest),
            _set_with(root),
            sorted(digest.pages),
        )
        statements = {one.id: one for one in (*digest.claims, *digest.reports)}
        self._lines = Asked(statements, self._line)
        self._articles = Asked({id: id for id in digest.articles}, self._article)
        self._quotations = Asked({one.id: one for one in digest.claims}, self._quotation)

    def of_quotation(self, claim: Claim) -> str:
        """All that the page and the JSON of a standing claim are made from."""
        return self._quotations[claim.id].hex()

    def _quotation(self, claim: Claim) -> bytes:
        timeline, digest = self._edition.timeline, self._edition.digest
        near = (*timeline.neighbours(claim), *timeline.neighbours(claim, claim.speaker.id))
        same, more = timeline.occasion(claim)
        own = digest.events.get(claim.moment.event or "")
        moments = (claim.moment, own.moment) if own else (claim.moment,)
        events = [id for one in moments for id in (one.before, one.after) if id]
        dated_by = claim.moment.working.words  # may stand in an article that prints none of these
        return _hash(
            self._whole,
            self._lines[claim.id],
            claim.note,
            [self._lines[one.id] if one else None for one in near],
            [self._lines[one.id] for one in same],
            more,
            [digest.events[id].entry.what for id in events],
            [(voice.entry.of, self._name(voice.entry.of)) for voice in claim.voices],
            self._edition.disputes.get(claim.id),
            self._articles[dated_by.article] if dated_by else None,
        )

    def of_article(self, id: str) -> str:
        """All that an article's page is made from."""
        edition = self._edition
        carried = [self._lines[one.id] for one in edition.carried[id]]
        return _hash(self._whole, self._articles[id], carried, edition.coverage[id]).hex()

    @cached_property
    def record(self) -> str:
        """All that matters but to quotations and articles: no other page has claims' notes at hand.

        What a note repeats of an article is printed, and so part of what is shown of that.
        """
        edition = self._edition
        digest, shown = edition.digest, what_is_shown(edition.digest)
        apart = replace(digest, articles={}, claims=(), reports=(), waiting=(), uncurated=())
        return _hash(
            self._whole,
            apart,
            [self._lines[one.id] for one in (*digest.claims, *digest.reports)],
            [one.id for one in edition.timeline.statements],  # their places in it are left out
            [(self._articles[id], _hash(shown[id])) for id in digest.articles],
            [(article.file, stretch.span) for article, stretch in digest.waiting],
            [(article.file, article.sha256) for article in digest.uncurated],
        ).hex()

    def of_page(self, page: Page) -> str:
        """Any other page is made from what its template sees."""
        return _hash(self._whole, page.address, page.template, page.sees, page.meta).hex()

    def _line(self, statement: Statement) -> bytes:
        """What a statement is shown from, wherever it is shown: a claim's note only on its page."""
        articles = [self._articles[id] for id in printed_in(statement)]
        note = None if isinstance(statement, Claim) else statement.note
        # Its line moves, and stands on no page.
        shown = replace(statement, written=_NOWHERE, note=note)
        return _hash(shown, statement.id in self._edition.disputes, articles)

    def _article(self, id: str) -> bytes:
        """What is known of an article, and how much of it may be printed."""
        one, widths = self._edition.digest.articles[id], self._edition.widths[id]
        text = (one.article.file, one.article.sha256)
        return _hash(one.id, text, one.entry, one.published, one.never, one.apart, widths)

    def _name(self, speaker: str) -> str | None:
        known = self._edition.digest.speakers.get(speaker)
        return known.name if known else None


def _set_with(root: Path) -> list[tuple[bytes, bytes]]:
    """The templates; a digest's own ones may include a file of any name."""
    every = bool(own_templates(root))
    return [
        (os.fsencode(at), held)
        for at, _, held in design(root)
        if every or at.suffix in (".html", ".xml")
    ]


def _hash(*parts: Any) -> bytes:
    return sha256(msgpack.encode(parts)).digest()

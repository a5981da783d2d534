"""The whole digest, from top to bottom.

A folder is read, its articles are parsed, its record is typed, every quotation is proven, the
pages are made and checked, and only then is anything published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from digest import address
from digest.diagnostics import Diagnostic, Place, Refused, errors, ordered
from digest.folder import Folder, Read, read_folder
from digest.memo import FILE, Memo
from digest.model.article import Article
from digest.model.claim import Digest
from digest.model.entry import SiteEntry
from digest.model.options import Options
from digest.model.record import Record
from digest.proof.alike import check_alike, check_copies
from digest.proof.order import check_order
from digest.proof.verify import verify
from digest.reading.articles import read_article
from digest.rebuild import Built, question, remember
from digest.record.entries import read_record, read_site
from digest.record.lasting import check_published, check_released
from digest.record.ledger import read_ledger
from digest.record.proposals import read_proposed
from digest.record.references import check_references

if TYPE_CHECKING:
    from digest.site.edition import Edition

_NO_BASE_URL = "\nno base_url in site.yaml: no canonical addresses, sitemap.xml or 404.html"
_TIMES = 5  # a build begins at the most, while somebody writes into the folder
# Names that pages of our own cannot have.
_TAKEN = ("index", "words", "disagreements", "coverage", "corrections", "data", "404")


class Outcome(Struct, frozen=True):
    """What came of it: the findings, and the digest and its site if nothing stopped them."""

    findings: list[Diagnostic]
    digest: Digest | None = None
    files: dict[str, bytes] = {}
    folder: Folder | None = None  # what was read
    undecided: int = 0  # proposals that wait in data/proposed/

    @property
    def told(self) -> str:
        """In words, what was proven."""
        from digest.site.coverage import told
        from digest.site.views import so_many

        if self.digest is None:
            return ""
        without = "" if self.digest.site.base_url or not self.files else _NO_BASE_URL
        waiting = f"\n{so_many(self.undecided, 'proposal')} undecided" if self.undecided else ""
        return told(self.digest) + waiting + without


def build(options: Options) -> Outcome:
    """Prove everything and publish the site; on any error nothing is published.

    Somebody may save a file while it is read. So the folder is read again when all is made, and
    if it holds something else by then, the work begins anew.
    """
    try:
        for _ in range(_TIMES):
            was_read = read_folder(options.root)
            asked = question(was_read, options)
            outcome = compose(options, was_read)
            if asked == question(read_folder(options.root), options):
                return _published(outcome, options, asked)
    except OSError as error:
        place, message = Place(error.filename or "templates"), f"cannot be read: {error.strerror}"
        return Outcome([Diagnostic(place, "file-unreadable", message)])
    hint = "wait until nothing writes there, then build again"
    message = "files changed while they were read, again and again"
    return Outcome([Diagnostic(Place("data"), "folder-changing", message, (hint,))])


def _published(outcome: Outcome, options: Options, asked: str) -> Outcome:
    """The site in its place, if nothing stands against it."""
    if not outcome.files or errors(outcome.findings, options.strict):
        return outcome
    from digest.site.publish import publish

    try:
        publish(outcome.files, options.site, options.root)
    except Refused as refused:
        return Outcome([*outcome.findings, *refused.findings])
    built = Built(outcome.findings, outcome.told, len(outcome.files))
    remember(options, asked, outcome.files, built)
    return outcome


def compose(options: Options, was_read: Read | None = None) -> Outcome:
    """The whole site in memory, made from the folder as it ``was_read``, or as it is."""
    memo = Memo(options.root / FILE if options.cache else None)
    outcome = check(options, was_read)
    if outcome.digest is None or errors(outcome.findings, options.strict):
        return outcome
    digest, findings = outcome.digest, list(outcome.findings)
    try:
        files = site(digest, options.root, memo, outcome.folder.static if outcome.folder else {})
    except Refused as refused:
        return Outcome(ordered([*findings, *refused.findings]), digest)
    from digest.site.links import check_links

    findings += check_links(files)
    memo.keep()
    return Outcome(ordered(findings), digest, files, outcome.folder, outcome.undecided)


def check(options: Options, was_read: Read | None = None) -> Outcome:
    """Everything that can be wrong with the record, found in one run."""
    folder, findings = was_read or read_folder(options.root)
    if folder is None:
        return Outcome(ordered(findings))
    outcome = check_folder(folder, findings, options.base_url)
    if not (options.strict and outcome.digest):
        return outcome
    unreleased = check_released(outcome.digest)
    return msgspec.structs.replace(outcome, findings=ordered([*outcome.findings, *unreleased]))


def check_folder(
    folder: Folder, unreadable: Iterable[Diagnostic] = (), base_url: str | None = None
) -> Outcome:
    """The same of a folder that was read, or of what it would be after a change."""
    findings = list(unreadable)
    articles = tuple(read_articles(folder, findings))
    record, faults = read_record(folder.record.items())
    entry, wrong = read_site(folder.site, "data/site.yaml")
    findings += [*faults, *wrong, *check_pages(folder)]
    if any(fault.rule.startswith("yaml-") for fault in faults):
        # What a file that cannot be read says is not known.
        return Outcome(ordered(findings), folder=folder)
    ledger, malformed = read_ledger(folder.ledger)
    kept = [line.id for line in ledger.last("speakers")]
    findings += [*malformed, *check_references(record, kept)]
    findings += () if faults else check_any_claims(record)
    if entry and base_url:
        entry = msgspec.structs.replace(entry, base_url=base_url)
    # A fault in site.yaml must not hide those of the record.
    proven_for = entry or SiteEntry(title="untitled")
    digest, unproven = verify(record, articles, proven_for, unread(folder, articles))
    digest = msgspec.structs.replace(digest, pages=folder.pages, published=ledger.since)
    findings += [*unproven, *check_order(record, digest), *check_published(ledger, record, digest)]
    findings += check_whole(digest, errors(findings))
    proposed, unproposed = read_proposed(folder.proposed.items())
    undecided = sum(len(one.proposals) for one in proposed)
    told = ordered([*findings, *unproposed])
    return Outcome(told, digest if entry else None, folder=folder, undecided=undecided)


def check_whole(digest: Digest, faults: int) -> Iterator[Diagnostic]:
    """What is true only of the whole; where something is at fault, it would mislead."""
    from digest.site.rights import check_shares

    if not faults:
        yield from check_waiting(digest)
        yield from check_alike(digest)
        yield from check_copies(digest)
        yield from check_shares(digest)


def site(digest: Digest, root: Path, memo: Memo, copied: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of the site by its address, the manifest last."""
    from digest.site.annotation import annotated
    from digest.site.citation import bibliography
    from digest.site.exports import claims_csv, claims_json
    from digest.site.feeds import feeds, json_feed, sitemap
    from digest.site.pages import pages, shared
    from digest.site.publish import MANIFEST, manifest
    from digest.site.render import render, static
    from digest.site.search import shards
    from digest.site.templates import templates

    set_up = lay_out(digest, memo, copied)
    printed = [*pages(set_up), *feeds(set_up)]
    printed += sitemap([page.address for page in printed], digest)
    exported = {
        "claims.json": claims_json(digest),
        "claims.csv": claims_csv(digest),
        "feed.json": json_feed(set_up),
        **bibliography(set_up.citations.values()),
        **dict(annotated(set_up)),
    }
    written = chain(render(printed, shared(set_up), templates(root)), exported.items())
    files = {path: text.encode() for path, text in written}
    files |= shards(set_up)
    for folder, more in (("templates/static", static(root)), ("data/static", copied)):
        for path, content in more.items():
            if path in files or path == MANIFEST:
                message = "the site has a file of this name"
                raise Refused(Diagnostic(Place(f"{folder}/{path}"), "path-taken", message))
            files[path] = content
    return {**files, MANIFEST: manifest(files)}


def lay_out(digest: Digest, memo: Memo, copied: Iterable[str]) -> Edition:
    """What pages share, our own words rendered; ``copied`` are addresses of the digest's files."""
    from digest.site.edition import edition
    from digest.site.render import notes

    own = {f"pages/{name}": text for name, text in digest.pages.items()}
    own |= {f"quotes/{one.id}": one.note for one in digest.claims if one.note}
    own |= {
        f"articles/{id}": one.entry.note for id, one in digest.articles.items() if one.entry.note
    }
    return edition(digest, notes(own, memo), copied)


def read_articles(folder: Folder, findings: list[Diagnostic]) -> Iterator[Article]:
    """Every article in ``seeds/`` that can be read."""
    for file, content in folder.seeds.items():
        try:
            yield _article(file, content)
        except Refused as refused:
            findings += refused.findings


@lru_cache(4096)  # a preview reads the same ones after every edit
def _article(file: str, content: bytes) -> Article:
    return read_article(file, content)


def unread(folder: Folder, articles: Iterable[Article]) -> frozenset[str]:
    """Files that are there and were refused: each had a finding of its own."""
    return frozenset(folder.seeds) - {article.file for article in articles}


def check_pages(folder: Folder) -> Iterator[Diagnostic]:
    """A page of our own has a name that is free and can be an address."""
    for name in folder.pages:
        taken = "the site has a page of this name" if name in _TAKEN else None
        wrong = taken or address.fault(name)
        if wrong:
            place = Place(f"data/pages/{name}.md")
            yield Diagnostic(place, "page-name", wrong, ("give the file another name",))


def check_any_claims(record: Record) -> Iterator[Diagnostic]:
    """A record without a claim is a slip: publishing it would take every quotation down."""
    if not record.known["claims"]:
        yield Diagnostic(
            Place("data/claims.yaml"), "record-empty", "there is no claim in the record"
        )


def check_waiting(digest: Digest) -> Iterator[Diagnostic]:
    """Every stretch is in a claim or dismissed; a file that nobody curated yet is normal."""
    uncurated = {article.file for article in digest.uncurated}
    for article, stretch in digest.waiting:
        if article.file not in uncurated:
            message = f"waits: “{' '.join(stretch.span.of(article.text).split())[:60]}”"
            hint = "put it into a claim, or under dismissed: with a reason"
            place = article.place(stretch.span.start)
            yield Diagnostic(place, "stretch-waiting", message, (hint,), "warning")
    for article in digest.uncurated:
        count = len(article.stretches)
        wait = "1 stretch waits" if count == 1 else f"{count} stretches wait"
        hint = f"digest add seeds/{article.file} proposes its claims, or shows those that wait"
        place = Place(f"seeds/{article.file}")
        message = f"is not yet curated: {wait}"
        yield Diagnostic(place, "article-waiting", message, (hint,), "warning")

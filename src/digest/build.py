"""The whole digest, from top to bottom.

A folder is read, its articles are parsed, its record is typed, every quotation is proven, the
pages are made and checked, and only then is anything published.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec import Struct

from digest.diagnostics import Diagnostic, Place, Refused, errors, ordered
from digest.folder import Folder, Read, read_folder
from digest.memo import FOLDER, Memo
from digest.model.claim import Digest
from digest.model.entry import SiteEntry
from digest.model.options import Options
from digest.rebuild import Built, Times, question, remember, times
from digest.workers import done_away

if TYPE_CHECKING:
    from digest.site.edition import Edition

_NO_BASE_URL = "\nno base_url in site.yaml: no canonical addresses, sitemap.xml or 404.html"
_TIMES = 5  # a build begins at the most, while somebody writes into the folder
_SMALL = 3_000_000  # bytes of a digest's files: about a thousand claims
State = tuple[str, Times]  # the question that a folder puts, and when its files were written


class Outcome(Struct, frozen=True):
    """What came of it: the findings, and the digest and its site if nothing stopped them."""

    findings: list[Diagnostic]
    digest: Digest | None = None
    files: dict[str, bytes] = {}  # of a site that was composed
    count: int = 0  # of the files of a site
    folder: Folder | None = None  # what was read
    undecided: int = 0  # proposals that wait in data/proposed/

    @property
    def told(self) -> str:
        """In words, what was proven."""
        from digest.site.coverage import told
        from digest.site.views import so_many

        if self.digest is None:
            return ""
        without = "" if self.digest.site.base_url or not self.count else _NO_BASE_URL
        waiting = f"\n{so_many(self.undecided, 'proposal')} undecided" if self.undecided else ""
        return told(self.digest) + waiting + without

    def with_more(self, findings: Iterable[Diagnostic], **changed: Any) -> Outcome:
        """The same with further findings, or something else of it changed."""
        changed["findings"] = ordered([*self.findings, *findings])
        return msgspec.structs.replace(self, **changed)


def build(options: Options) -> Outcome:
    """Prove everything and publish the site; on any error nothing is published.

    Somebody may save a file while it is read. So the folder is read again when all is made, and
    if anything in it was written meanwhile, the work begins anew.
    """
    for _ in range(_TIMES):
        try:
            memo = Memo(options.root / FOLDER if options.cache else None)
            state, proven = _proven(options, memo)
            outcome = _built(options, state, _checked(proven, options.strict, memo), memo)
            if outcome and (outcome.count or _unchanged(options, state)):
                return outcome
        except FileNotFoundError:  # gone since its folder was listed
            continue
        except OSError as error:
            place = Place(error.filename or "templates")
            message = f"cannot be read: {error.strerror}"
            return Outcome([Diagnostic(place, "file-unreadable", message)])
    hint = "wait until nothing writes there, then build again"
    message = "files changed while they were read, again and again"
    return Outcome([Diagnostic(Place("data"), "folder-changing", message, (hint,))])


def _read(options: Options, written: Times) -> tuple[Read, State]:
    """The folder as it is, and by what any change of it shows: ``written`` is from before."""
    was_read = read_folder(options.root)
    return was_read, (question(was_read, options), written)


def _unchanged(options: Options, state: State) -> bool:
    try:
        return state == _read(options, times(options.root))[1]
    except FileNotFoundError:
        return False


def _proven(options: Options, memo: Memo) -> tuple[State, Outcome]:
    """The folder read and proven: of what was read only that is kept which a site is made from.

    A small one is proven by a process of its own. Meanwhile this one imports what makes pages,
    which is a third of such a build; a large one would cost more to hand over than that.
    """
    written = times(options.root)
    work = partial(_read_and_proven, options, written, memo)
    if sum(size for _, _, size, _, _ in written) > _SMALL:
        return work()
    proven = done_away(lambda: pickle.dumps(work()), _enter, memo.processors)
    return cast("tuple[State, Outcome]", pickle.loads(proven))


def _read_and_proven(options: Options, written: Times, memo: Memo) -> tuple[State, Outcome]:
    was_read, state = _read(options, written)
    folder, findings = was_read
    if folder is None:
        return state, Outcome(ordered(findings))
    outcome = _compared(prove(folder, findings, options.base_url, memo), memo)
    lighter = msgspec.structs.replace(folder, seeds={}, record={})
    return state, outcome.with_more((), folder=lighter)


def _enter() -> None:
    """Import what makes pages."""
    for room in ("site.publish", "site.rights", "site.edition"):
        import_module(f"digest.{room}")
    import_module("markdown_it")


def _built(options: Options, state: State, outcome: Outcome, memo: Memo) -> Outcome | None:
    """The site of it; ``count`` is 0 where something was refused, None where something changed."""
    if not outcome.digest or not outcome.folder or errors(outcome.findings, options.strict):
        return outcome
    from digest.site.publish import publishing
    from digest.site.rights import bounds

    try:
        bounds(outcome.digest, memo)  # of every article: each page is asked what it is made from
        set_up = lay_out(outcome.digest, memo, outcome.folder.static)
        for curated in outcome.digest.articles.values():
            curated.article.forget()  # pages are made without looking for words
        with publishing(options.site, options.root) as publication:
            publication.fill(set_up, options.root, memo.pages())
            outcome = outcome.with_more(publication.check())
            if errors(outcome.findings, options.strict):
                return outcome
            if not _unchanged(options, state):
                return None
            publication.publish()
    except Refused as refused:
        return outcome.with_more(refused.findings)
    memo.keep(publication.pages)
    outcome = outcome.with_more((), count=len(publication.hashes))
    built = Built(outcome.findings, outcome.told, outcome.count)
    remember(options, state[0], publication.hashes, built)
    return outcome


def compose(options: Options) -> Outcome:
    """The whole site in memory."""
    outcome = check(options)
    if not outcome.digest or not outcome.folder or errors(outcome.findings, options.strict):
        return outcome
    from digest.site.links import check_links, collected

    try:
        files = site(lay_out(outcome.digest, Memo(), outcome.folder.static), options.root)
    except Refused as refused:
        return outcome.with_more(refused.findings)
    pages = collected((to, html) for to, html in files.items() if to.endswith(".html"))
    found = check_links(pages, files, files.__getitem__)
    return outcome.with_more(found, files=files, count=len(files))


def check(options: Options) -> Outcome:
    """Everything that can be wrong with the record, found in one run."""
    folder, findings = read_folder(options.root)
    if folder is None:
        return Outcome(ordered(findings))
    memo = Memo()
    outcome = _compared(prove(folder, findings, options.base_url, memo), memo)
    return _checked(outcome, options.strict, memo)


def check_folder(folder: Folder) -> Outcome:
    """The same of a folder that was read, or of what it would be after a change."""
    memo = Memo()
    return _checked(_compared(prove(folder, (), None, memo), memo), False, memo)


def _compared(outcome: Outcome, memo: Memo) -> Outcome:
    """What was proven, compared with itself: what of it is nearly the same twice."""
    if outcome.digest is None or errors(outcome.findings):
        return outcome
    from digest.proof.alike import check_alike

    return outcome.with_more(check_alike(outcome.digest, memo))


def _checked(outcome: Outcome, strict: bool, memo: Memo) -> Outcome:
    """What was proven and compared, and whether too much of an article is shown.

    If it is ``strict``, also what is not released.
    """
    if outcome.digest and not errors(outcome.findings):
        from digest.site.rights import check_shares

        outcome = outcome.with_more(check_shares(outcome.digest, memo))
    if not (strict and outcome.digest):
        return outcome
    from digest.record.lasting import check_released

    return outcome.with_more(check_released(outcome.digest))


def prove(
    folder: Folder, unreadable: Iterable[Diagnostic], base_url: str | None, memo: Memo
) -> Outcome:
    """Everything that is true or wrong of each entry, and of one beside another."""
    # Here, for what makes pages is imported beside it.
    from digest.proof.audit import check_waiting
    from digest.proof.order import check_order
    from digest.proof.proven import verify
    from digest.reading.articles import read_articles
    from digest.record.entries import read_site
    from digest.record.lasting import check_published
    from digest.record.ledger import read_ledger
    from digest.record.parts import read_record
    from digest.record.proposals import read_proposed
    from digest.record.references import check_any_claims, check_references
    from digest.site.copied import check_copied
    from digest.site.own import check_pages

    articles, unread = read_articles(folder.seeds, memo)
    record, faults = read_record(folder.record, memo)
    entry, wrong = read_site(folder.site, "data/site.yaml")
    findings = [*unreadable, *unread, *faults, *wrong]
    findings += [*check_pages(folder.pages), *check_copied(folder.static)]
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
    refused = frozenset(folder.seeds) - {article.file for article in articles}
    digest, unproven = verify(record, articles, proven_for, memo, refused)
    digest = msgspec.structs.replace(digest, pages=folder.pages, published=ledger.since)
    findings += [*unproven, *check_order(record, digest), *check_published(ledger, record, digest)]
    findings += () if errors(findings) else check_waiting(digest)
    proposed, unproposed = read_proposed(folder.proposed.items())
    undecided = sum(len(one.proposals) for one in proposed)
    told = ordered([*findings, *unproposed])
    return Outcome(told, digest if entry else None, folder=folder, undecided=undecided)


def lay_out(digest: Digest, memo: Memo, copied: dict[str, bytes]) -> Edition:
    """What pages share, our own words rendered; ``copied`` are the digest's own files."""
    from digest.site.edition import edition
    from digest.site.render import notes

    own = {f"pages/{name}": text for name, text in digest.pages.items()}
    own |= {f"quotes/{one.id}": one.note for one in digest.claims if one.note}
    own |= {
        f"articles/{id}": one.entry.note for id, one in digest.articles.items() if one.entry.note
    }
    return edition(digest, notes(own, memo), copied)


def site(edition: Edition, root: Path) -> dict[str, bytes]:
    """Every file of the site by its address, the manifest last; here, one after the other."""
    from digest.site.batches import batches, given
    from digest.site.publish import manifest
    from digest.site.stage import MANIFEST

    files = {to: content for one in batches(edition, root) for to, content in one.make()}
    files |= given(edition, root, files)
    return {**files, MANIFEST: manifest({to: sha256(files[to]).hexdigest() for to in files})}

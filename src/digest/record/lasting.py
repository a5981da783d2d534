"""What was published stays: unaltered, corrected in public, moved with a redirect, or withdrawn.

The record is held against the ledger. What is at fault in itself is passed over here: it has
findings of its own, and what it says is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from digest import address
from digest.diagnostics import Diagnostic
from digest.model.claim import Claim, Digest
from digest.model.record import Record
from digest.record.ledger import Ledger, Line, corrected, hash_of, hash_of_claim


def check_published(ledger: Ledger, record: Record, digest: Digest) -> Iterator[Diagnostic]:
    """Every address of the ledger is there, and what stands there is what was published."""
    yield from _dropped_claims(ledger, record, digest)
    for claim in digest.claims:
        for id in (claim.id, *claim.formerly):
            lines = ledger.lines.get(address.quote(id), ())
            if lines and not claim.retracted:
                yield from _altered(claim, lines)
                yield from _corrections_kept(claim, lines)
    yield from _speakers(ledger, record, digest)
    yield from _articles(ledger, record, digest)


def check_released(digest: Digest) -> Iterator[Diagnostic]:
    """Every claim is in the ledger, once there is one."""
    for claim in digest.claims if digest.published else ():
        if address.quote(claim.id) not in digest.published:
            hint = "digest release enters what is new; build --strict publishes nothing else"
            message = f'"{claim.id}" is not in the ledger yet'
            yield Diagnostic(claim.written, "claim-unreleased", message, (hint,), "warning")


def _dropped_claims(ledger: Ledger, record: Record, digest: Digest) -> Iterator[Diagnostic]:
    """A claim that was published is still in the record, under this id or a later one."""
    if len(record.known["claims"]) > len(record.claims):
        return  # one at fault may be what a claim is called now
    former = {old for claim in record.claims.values() for old in claim.entry.formerly}
    stays = record.known["claims"] | former
    gone = [line for line in ledger.last("quotes") if line.id not in stays]
    now = {
        hash_of_claim(claim): claim
        for claim in (digest.claims if gone else ())
        if address.quote(claim.id) not in ledger.lines
    }
    for line in gone:
        yield _renamed(line, now[line.sha256]) if line.sha256 in now else _dropped(line)


def _renamed(line: Line, claim: Claim) -> Diagnostic:
    message = f'was published on {line.day} as "{line.id}", and that address would be gone'
    hint = f"add formerly: [{line.id}] to this entry: the old address then leads here"
    return Diagnostic(claim.written, "published-renamed", message, (hint,))


def _dropped(line: Line) -> Diagnostic:
    message = f'the claim "{line.id}" was published on {line.day} and is gone from the record'
    hints = (
        "withdrawn? put its entry back with retracted: and why; its address then says so",
        f"renamed, or a printing of another claim now? add formerly: [{line.id}] to that entry",
    )
    return Diagnostic(line.place, "published-dropped", message, hints)


def _altered(claim: Claim, lines: tuple[Line, ...]) -> Iterator[Diagnostic]:
    """Speaker, day and the words shown large are as published, or a later correction says why.

    An address that leads to a claim may be that of one of its printings, once a claim itself.
    """
    last, shown = lines[-1], claim.printings[0]
    same = [one for one in claim.printings if hash_of_claim(claim, one) == last.sha256]
    moved = last.id != claim.id
    if shown in same or (same and moved) or corrected(claim, last.day):
        return
    was = f'"{last.id}" was' if moved else "was"
    message = f"{was} published on {last.day} with another speaker, day or words shown large"
    correct = "put back what was published, or say what changed: corrections: "
    correct += f"[{{day: one after {last.day}, what: …, was: …, because: …}}]"
    first = tuple(f'or print the words of "{one.article}" first, as before' for one in same)
    yield Diagnostic(claim.written, "published-altered", message, (correct, *first))


def _corrections_kept(claim: Claim, lines: tuple[Line, ...]) -> Iterator[Diagnostic]:
    """A correction that was published stays."""
    for before, then in pairwise(lines):
        if not corrected(claim, before.day, then.day):
            message = f"a correction of after {before.day}, until {then.day}, was published"
            hint = "put it back under corrections:"
            twice = before.sha256 == then.sha256
            hint += f"; or, if a merge entered it twice, take out {then.place}" if twice else ""
            yield Diagnostic(claim.written, "published-correction", message, (hint,))


def _speakers(ledger: Ledger, record: Record, digest: Digest) -> Iterator[Diagnostic]:
    """A speaker's page stays, and the name that it was published under stays known."""
    named = {hash_of(one.entry.name): id for id, one in digest.speakers.items() if one.entry.name}
    for line in ledger.last("speakers"):
        entry = record.speakers.get(line.id)
        if line.id not in record.known["speakers"]:
            yield _entry_gone(line, "speaker", named.get(line.sha256))
        elif entry and not entry.entry.name:
            message = f"had a page under a name, published on {line.day}"
            hint = "give name: again; for an unnamed speaker make another entry"
            yield entry.finding("published-altered", message, "unnamed", hints=(hint,))
        elif entry and line.sha256 not in _hashes(entry.entry.name, entry.entry.also):
            message = f"was published on {line.day} under another name"
            hint = "keep the former name in also:; another person has an entry of their own"
            yield entry.finding("published-altered", message, "name", hints=(hint,))


def _hashes(name: str | None, also: Iterable[str]) -> set[str]:
    return {hash_of(one) for one in (name, *also) if one}


def _articles(ledger: Ledger, record: Record, digest: Digest) -> Iterator[Diagnostic]:
    """An article's page stays, and its file is the file that was published."""
    files = {one.article.sha256: id for id, one in digest.articles.items()}
    for line in ledger.last("articles"):
        curated = digest.articles.get(line.id)
        if line.id not in record.known["articles"]:
            yield _entry_gone(line, "article", files.get(line.sha256))
        elif curated and curated.article.sha256 != line.sha256:
            file = curated.article.file
            message = f"seeds/{file} is not the text that was published on {line.day}"
            hint = "put the file back as it was; another text of it is another article"
            entry = record.articles[line.id]
            yield entry.finding("published-altered", message, "file", hints=(hint,))


def _entry_gone(line: Line, what: str, now: str | None) -> Diagnostic:
    """A speaker's or article's entry that was published cannot be taken out or renamed."""
    message = f'the {what} "{line.id}" was published on {line.day} and is gone from the record'
    hint = f"put its entry back under {what}s:, even if nothing names it"
    hints = (hint,) if now is None else (f'it is called "{now}" now: an address stays; rename it',)
    return Diagnostic(line.place, "published-dropped", message, hints)

"""The record held against its articles, file by file: each holds, or not, by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from typing import TypeVar

from msgspec import msgpack
from msgspec.structs import force_setattr

from digest.diagnostics import Diagnostic
from digest.memo import Memo, Question
from digest.model.article import Article
from digest.model.claim import Claim, Digest, Event, Moment, Report
from digest.model.entry import ClaimEntry, ReportEntry, SiteEntry
from digest.model.record import OnRecord, Record
from digest.proof.audit import check_spoken, waiting
from digest.proof.moments import Moments
from digest.proof.verify import Part, Proof

S = TypeVar("S", Claim, Report)
_EFFORT = 100  # µs for a claim or an event


def verify(
    record: Record,
    articles: Iterable[Article],
    site: SiteEntry,
    memo: Memo | None = None,
    unread: frozenset[str] = frozenset(),
) -> tuple[Digest, list[Diagnostic]]:
    """The record held against its articles: all that is proven, and all that is not.

    ``unread`` are files that are there and could not be read: of them that was said already.
    """
    articles, memo = tuple(articles), memo or Memo()
    proof = Proof(record, articles, unread)
    around = _around(record, articles)
    events = _events(proof, around, memo)
    parts = memo.recall("proven", list(_of_files(proof, around)), Part)
    dismissed = tuple(proof.dismissals())
    spoken = [*(one for part in parts for one in part.spoken), *proof.spoken]
    digest = Digest(
        site=site,
        stances={id: stance.entry for id, stance in record.stances.items()},
        phrases=record.phrases,
        names=record.names,
        articles=proof.curated,
        speakers=proof.speakers,
        events=events,
        claims=tuple(_whose(one, proof) for part in parts for one in part.claims),
        reports=tuple(_whose(one, proof) for part in parts for one in part.reports),
        dismissed=dismissed,
        disagreements=tuple(map(proof.disagreement, record.disagreements.values())),
        waiting=waiting(articles, spoken),
        uncurated=proof.uncurated(articles),
    )
    files = {article.file: article for article in articles}
    findings = [*proof.findings, *proof.moments.findings, *check_spoken(spoken, record, files)]
    return digest, [*findings, *(one for part in parts for one in part.findings)]


def _around(record: Record, articles: Iterable[Article]) -> bytes:
    """The hash of all that a claim or an event may name: articles, speakers and events."""
    named = (record.articles, record.speakers, record.events)
    entries = [[(one.id, one.entry) for one in section.values()] for section in named]
    files = [(one.file, one.sha256) for one in articles]
    return sha256(msgpack.encode((entries, files))).digest()  # once, not for every file


def _events(proof: Proof, around: bytes, memo: Memo) -> dict[str, Event]:
    """Every event with its day."""
    record = proof.record
    apart = Moments(record, proof.curated)  # what is at fault is told by those of the proof
    question = Question((around,), apart.happened, _EFFORT * len(record.events))
    [happened] = memo.recall("events", [question], dict[str, Moment | None])
    return proof.moments.events(happened)


def _of_files(proof: Proof, around: bytes) -> Iterator[Question]:
    """For each file of the record, whether its claims and reports hold."""
    record = proof.record
    written: dict[str, tuple[list[OnRecord[ClaimEntry]], list[OnRecord[ReportEntry]]]] = {}
    for claim in record.claims.values():
        written.setdefault(claim.written.path, ([], []))[0].append(claim)
    for report in record.reports.values():
        written.setdefault(report.written.path, ([], []))[1].append(report)
    for path, (claims, reports) in written.items():
        text = (claims or reports)[0].written.text
        effort = _EFFORT * (len(claims) + len(reports))
        yield Question((around, path, text), partial(proof.of_file, claims, reports), effort)


def _whose(statement: S, proof: Proof) -> S:
    """The statement of the one speaker that there is, and not of a copy."""
    force_setattr(statement, "speaker", proof.speakers[statement.speaker.id])
    return statement

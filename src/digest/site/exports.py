"""The whole record for other programs: JSON and CSV, every span with its characters."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec

from digest import address
from digest.dates import Window
from digest.model.claim import Claim, Digest, Disagreement, Passage, Printing, Report, Statement
from digest.site.lines import joined
from digest.site.views import home_of
from digest.wording import Span

_COLUMNS = (
    "id url speaker role kind side earliest latest because stance condition leaving venue medium"
    " article file via again start end words"
).split()


def as_json(content: Any) -> str:
    """JSON as this site writes it: the article's own characters, keys as they are told."""
    return formatted(content).decode()


def formatted(content: Any) -> bytes:
    """The same as it stands in a file."""
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def claims_json(digest: Digest) -> bytes:
    """``claims.json``: for every appearance, ``file[start:end] == text``."""
    # Encoded one by one: as objects all claims together would be the most that a build holds.
    claims = (msgspec.json.encode(_claim(claim, digest)) for claim in _standing(digest))
    return formatted({
        "claims": [*map(msgspec.Raw, claims)],
        "reports": [_report(report, digest) for report in digest.reports],
        "articles": [_article(id, digest) for id in digest.articles],
        "speakers": [_speaker(id, digest) for id in digest.speakers],
        "dismissed": [
            {
                "file": digest.articles[one.words.article].article.file,
                **_segment(one.words),
                "because": one.because,
            }
            for one in digest.dismissed
        ],
        "disagreements": [_disagreement(one, digest) for one in digest.disagreements],
    })  # fmt: skip


def claims_csv(digest: Digest) -> str:
    """``claims.csv`` (RFC 4180): a row for each appearance."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for claim in _standing(digest):
        told = _statement(claim, digest)
        rows.writerows(_row(told, one, digest) for one in _appearances(claim, digest))
    return written.getvalue()


def _standing(digest: Digest) -> Iterator[Claim]:
    """Every claim that was not withdrawn."""
    return (claim for claim in digest.claims if not claim.retracted)


def _claim(claim: Claim, digest: Digest) -> dict[str, Any]:
    return {**_statement(claim, digest), "appearances": list(_appearances(claim, digest))}


def _statement(one: Statement, digest: Digest) -> dict[str, Any]:
    return {
        "id": one.id,
        "url": address.absolute(home_of(one, digest), digest.site.base_url),
        "speaker": _speaker(one.speaker.id, digest) | {"role": one.role},
        "said": _said(one.moment.working.said) | {"because": str(one.moment.working)},
        "stance": one.stance,
        "condition": one.condition,
        "leaving": one.leaving,
        "venue": one.moment.venue,
        "medium": one.moment.medium,
    }


def _said(window: Window) -> dict[str, str | None]:
    earliest = window.earliest.isoformat() if window.earliest else None
    return {"earliest": earliest, "latest": window.latest.isoformat()}


def _appearances(claim: Claim, digest: Digest) -> Iterator[dict[str, Any]]:
    """Each printing, and each stretch that repeats its words as an appearance of its own."""
    for printing in claim.printings:
        yield _appearance(printing, printing.segments, digest)
        for fragment in printing.again:
            yield _appearance(printing, (fragment,), digest) | {"again": True}


def _appearance(
    printing: Printing, segments: tuple[Passage, ...], digest: Digest
) -> dict[str, Any]:
    curated = digest.articles[printing.article]
    return {
        "article": printing.article,
        "file": curated.article.file,
        "segments": [_segment(segment) for segment in segments],
        "via": [*printing.via, *filter(None, (curated.publisher,)), *curated.via],
        **({"lang": printing.lang} if printing.lang else {}),
    }


def _segment(passage: Passage) -> dict[str, Any]:
    return {"start": passage.span.start, "end": passage.span.end, "text": passage.text}


def _report(report: Report, digest: Digest) -> dict[str, Any]:
    passage = report.passage
    file = digest.articles[passage.article].article.file
    told = {"article": passage.article, "file": file, **_segment(passage)}
    return {**_statement(report, digest), "passage": told}


def _article(id: str, digest: Digest) -> dict[str, Any]:
    curated = digest.articles[id]
    published = _said(curated.published) if curated.published else None
    return {
        "id": id,
        "url": address.absolute(address.article(id), digest.site.base_url),
        "file": curated.article.file,
        "sha256": curated.article.sha256,
        "title": curated.title,
        "publisher": curated.publisher,
        "via": list(curated.via),
        "published": published,
        "because": [passage.text for passage in curated.evidence],
        "kind": curated.entry.kind,
        "outside": curated.entry.outside,
    }


def _speaker(id: str, digest: Digest) -> dict[str, Any]:
    entry = digest.speakers[id].entry
    return {
        "id": id,
        "name": entry.name or entry.unnamed,
        "named": entry.name is not None,
        "role": entry.role,
        "side": entry.side,
        "kind": entry.kind,
    }


def _disagreement(one: Disagreement, digest: Digest) -> dict[str, Any]:
    sides = [
        {
            "article": side.passage.article,
            "file": digest.articles[side.passage.article].article.file,
            **_segment(side.passage),
            "holds": side.holds,
        }
        for side in one.sides
    ]
    return {
        "id": one.id,
        "about": one.entry.about,
        "sides": sides,
        "follows": one.entry.follows,
        "because": one.entry.because,
        "claims": one.entry.claims,
    }


def _row(told: dict[str, Any], appearance: dict[str, Any], digest: Digest) -> list[Any]:
    """What ``_COLUMNS`` name."""
    speaker, said, segments = told["speaker"], told["said"], appearance["segments"]
    parts = [(Span(one["start"], one["end"]), one["text"]) for one in segments]
    article = digest.articles[appearance["article"]].article
    return [
        *(told["id"], told["url"]),
        *(speaker["name"], speaker["role"], speaker["kind"], speaker["side"]),
        *(said["earliest"], said["latest"], said["because"]),
        *(told["stance"], told["condition"], told["leaving"], told["venue"], told["medium"]),
        *(appearance["article"], appearance["file"], "; ".join(appearance["via"])),
        "yes" if appearance.get("again") else "",
        *(segments[0]["start"], segments[-1]["end"], joined(parts, article.text)),
    ]

"""The record of an invented archive: the entries that a curator would write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import vocabulary
from blockyaml import blocks
from invented import Archive, Article, Claim, Report

DIFFERS = 7  # berths: of two articles that count them the later one has so many more
_CLAIMS_IN_A_FILE = 250
Fields = Mapping[str, Any]


def counted(berths: int) -> str:
    """The words of an article that has a count."""
    return f"The port office counted {berths} idle berths"


def record(archive: Archive) -> Iterator[tuple[str, str]]:
    """The files of the record: what all share, and some articles with all of theirs in each."""
    stances = {
        id: {"label": label, "means": means}
        | ({"threshold": "speaks of closing"} if id == vocabulary.THRESHOLD else {})
        for id, (label, means) in vocabulary.STANCES.items()
    }
    shared: dict[str, Fields] = {
        "stances": stances,
        "phrases": vocabulary.PHRASES,
        "speakers": _speakers(archive),
    }
    yield "data/claims.yaml", blocks(shared)
    again = {claim.id: one.id for one in archive.articles for claim in one.reprinted}
    for number, articles in enumerate(_by_file(archive), 1):
        yield f"data/claims/{number:04}.yaml", blocks(_entries(articles, archive, again))


def _by_file(archive: Archive) -> Iterator[list[Article]]:
    """Articles in runs of about 250 claims."""
    run: list[Article] = []
    for article in archive.articles:
        run.append(article)
        if sum(len(one.claims) for one in run) >= _CLAIMS_IN_A_FILE:
            yield run
            run = []
    if run:
        yield run


def _speakers(archive: Archive) -> dict[str, Fields]:
    return {
        one.id: {"name": one.name, "kind": one.kind, "side": one.side, "role": one.role}
        for one in archive.speakers
    }


def _entries(
    articles: list[Article], archive: Archive, again: Mapping[str, str]
) -> dict[str, Fields]:
    """The sections of one file; ``again``: by which article a claim is printed too."""
    claims = ((article, claim) for article in articles for claim in article.claims)
    return {
        "articles": {one.id: _article(one) for one in articles},
        "events": {one.event.id: _event(one) for one in articles if one.event},
        "claims": {c.id: _claim(c, article, again.get(c.id)) for article, c in claims},
        "reports": {one.report.id: _report(one, one.report) for one in articles if one.report},
        "dismissed": {
            one.id: {one.term: "a term of the docks: nobody is said to say it here"}
            for one in articles
            if one.term
        },
        "disagreements": dict(_disagreements(articles, archive)),
    }


def _article(article: Article) -> Fields:
    told = "the heading of the page that the text was copied from"
    return {
        "file": f"{article.id}.txt",
        "title": article.title,
        "publisher": article.publisher,
        "url": article.url,
        "outside": {"title": told, "publisher": told},
    }


def _event(article: Article) -> Fields:
    event = article.event
    assert event
    return {
        "what": event.what,
        "in": article.id,
        "said": event.day,
        "when": {"words": event.words, "after": event.opens},
        "venue": event.venue,
    }


def _claim(claim: Claim, article: Article, again: str | None) -> Fields:
    """A claim as a curator writes it."""
    words = [claim.segments[0][:-1] + ",", *claim.segments[1:]]
    printed = [
        {"in": one, "words": words if words[1:] else words[0]} for one in (article.id, again) if one
    ]
    first = claim.segments[0].split(". ")[0].rstrip(".")
    window = {"earliest": claim.earliest, "latest": claim.day}
    dated = claim.day if claim.earliest == claim.day else window
    return {
        "speaker": claim.speaker.id,
        "at": claim.event and claim.event.id,
        "said": None if claim.event else dated if claim.words else {"latest": claim.day},
        "when": {"words": claim.words} if claim.words and not claim.event else None,
        "venue": claim.venue,
        "medium": claim.medium,
        "stance": claim.stance,
        "condition": claim.condition,
        "leaving": claim.leaving,
        "short": first if claim.short else None,
        "printed": printed,
        "prompt": claim.lead if claim.prompted else None,
        "note": claim.note,
        "turning-point": "Until then nobody had said so." if claim.turning_point else None,
    }


def _report(article: Article, report: Report) -> Fields:
    return {
        "by": report.speaker.id,
        "said": report.day,
        "when": {"words": report.words},
        "stance": "pressing",
        "in": article.id,
        "passage": report.passage,
    }


def _disagreements(articles: Iterable[Article], archive: Archive) -> Iterator[tuple[str, Fields]]:
    """On a count that two articles print, one after the other."""
    for article in articles:
        if article.berths:
            later = archive.articles[int(article.id[1:]) + 1]
            counts = {article.id: article.berths, later.id: article.berths + DIFFERS}
            yield (
                f"berths-{article.id}",
                {
                    "about": f"how many berths were idle in {article.day:%B %Y}",
                    "sides": [
                        {"in": id, "passage": counted(count), "holds": f"{count} berths"}
                        for id, count in counts.items()
                    ],
                    "follows": "neither",
                    "because": "Neither article says where it has the count from.",
                    "claims": [one.claims[0].id for one in (article, later) if one.claims],
                },
            )

"""Write an invented archive of N claims as the folder of a digest.

    python bench/archive.py N DIR

``digest build --root DIR`` accepts it without a finding. The same N gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from entries import DIFFERS, counted, record
from invented import Archive, Article, Claim, invented
from prose import Prose

_SITE = """title: The Harbour Question
tagline: What was said on an invented coast about closing its harbours
base_url: https://digest.example
language: en
leads: {kind: official, side: Coast, called: Coast officials}
"""
_ABOUT = """# Method

An invented record, made to measure how long it takes to build: nothing of it was ever said.
"""


def main(count: int, root: Path) -> None:
    """Write the folder, and say how much it is."""
    archive = invented(count)
    files = folder(archive)
    written(files, root)
    size = sum(len(text.encode()) for text in files.values())
    print(
        f"{count} claims by {len(archive.speakers)} speakers in {len(archive.articles)} articles:"
        f" {len(files)} files, {size / 1e6:.1f} MB"
    )


def folder(archive: Archive) -> dict[str, str]:
    """Every file of the digest's folder by its path."""
    files = {"data/site.yaml": _SITE, "data/pages/about.md": _ABOUT}
    return {**files, **dict(record(archive)), **dict(seeds(archive))}


def written(files: dict[str, str], root: Path) -> None:
    """Write files below ``root``."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def seeds(archive: Archive) -> Iterator[tuple[str, str]]:
    """Every article as its file, under its path."""
    before: Article | None = None
    for article in archive.articles:
        berths = before.berths + DIFFERS if before and before.berths else article.berths
        yield f"seeds/{article.id}.txt", _text(article, berths)
        before = article


def _text(article: Article, berths: int | None) -> str:
    """The article's header and its paragraphs: prose between all that it quotes."""
    prose = Prose(int(article.id[1:]))
    paragraphs = [" ".join(prose.sentences(30, 60))]
    if article.event:
        paragraphs.append(f"{article.event.opens}{article.event.words}. {prose.sentence()}")
    quoted = [_quoted(claim) for claim in article.claims]
    quoted += [_quoted(claim, again=True) for claim in article.reprinted]
    for paragraph in quoted:
        paragraphs += [paragraph, " ".join(prose.sentences(40, 90))]
    if article.report:
        paragraphs.append(f"{prose.sentence()} {article.report.passage}. {prose.sentence()}")
    if article.term:
        told = f"Dockers know it as the “{article.term}” and say so."
        paragraphs.append(f"{told} {prose.sentence()}")
    if berths:
        paragraphs.append(f"{prose.sentence()} {counted(berths)}. {prose.sentence()}")
    return f" date {article.day} " + "\n\n".join(paragraphs) + "\n"


def _quoted(claim: Claim, again: bool = False) -> str:
    """The paragraph of a quotation: what leads up to it, the words, who said them and when."""
    first, *rest = claim.segments
    said = f"{claim.speaker.name}, {claim.speaker.role}, {claim.told}"
    if claim.event:
        said += f" at {claim.event.venue}"
    elif claim.words and not again:
        said += f" {claim.words}"
    ends = f" “{rest[0]}”" if rest else ""
    return f"{claim.lead} “{first[:-1]},” {said}.{ends}"


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

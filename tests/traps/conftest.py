"""What a reader sees of the real site, and its claims and reports by their ids."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import pytest

from digest.model.claim import Claim, Digest, Report

_INLINE = frozenset("a abbr b cite code em i mark q small span strong time".split())


@pytest.fixture(scope="session")
def claims(digest: Digest) -> dict[str, Claim]:
    """Every claim by its id."""
    return {claim.id: claim for claim in digest.claims}


@pytest.fixture(scope="session")
def reports(digest: Digest) -> dict[str, Report]:
    """Every report by its id."""
    return {report.id: report for report in digest.reports}


@pytest.fixture(scope="session")
def shown(site: dict[str, bytes]) -> Callable[[str], str]:
    """The words a page shows, each block on a line of its own."""

    def words(address: str) -> str:
        return shown_by(site[address].decode())

    return words


@pytest.fixture(scope="session")
def large(site: dict[str, bytes]) -> Callable[[str], list[str]]:
    """The words that a quotation's page shows large, line by line."""

    def words(id: str) -> list[str]:
        html = site[f"quotes/{id}.html"].decode()
        return shown_by(html[html.index("<blockquote") : html.index("</blockquote>")]).split("\n")

    return words


@pytest.fixture(scope="session")
def where(site: dict[str, bytes]) -> Callable[[str], list[str]]:
    """The addresses of all files of the site that hold some words, feeds and exports too."""
    texts = {
        address: unescape(content.decode()) if address.endswith(".html") else content.decode()
        for address, content in site.items()
        if not address.endswith((".woff2", ".png"))  # no words
    }
    return lambda words: [address for address, text in texts.items() if words in text]


def shown_by(html: str) -> str:
    """The words an HTML text shows, each block on a line of its own."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append("" if tag in _INLINE else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.found.append("" if tag in _INLINE else "\n")

    def handle_data(self, data: str) -> None:
        # A line broken within a paragraph of the markup is no line of its own.
        self.found.append(" ".join(data.split("\n")))

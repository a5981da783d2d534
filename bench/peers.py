"""The same archive as input for other generators of static sites: Hugo, Eleventy and Pelican.

    python bench/peers.py N DIR

Each gets the input that is cheapest for it (one JSON file, or a file with front matter for every
page), has each claim's context and day worked out already and proves nothing.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from archive import written
from invented import Archive, Article, Claim, invented

PEERS = Path(__file__).parent / "peers"
NODE_MODULES = Path(__file__).parent / "node/node_modules"
_SMALL = 200  # claims: a home page shows all of so many, and there are no pages for months
_TITLE = 8  # words
Fields = dict[str, Any]


def main(count: int, root: Path) -> None:
    """Write a folder for each of them."""
    inputs(invented(count), root)


def inputs(archive: Archive, root: Path) -> None:
    """A folder for each of them below ``root``."""
    whole = _whole(archive)
    written({"data/claims.json": _json(whole)}, _templates(root / "hugo-adapter", "hugo"))
    pages = dict(_front_matter(whole))
    site = _json({"site": whole["site"]})
    written({**pages, "data/claims.json": site}, _templates(root / "hugo-files", "hugo"))
    eleventy = _templates(root / "eleventy")
    written({"claims.json": _json(whole)}, eleventy)
    (eleventy / "node_modules").symlink_to(NODE_MODULES)
    meta = {part: whole[part] for part in ("site", "sources", "speakers")}
    articles = dict(_markdown(archive))
    written({"meta.json": _json(meta), **articles}, _templates(root / "pelican"))


def _templates(root: Path, *below: str) -> Path:
    """The templates of one peer, those they share put where it looks for them."""
    for part in (*below, root.name):
        shutil.copytree(PEERS / part, root, dirs_exist_ok=True)
    hugo, eleventy, pelican = ("layouts/_partials", "inc", "theme/templates")
    parts = hugo if below else pelican if root.name == "pelican" else eleventy
    style = "static" if below else "theme/static" if root.name == "pelican" else "."
    for shared in (PEERS / "shared").iterdir():
        folder = root / (style if shared.suffix == ".css" else parts)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(shared, folder)
    return root


def _whole(archive: Archive) -> Fields:
    """All that any of them prints."""
    return {
        "site": {"title": "Claim Digest", "archive": len(archive.claims) > _SMALL},
        "speakers": [
            {"id": one.id, "name": one.name, "role": one.role} for one in archive.speakers
        ],
        "sources": [_source(article) for article in archive.articles],
        "quotes": [_quote(article, claim) for article, claim in archive.claims],
    }


def _source(article: Article) -> Fields:
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "url": article.url,
        "date": str(article.day),
    }


def _quote(article: Article, claim: Claim) -> Fields:
    return {
        "id": claim.id,
        "title": f"{' '.join(claim.whole.split()[:_TITLE])} …",
        "quote": claim.whole,
        "speaker": claim.speaker.id,
        "role": claim.speaker.role,
        "date": str(claim.day),
        "stance": claim.stance or "none",
        "source": article.id,
        "context": claim.lead,
        "note": claim.note or "",
    }


def _front_matter(whole: Fields) -> Iterator[tuple[str, str]]:
    """Hugo's pages as files."""
    for quote in whole["quotes"]:
        own = {"title": quote["title"], "date": quote["date"]}
        told = {name: part for name, part in quote.items() if name != "note"}
        yield _page("quotes", quote["id"], {**own, "q": told}, quote["note"])
    for speaker in whole["speakers"]:
        yield _page("speakers", speaker["id"], {"title": speaker["name"], "s": speaker})
    for source in whole["sources"]:
        yield _page("sources", source["id"], {"title": source["title"], "a": source})
    months = {quote["date"][:7] for quote in whole["quotes"] if whole["site"]["archive"]}
    for month in sorted(months):
        yield _page("months", month, {"title": month, "m": month})


def _page(kind: str, id: str, fields: Fields, note: str = "") -> tuple[str, str]:
    return f"content/{kind}/{id}.md", f"---\n{_lines(fields.items())}---\n{note}"


def _lines(fields: Iterable[tuple[str, Any]], depth: str = "") -> str:
    """Front matter in YAML, for Hugo: a day is no string."""
    text = ""
    for name, part in fields:
        if isinstance(part, Mapping):
            text += f"{name}:\n{_lines(part.items(), '  ')}"
        else:
            text += f"{depth}{name}: {part if name == 'date' and not depth else _json(part)}\n"
    return text


def _markdown(archive: Archive) -> Iterator[tuple[str, str]]:
    """Pelican's articles."""
    for article, claim in archive.claims:
        quote = _quote(article, claim)
        fields = {
            "Title": quote["title"],
            "Date": quote["date"],
            "Slug": quote["id"],
            "Category": quote["source"],
            "Author": claim.speaker.name,
            "Role": quote["role"],
            "Stance": quote["stance"],
            "Quote": quote["quote"],
            "Context": quote["context"],
        }
        told = "".join(f"{name}: {part}\n" for name, part in fields.items())
        yield f"content/{claim.id}.md", f"{told}\n{quote['note']}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

"""Every kind of page that the site has, and one page to stand for each.

A new kind of page is found by listing the site. The largest of a kind stands for it: it has
most that can go wrong.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

#: Kinds that must be there; others are looked at as well.
EXPECTED = (
    "index", "quote in full", "quote, a fragment", "quote, printings differ", "speakers",
    "articles", "days", "words", "disagreements", "coverage", "corrections", "about", "data", "404",
)  # fmt: skip


def kinds(folder: Path) -> dict[str, str]:
    """The address of one page for each kind, by the kind's name, both in order.

    At the top each page is a kind of its own, below it each folder is one; quotations are
    three. Pages that only send the reader on are left out: nobody sees them.
    """
    found: dict[str, str] = {}
    for page in sorted(folder.rglob("*.html"), key=lambda page: (page.stat().st_size, page)):
        if b'http-equiv="refresh"' not in page.read_bytes():
            address = page.relative_to(folder)
            top = str(address.parent)
            found[address.stem if top == "." else top] = address.as_posix()
    found.pop("quotes", None)
    return dict(sorted((found | _quotes(folder)).items()))


def _quotes(folder: Path) -> dict[str, str]:
    """A quotation in full, the shortest fragment, and one whose printings differ."""
    claims = json.loads((folder / "claims.json").read_text(encoding="utf-8"))["claims"]
    differing = [claim for claim in claims if len(_printed(claim)) > 1]
    plain = [claim for claim in claims if claim not in differing]
    shortest = min(plain, key=lambda claim: (len(_words(claim)), claim["id"]))

    def largest(some: list[dict[str, Any]]) -> str:
        pages = [f"quotes/{claim['id']}.html" for claim in some]
        return max(pages, key=lambda page: ((folder / page).stat().st_size, page))

    return {
        "quote in full": largest(plain),
        "quote, a fragment": f"quotes/{shortest['id']}.html",
        **({"quote, printings differ": largest(differing)} if differing else {}),
    }


def _printed(claim: dict[str, Any]) -> set[tuple[str, ...]]:
    """The wordings in which articles print a claim."""
    whole = [one for one in claim["appearances"] if not one.get("again")]
    return {tuple(segment["text"] for segment in one["segments"]) for one in whole}


def _words(claim: dict[str, Any]) -> list[str]:
    """The words of the printing that is shown large."""
    return [w for segment in claim["appearances"][0]["segments"] for w in segment["text"].split()]

"""What a generator wrote: how much, and whether every quotation has its page with its words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from invented import Claim

_UNSEEN = re.compile(r"<(head|script)\b.*?</\1>|<[^>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Output:
    """The files of a site."""

    files: dict[str, int]  # path and size in bytes
    shown: int  # claims whose page is there and prints the words

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(self.files.values())


def output(site: Path, claims: Iterable[Claim]) -> Output:
    """What stands below ``site``."""
    files = {
        path.relative_to(site).as_posix(): path.stat().st_size
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
    return Output(files, sum(_shows(site / f"quotes/{one.id}.html", one) for one in claims))


def _shows(page: Path, claim: Claim) -> bool:
    """Whether the body of a page prints a claim's words, up to where they are interrupted."""
    if not page.is_file():
        return False
    printed = html.unescape(_UNSEEN.sub("", page.read_text("utf-8")))
    return claim.segments[0][:-1] in " ".join(printed.split())

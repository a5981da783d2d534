"""What waits to be decided: ``data/proposed/ARTICLE.yaml``, written by ``add``.

A proposal holds the very entry that would go into the record. It is counted, never verified and
never shown: a file of proposals that cannot be read warns, and stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from digest import address
from digest.diagnostics import Diagnostic, Refused
from digest.yamltext import read


class Proposal(Struct, frozen=True, forbid_unknown_fields=True):
    """One quotation that nobody decided about yet; exactly one of claim, printed, terms."""

    number: str  # it stands for the proposal in ARTICLE/NUMBER, and does not change
    claim: dict[str, Any] | None = None  # as it would stand under claims:
    of: str | None = None  # the claim that these words are a further printing of
    printed: dict[str, Any] | None = None  # as it would stand under that claim's printed:
    terms: list[str] = []  # stretches that seem to be nobody's statement
    cue: str | None = None  # the reporting words
    tier: str | None = None  # how far the speaker is certain
    because: str | None = None  # why this speaker and day

    @property
    def stretches(self) -> list[str]:
        """The words that it is about, stretch by stretch."""
        if self.terms:
            return self.terms
        printed = self.printed or (self.claim or {}).get("printed", [{}])[0]
        words = printed.get("words", [])
        again = [one if isinstance(one, str) else one["words"] for one in printed.get("again", [])]
        return [*([words] if isinstance(words, str) else words), *again]


class Proposed(Struct, frozen=True):
    """An article's entry and all that waits in it."""

    path: str  # data/proposed/ARTICLE.yaml
    article: str  # its id
    entry: dict[str, Any]  # as it would stand under articles:
    speakers: dict[str, Any] = {}  # those that the record does not have yet
    proposals: dict[str, Proposal] = {}  # by id, which would be the claim's


def read_proposed(files: Iterable[tuple[str, str]]) -> tuple[list[Proposed], list[Diagnostic]]:
    """The proposals of every file, given as (path, text), and a warning for each unreadable one."""
    found: list[Proposed] = []
    findings: list[Diagnostic] = []
    for path, text in files:
        try:
            found.append(_proposed(path, text))
        except Refused as refused:
            findings += (
                msgspec.structs.replace(finding, severity="warning") for finding in refused.findings
            )
    return found, findings


def _proposed(path: str, text: str) -> Proposed:
    """Raises Refused for a file that is not of the shape that ``add`` writes."""
    tree = read(text, path)
    try:
        root = msgspec.convert(tree.root, _File)
        (article, entry), *more = root.articles.items()
        if more or address.fault(article):
            raise ValueError
        return Proposed(path, article, entry, root.speakers, root.proposals)
    except (msgspec.ValidationError, ValueError) as error:
        told = f": {error}" if isinstance(error, msgspec.ValidationError) else ""
        hint = "delete the file and run digest add again"
        message = f"is not a file of proposals{told}"
        raise Refused(Diagnostic(tree.place(), "proposed-shape", message, (hint,))) from None


class _File(Struct, forbid_unknown_fields=True):
    articles: dict[str, dict[str, Any]]
    speakers: dict[str, Any] = {}
    proposals: dict[str, Proposal] = {}

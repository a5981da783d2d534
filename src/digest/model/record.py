"""The whole record as the curator wrote it: typed entries that know their line."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

from digest.diagnostics import Diagnostic, Place, Severity
from digest.model.entry import (
    ArticleEntry,
    ClaimEntry,
    DisagreementEntry,
    DismissedEntry,
    EventEntry,
    ReportEntry,
    SpeakerEntry,
    Stance,
)
from digest.yamlskim import Written

E = TypeVar("E")


class OnRecord(Struct, Generic[E], frozen=True):
    """An entry, its id, and where each of its strings stands."""

    id: str
    entry: E
    written: Written  # its file
    path: tuple[str | int, ...]  # of the entry within it
    at: tuple[int, int]  # line and column of its key, from 1

    def place(self, *steps: str | int, key: bool = False) -> Place:
        """Where a field of the entry stands; the entry's own place if it is absent."""
        path = (*self.path, *steps)
        if steps and (path in self.written.tree.values or path in self.written.tree.keys):
            return self.written.tree.place(*path, key=key)
        return Place(self.written.path, *self.at)

    def finding(
        self, rule: str, message: str, *steps: str | int, hints: tuple[str, ...] = (),
        severity: Severity = "error",
    ) -> Diagnostic:  # fmt: skip
        """A finding about a field of this entry."""
        return Diagnostic(self.place(*steps), rule, message, hints, severity)


class Record(Struct, frozen=True):
    """Everything curated, by id and in the order of the files."""

    stances: dict[str, OnRecord[Stance]] = {}
    phrases: dict[str, list[str]] = {}  # a label and its forms
    names: dict[str, list[str]] = {}  # other names, for searching only
    articles: dict[str, OnRecord[ArticleEntry]] = {}
    speakers: dict[str, OnRecord[SpeakerEntry]] = {}
    events: dict[str, OnRecord[EventEntry]] = {}
    claims: dict[str, OnRecord[ClaimEntry]] = {}
    reports: dict[str, OnRecord[ReportEntry]] = {}
    dismissed: dict[str, dict[str, OnRecord[DismissedEntry]]] = {}  # by article, by stretch
    disagreements: dict[str, OnRecord[DisagreementEntry]] = {}
    known: dict[str, frozenset[str]] = {}  # every id written, also of entries that are at fault

"""The record is written in several files: each is read by itself, and they are put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Generic, TypeVar

from msgspec import Struct

from digest.diagnostics import Diagnostic
from digest.memo import Memo, Question
from digest.model.entry import (
    ArticleEntry,
    ClaimEntry,
    DisagreementEntry,
    DismissedEntry,
    Entry,
    EventEntry,
    ReportEntry,
    SpeakerEntry,
    Stance,
)
from digest.model.record import OnRecord, Record
from digest.yamlskim import Written

E = TypeVar("E")
SECTIONS: dict[str, type[Entry]] = {
    "stances": Stance,
    "articles": ArticleEntry,
    "speakers": SpeakerEntry,
    "events": EventEntry,
    "claims": ClaimEntry,
    "reports": ReportEntry,
    "disagreements": DisagreementEntry,
}
LISTS = ("phrases", "names")


class Kept(Struct, Generic[E], frozen=True, array_like=True):
    """An entry, and the line and column of its key."""

    entry: E
    at: tuple[int, int]


class Part(Struct, frozen=True):
    """One file of the record: its entries by id, and every fault of form in it."""

    findings: list[Diagnostic]
    known: dict[str, list[str]] = {}  # every id written, also of entries that are at fault
    stances: dict[str, Kept[Stance]] = {}
    articles: dict[str, Kept[ArticleEntry]] = {}
    speakers: dict[str, Kept[SpeakerEntry]] = {}
    events: dict[str, Kept[EventEntry]] = {}
    claims: dict[str, Kept[ClaimEntry]] = {}
    reports: dict[str, Kept[ReportEntry]] = {}
    disagreements: dict[str, Kept[DisagreementEntry]] = {}
    dismissed: dict[str, dict[str, Kept[DismissedEntry]]] = {}  # by article, by stretch
    phrases: dict[str, list[str]] = {}
    names: dict[str, list[str]] = {}


def read_record(
    files: Mapping[str, str], memo: Memo | None = None
) -> tuple[Record, list[Diagnostic]]:
    """The record from its files, and every fault of form in them."""
    from digest.record.entries import read_part

    questions = [
        Question((path, text), partial(read_part, path, text), len(text) // 10)
        for path, text in files.items()
    ]
    parts = (memo or Memo()).recall("entries", questions, Part)
    findings = [finding for part in parts for finding in part.findings]
    written = [Written(text, path) for path, text in files.items()]
    sections: dict[str, dict[str, Any]] = {name: {} for name in (*SECTIONS, *LISTS, "dismissed")}
    for file, part in zip(written, parts, strict=True):
        findings += _added(part, file, sections)
    known = {name: _ids(parts, name) for name in SECTIONS}
    return Record(**sections, known=known), findings


def _ids(parts: Iterable[Part], section: str) -> frozenset[str]:
    return frozenset(id for part in parts for id in part.known.get(section, ()))


def _added(part: Part, file: Written, sections: dict[str, dict[str, Any]]) -> Iterator[Diagnostic]:
    """Add a part to those before it; an id is that of one entry in all of them."""
    for section in SECTIONS:
        into = sections[section]
        for id, kept in getattr(part, section).items():
            entry = OnRecord(id, kept.entry, file, (section, id), kept.at)
            if id in into:
                yield _again(f'{section} "{id}" again', entry, into[id])
            into.setdefault(id, entry)
    for name in LISTS:
        for label, forms in getattr(part, name).items():
            if label in sections[name]:
                place = file.place(name, label, key=True)
                yield Diagnostic(place, "id-repeated", f'"{label}" again')
            sections[name].setdefault(label, forms)
    for article, stretches in part.dismissed.items():
        into = sections["dismissed"].setdefault(article, {})
        for words, kept in stretches.items():
            entry = OnRecord(words, kept.entry, file, ("dismissed", article, words), kept.at)
            if words in into:
                yield _again(f'"{words[:120]}" is dismissed already', entry, into[words])
            into.setdefault(words, entry)


def _again(message: str, entry: OnRecord[Any], first: OnRecord[Any]) -> Diagnostic:
    hint = f"it stands first at {first.place()}"
    return Diagnostic(entry.place(), "id-repeated", message, (hint,))

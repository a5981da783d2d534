"""300 slips of one letter in the real record: each is refused, at its own line."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import yaml

from digest.diagnostics import Diagnostic
from digest.folder import read_folder
from digest.memo import Memo
from digest.model.entry import SiteEntry
from digest.proof.proven import verify
from digest.reading.articles import read_articles
from digest.record.parts import read_record
from digest.record.references import check_references

_PASSAGES = {"words", "again", "passage", "after", "apart", "short", "prompt"}
_IDS = {"speaker", "by", "at", "in", "than", "stance", "before", "follows", "claims"}


class Scalar(NamedTuple):
    """A scalar of the record: its path, and where it begins and ends in the file."""

    path: tuple[str | int, ...]
    start: Any
    end: Any


def scalars(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[Scalar]:
    """Every value, and the keys of ``dismissed``, which are words too."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if path[:1] == ("dismissed",) and len(path) == 2:
                yield Scalar((*path, "words"), key.start_mark, key.end_mark)
            yield from scalars(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from scalars(value, (*path, index))
    else:
        yield Scalar(path, node.start_mark, node.end_mark)


def field(path: tuple[str | int, ...]) -> str:
    return next(str(step) for step in reversed(path) if isinstance(step, str))


def follows_from_words(path: tuple[str | int, ...], record: Any) -> bool:
    """A day that its ``when`` words give outright, with no further reason."""
    entry = record[path[0]][path[1]]
    if path[0] == "disagreements":
        return path[-1] == "holds" and "when" in entry["sides"][path[3]]
    return path[2:3] == ("said",) and "when" in entry and "because" not in entry


def proven(scalar: Scalar, record: Any) -> bool:
    """Whether a slip in this scalar has to be caught."""
    section, name = scalar.path[0], field(scalar.path)
    if section in ("stances", "phrases", "names", "speakers") or "outside" in scalar.path:
        return False
    if name == "because":  # of an article: passages; elsewhere: our own words
        return section == "articles"
    return name in _PASSAGES | _IDS or (
        len(scalar.path) > 1 and follows_from_words(scalar.path, record)
    )


def slips(text: str, rng: random.Random) -> Iterator[tuple[str, Scalar, str]]:
    """The text with one letter or digit replaced or left out, again and again."""
    record = yaml.load(text, yaml.BaseLoader)
    places = [
        (scalar, index)
        for scalar in scalars(yaml.compose(text, yaml.CSafeLoader))
        if proven(scalar, record)
        for index in range(scalar.start.index, scalar.end.index)
        if text[index].isalnum()
    ]
    for number, (scalar, index) in enumerate(rng.sample(places, 300)):
        other = "7" if text[index] in "13569" else "3" if text[index].isdigit() else "q"
        other = "" if number % 2 else "x" if text[index] == "q" else other
        yield text[:index] + other + text[index + 1 :], scalar, f"{text[index]!r} → {other!r}"


@pytest.fixture(scope="module")
def findings_in(root):
    folder, _ = read_folder(root)
    articles, _ = read_articles(folder.seeds, Memo())

    def check(text: str) -> list[Diagnostic]:
        record, faults = read_record({"data/claims.yaml": text})
        _, unproven = verify(record, articles, SiteEntry(title="t"))
        return [*faults, *check_references(record), *unproven]

    return check


def test_a_slip_of_one_letter_is_refused_at_its_line(root, findings_in):
    text = (root / "data/claims.yaml").read_text(encoding="utf-8")
    assert not findings_in(text)
    missed = []
    for slipped, scalar, what in slips(text, random.Random(2025)):
        lines = range(scalar.start.line + 1, scalar.end.line + 2)
        refused = {one.place.line for one in findings_in(slipped) if one.severity == "error"}
        if not refused & set(lines):
            missed.append((scalar.path, what, sorted(refused)))
    assert missed == []

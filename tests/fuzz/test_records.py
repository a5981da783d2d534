"""The real record with slips in its bytes and in its structure: read, or told what is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest import address
from digest.diagnostics import Diagnostic, printable
from digest.model.record import Record
from digest.record.entries import read_site
from digest.record.ledger import read_ledger
from digest.record.parts import SECTIONS, read_record
from digest.record.proposals import read_proposed
from digest.record.references import check_references
from tests.fuzz.conftest import budget
from tests.fuzz.slips import slipped, slips

PATH = "data/claims.yaml"
TEXT = (Path(__file__).parents[2] / PATH).read_text(encoding="utf-8")
RECORD = yaml.load(TEXT, yaml.BaseLoader)
PIECES = [
    *(":", ": ", "- ", "? ", "#", " #", "&x ", "*x", "!!int ", "!x ", "|", "|\n", ">-\n", "---\n"),
    *("...\n", "<<: ", "\\", "\\u200b", "\\ud800", "\\0", "~", "null", "no", "12.50", "2025-02-30"),
    *("claims:\n", "  a:\n", "<<<<<<< a\n", "{}", "[]", "words: ", "a: a", ", ", "%", "@", "`"),
]


def read(text: str) -> tuple[Record, list[Diagnostic]]:
    """The record that a text is, after what holds of every text."""
    record, findings = read_record({PATH: text})
    lines = re.split("\r\n|\r|\n", text)
    for finding in findings:
        assert finding.place.path == PATH
        assert 1 <= finding.place.line <= len(lines)
        assert 1 <= finding.place.column <= len(lines[finding.place.line - 1]) + 1
        assert finding.message
        told = str(finding).split("\n")
        assert len(told) == 1 + len(finding.hints)
        assert all(line.startswith("    ") for line in told[1:])
        assert printable(str(finding)).replace("\n", "").isprintable()
    for section in SECTIONS:
        entries = getattr(record, section)
        assert entries.keys() <= record.known[section]
        assert not [id for id in entries if address.fault(id)]
        assert findings or entries.keys() == record.known[section]
    assert all(isinstance(one, Diagnostic) for one in check_references(record))
    return record, findings


def test_the_record_itself_is_read_without_a_word():
    record, findings = read(TEXT)
    assert findings == []
    assert len(record.claims) == len(RECORD["claims"])


@budget
@given(slips(*PIECES))
def test_the_record_with_slips_is_read_or_refused(made):
    read(slipped(TEXT, made))


@budget
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join))
def test_any_text_is_read_or_refused_as_each_of_the_files(text):
    read(text)
    for finding in read_site(text, PATH)[1]:
        assert finding.place.path == PATH
    assert all(one.severity == "warning" for one in read_proposed({PATH: text}.items())[1])
    assert all(isinstance(one, Diagnostic) for one in read_ledger(text)[1])


WRONG = st.sampled_from(
    [
        "",
        "~",
        "a",
        "no",
        "2025-02-30",
        "2025-05-19",
        "a" * 101,
        "\0",
        "\u200b",
        "-",
        "a.b",
        "$",
        "0",
    ]
)
VALUES = st.recursive(
    WRONG | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WRONG, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def records(draw: Any) -> dict[str, Any]:
    """An entry of each section, and in some places another value, or none, or one twice."""
    record = {}
    for section, entries in RECORD.items():
        id = draw(st.sampled_from(sorted(entries)))
        record[section] = copied({id: entries[id]})
    for _ in range(draw(st.integers(1, 5))):
        within: Any = record
        while True:
            steps = list(within) if isinstance(within, dict) else list(range(len(within)))
            if not steps:
                break
            step = draw(st.sampled_from(steps))
            if not isinstance(within[step], dict | list) or draw(st.integers(0, 3)) == 0:
                change(draw, within, step)
                break
            within = within[step]
    return record


def change(draw: Any, within: Any, step: Any) -> None:
    how = draw(st.sampled_from(["other", "gone", "renamed", "wrapped"]))
    value = within.pop(step) if how in ("gone", "renamed") else within[step]
    if how == "other":
        within[step] = draw(VALUES)
    elif how == "wrapped":
        within[step] = draw(st.sampled_from([[value], {"words": value}, [value, value], []]))
    elif how == "renamed" and isinstance(within, dict):
        within[draw(st.sampled_from([f"{step}s", step[1:], step.upper(), *map(str, RECORD)]))] = (
            value
        )


def copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: copied(part) for key, part in value.items()}
    return [copied(part) for part in value] if isinstance(value, list) else value


@budget
@given(records(), st.booleans())
def test_the_record_of_another_structure_is_read_or_refused(record, flow):
    read(yaml.dump(record, Dumper=yaml.CSafeDumper, allow_unicode=True, default_flow_style=flow))

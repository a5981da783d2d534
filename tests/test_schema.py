"""The JSON Schema of what a curator writes: from the types, with the meaning of every field."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest

from digest.model import entry as types
from digest.record.entries import read_site
from digest.record.parts import LISTS, SECTIONS, read_record
from digest.record.schema import meanings, record_schema, site_schema
from tests.test_same_bytes import run

ENTRIES = [
    kind
    for kind in vars(types).values()
    if isinstance(kind, type)
    and issubclass(kind, msgspec.Struct)
    and kind not in (msgspec.Struct, types.Entry, types.Moment)  # for others to build on
]


def properties(schema: Any, where: str = "") -> dict[str, Any]:
    """Every property of a schema and of all schemas in it, by where it stands."""
    found: dict[str, Any] = {}
    if isinstance(schema, dict):
        for name, part in schema.get("properties", {}).items():
            found[f"{where}/{name}"] = part
        for name, part in schema.items():
            found |= properties(part, f"{where}/{name}")
    return found


@pytest.mark.parametrize("schema", [record_schema(), site_schema()], ids=["record", "site"])
def test_every_field_says_what_it_means(schema):
    told = {where: part["description"] for where, part in properties(schema).items()}
    assert len(told) > 8
    for where, text in told.items():
        assert re.fullmatch(r"\S.*[.:”]", text), where
        assert "None" not in text, where


@pytest.mark.parametrize("kind", ENTRIES, ids=lambda kind: kind.__name__)
def test_a_type_has_the_same_fields_in_the_schema_and_in_the_program(kind):
    told = {**record_schema()["$defs"], **site_schema()["$defs"], "SiteEntry": site_schema()}
    fields = msgspec.structs.fields(kind)
    assert set(told[kind.__name__]["properties"]) == {field.encode_name for field in fields}
    assert set(meanings(kind)) == {field.name for field in fields}
    assert told[kind.__name__]["additionalProperties"] is False


def test_the_record_has_the_same_sections_in_the_schema_and_in_the_program():
    assert set(record_schema()["properties"]) == {*SECTIONS, *LISTS, "dismissed"}


def test_the_schema_lets_stand_what_other_tools_make_of_plain_words():
    defs = record_schema()["$defs"]
    assert defs["ClaimEntry"]["properties"]["note"]["type"] == [
        "string", "number", "boolean", "null",
    ]  # fmt: skip
    assert "null" not in defs["Stance"]["properties"]["label"]["type"]
    text = "claims:\n  a: {speaker: 1, note: , printed: [{in: 2, words: 3.10}]}\n"
    assert read_record({"data/claims.yaml": text})[1] == []
    assert '"null"}' not in json.dumps(record_schema())


MISSPELT = {
    types.Days: "claims: {a: {said: {FIELD: x}}}",
    types.When: "disagreements: {a: {sides: [{when: {FIELD: x}}, {}]}}",
    types.Stance: "stances: {a: {FIELD: x}}",
    types.ArticleEntry: "articles: {a: {FIELD: x}}",
    types.SpeakerEntry: "speakers: {a: {FIELD: x}}",
    types.EventEntry: "events: {a: {FIELD: x}}",
    types.Again: "claims: {a: {printed: [{again: [{FIELD: x}]}]}}",
    types.PrintedEntry: "claims: {a: {printed: [{FIELD: x}]}}",
    types.VoiceEntry: "claims: {a: {voices: [{FIELD: x}]}}",
    types.CorrectionEntry: "claims: {a: {corrections: [{FIELD: x}]}}",
    types.ClaimEntry: "claims: {a: {FIELD: x}}",
    types.ReportEntry: "reports: {a: {FIELD: x}}",
    types.DismissedEntry: "dismissed: {a: {b: {FIELD: x}}}",
    types.SideEntry: "disagreements: {a: {sides: [{FIELD: x}, {}]}}",
    types.DisagreementEntry: "disagreements: {a: {FIELD: x}}",
    types.Leads: "leads: {FIELD: x}",
    types.SiteEntry: "FIELD: x",
}


@pytest.mark.parametrize("kind", MISSPELT, ids=lambda kind: kind.__name__)
def test_a_misspelt_field_of_any_entry_gets_the_right_one(kind):
    for field in msgspec.structs.fields(kind):
        right = field.encode_name
        text = MISSPELT[kind].replace("FIELD", right + right[-1])
        if kind in (types.Leads, types.SiteEntry):
            findings = read_site(text, "data/site.yaml")[1]
        else:
            findings = read_record({"data/claims.yaml": text})[1]
        [unknown] = [one for one in findings if one.rule == "field-unknown"]
        assert unknown.hints == (f'did you mean "{right}"?',)


def test_no_entry_is_left_out_of_those_that_are_misspelt():
    assert set(MISSPELT) == set(ENTRIES)


def test_the_command_prints_one_schema_or_both_and_writes_them(tmp_path):
    both = json.loads(run("schema").stdout)
    assert both == {"record": record_schema(), "site": site_schema()}
    assert json.loads(run("schema", "site").stdout) == site_schema()
    assert run("schema", "--out", tmp_path / "new").returncode == 0
    written = {path.name: json.loads(path.read_bytes()) for path in (tmp_path / "new").iterdir()}
    assert written == {f"{name}.schema.json": schema for name, schema in both.items()}
    (tmp_path / "file").touch()
    refused = run("schema", "--out", tmp_path / "file")
    assert refused.returncode == 1
    assert "error[out-unwritable] cannot be written: " in refused.stderr

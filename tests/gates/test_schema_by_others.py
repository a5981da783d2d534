"""The schemas of the record and of site.yaml before check-jsonschema, which editors resemble."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# Each with what its text becomes; a curator sees it in the editor, before any command.
BROKEN: dict[str, tuple[str, str]] = {
    "an unknown section": ("claims:\n", "claim:\n"),
    "an unknown field": ("stance: conditional", "stanse: conditional"),
    "a missing field": ("    by: mara-quill\n", ""),
    "an id with a capital": ("  quill-hollow:", "  Quill-hollow:"),
    "a day that never was": ("said: 2031-05-06", "said: 2031-02-30"),
    "a day in words": ("said: 2031-05-06", "said: 6 May 2031"),
    "a window without its end": (", latest: 2031-05-04", ""),
    "a kind that there is not": ("kind: official      ", "kind: offical      "),
    "words left out": ("words: The market stays where it is", "words: "),
    "a list that is a word": ("also: [Mayor Renn]", "also: Mayor Renn"),
    "a word that is a list": ("venue: the town council", "venue: [the town council]"),
    "no printing": (
        "      - {in: gazette-square, words: The market stays where it is}",
        "      []",
    ),
    "ahead that is neither yes nor no": ('ahead: "yes"', "ahead: soon"),
    "an entry that is a word": ("front room: a term", "front room: [a term]  # "),
    "a language by its name": ("    file: 2031", "    lang: English\n    file: 2031"),
}
SITES = {
    "an unknown option": "title: A digest\ntag-line: x\n",
    "no title": "language: en\n",
    "an address without its beginning": "title: A digest\nbase_url: example.org\n",
    "a kind that there is not": "title: A digest\nleads: {kind: offical}\n",
}
Judge = Callable[[str, Path], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def judged(root: Path) -> Judge:
    """What check-jsonschema says of a file by one of the committed schemas."""

    def judge(schema: str, file: Path) -> subprocess.CompletedProcess[str]:
        known = root / f"docs/schema/{schema}.schema.json"
        command = [sys.executable, "-m", "check_jsonschema", "--schemafile", known, file]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return judge


@pytest.mark.parametrize("folder", [".", "tests/second", "src/digest/sample"])
@pytest.mark.parametrize(("schema", "file"), [("record", "claims"), ("site", "site")])
def test_what_the_program_takes_is_valid(root, judged, folder, schema, file):
    outcome = judged(schema, root / folder / f"data/{file}.yaml")
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(("right", "wrong"), BROKEN.values(), ids=BROKEN)
def test_a_broken_entry_is_refused(root, judged, tmp_path, right, wrong):
    text = (root / "src/digest/sample/data/claims.yaml").read_text(encoding="utf-8")
    assert text.count(right) == 1
    broken = tmp_path / "claims.yaml"
    broken.write_text(text.replace(right, wrong), encoding="utf-8")
    outcome = judged("record", broken)
    assert outcome.returncode == 1, outcome.stdout
    assert "Schema validation errors were encountered." in outcome.stdout


@pytest.mark.parametrize("text", SITES.values(), ids=SITES)
def test_a_broken_site_is_refused(judged, tmp_path, text):
    broken = tmp_path / "site.yaml"
    broken.write_text(text, encoding="utf-8")
    assert judged("site", broken).returncode == 1


def test_plain_words_that_yaml_takes_for_something_else_are_words(judged, tmp_path):
    plain = tmp_path / "claims.yaml"
    record = (
        "stances: {a: {label: 12, means: true}}\nreports:\nspeakers: {b: {name: 1e3, side: }}\n"
    )
    plain.write_text(record, encoding="utf-8")
    outcome = judged("record", plain)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("schema", ["record", "site"])
def test_a_schema_is_itself_one_of_2020_12(root, schema):
    known = root / f"docs/schema/{schema}.schema.json"
    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", known]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0

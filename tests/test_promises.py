"""Every row that docs/promises.md lists has a test, or a reason why it has none."""

from __future__ import annotations

import re

ROWS = set(range(1, 107))


def numbers(text: str) -> set[int]:
    """The numbers in a text, ``71–75`` for each of five."""
    found = set()
    for first, last in re.findall(r"\b(\d{1,3})(?:–(\d{1,3}))?\b", text):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def test_every_row_is_listed_and_has_a_test_or_a_reason(root):
    page = (root / "docs/promises.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d[\d–]*) \|", page, re.MULTILINE)
    assert set().union(*map(numbers, listed)) == ROWS
    tests = "".join(path.read_text("utf-8") for path in (root / "tests/faults").glob("test_*.py"))
    tried = {int(number) for number in re.findall(r"def test_(\d+)_", tests)}
    assert tried <= ROWS
    without = page.partition("## What could not be had")[2]
    untried = {int(row) for row in re.findall(r"^- Row (\d+)", without, re.MULTILINE)}
    assert tried | untried == ROWS


def test_no_promise_names_a_row_that_there_is_not(root):
    page = (root / "docs/promises.md").read_text(encoding="utf-8")
    promises = re.findall(r"^\| P\d+ \| .*? \| (.*) \|$", page, re.MULTILINE)
    assert len(promises) == 12
    for told in promises:
        rows = re.search(r"rows? ([\d–, ]+)", told)
        assert rows is None or numbers(rows[1]) <= ROWS
        for name in re.findall(r"`(test_\w+)`", told):
            assert list((root / "tests").rglob(f"{name}.py")), name

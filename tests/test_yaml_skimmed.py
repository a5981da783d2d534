"""A record is skimmed for what it says: that is always what reading it in full says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.diagnostics import Diagnostic, Refused
from digest.yamlskim import Written
from digest.yamltext import read

PIECES = [
    *("a:", "b:", "- ", "  ", "\n", "\n  ", "\n    ", ": ", "x", "'y'", '"z"', " # said", "#"),
    *("[a, b]", "{c: d}", "&n ", "*n", "!!int 1", "--- ", "...", "|\n", ">-\n", "?", ",", "'"),
    *('"', "\t", "é", "\\"),
]


def refused(ask: Callable[[], Any]) -> tuple[Diagnostic, ...]:
    """What is said of a text that is refused; nothing of one that is not."""
    try:
        ask()
    except Refused as told:
        return told.findings
    return ()


def both(text: str) -> None:
    written = Written(text, "a.yaml")
    told = refused(lambda: read(text, "a.yaml"))
    assert refused(lambda: written.root) == told
    if told:
        return
    tree = read(text, "a.yaml")
    assert written.root == tree.root
    if written.plain:
        assert tree.plain
        assert not tree.cut
    for path in tree.keys:
        assert written.place(*path, key=True) == tree.place(*path, key=True)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_refused_or_says_the_same_and_at_the_same_places(text):
    both(text)


def test_the_record_itself_says_the_same(root):
    text = (root / "data/claims.yaml").read_text(encoding="utf-8")
    both(text)
    assert Written(text, "a.yaml").root["claims"]

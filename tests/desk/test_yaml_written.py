"""What the commands write as YAML reads back to the same, and changes no other byte."""

from __future__ import annotations

import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.diagnostics import Refused
from digest.yamlediting import with_entry, with_item, without_entry
from digest.yamltext import read
from digest.yamlwriting import entry, scalar

_SPECIAL = "\"'\\:#-?,[]{}&*!|>%@`~\n\r\t\0\a\x1b\x7f\x85\xa0\xad\u2028\u2029\ufeff\ufffe\uffff"
_SPECIAL += "“”«»… é😀\ufffd"


def a_text(chance: random.Random) -> str:
    """Anything a file can hold: half of it what YAML or JSON treats specially."""
    letters = []
    for _ in range(chance.randrange(40)):
        code = chance.choice((chance.randrange(0x80), chance.randrange(sys.maxunicode + 1)))
        code = 0x41 if 0xD800 <= code <= 0xDFFF else code
        letters.append(chance.choice((chr(code), chance.choice(_SPECIAL))))
    return "".join(letters)


def test_twenty_thousand_random_texts_come_back_as_they_were():
    chance = random.Random(2025)
    for _ in range(100):
        texts = [a_text(chance) for _ in range(200)]
        printed = [{"in": "x", "words": texts[:60]}, {"in": "x", "words": texts[60]}]
        fields = {"speaker": texts[61], "printed": printed, "when": {"words": texts[62]}}
        keyed = {f"{n}{text}": text for n, text in enumerate(texts[63:])}
        written = with_entry("", "x", ("claims",), "a", fields)
        written = with_entry(written, "x", ("dismissed",), "b", keyed)
        assert read(written, "x").root == {"claims": {"a": fields}, "dismissed": {"b": keyed}}


@pytest.mark.parametrize(
    "words",
    ["no", "12:30", "2025-13-41", "", " ", "- a", "# c", "a: b", "null", "~", "x" * 5000, "'", '"'],
)
def test_words_that_yaml_reads_as_something_else_stay_words(words):
    assert read(entry("a", {"words": words, words or "k": words}), "x").root["a"]["words"] == words


def test_a_written_line_has_no_line_break_of_any_kind_in_it():
    assert scalar("a\u2028b\u0085c\nd\re").isprintable()


_IDS = st.text("abcdefghij-", min_size=1, max_size=8).map(lambda word: f"k{word}")
_COMMENTS = st.sampled_from(["", "# a comment", "  # indented", "", "    # deeper “ä”"])
_VALUES = st.sampled_from(
    ["plain words", '"quoted # not a comment"', "'it''s'", "[a,   b]", "{x: 1,y: 2}", "2025-05-19",
     '"two\n      lines"', ">-\n      folded\n      lines\n", "|+\n      kept\n\n", "5   # why"]
)  # fmt: skip


@st.composite
def records(draw):
    """A record as an untidy hand may lay it out, and whether claims: is there."""
    lines = []
    for section in draw(st.permutations(["claims", "speakers", "dismissed"])):
        if draw(st.booleans()):
            continue
        lines.append(draw(_COMMENTS))
        indent = " " * draw(st.integers(1, 4))
        lines.append(f"{section}:{draw(st.sampled_from(['', '   # about', ' ']))}")
        for id in draw(st.lists(_IDS, unique=True, max_size=3)):
            lines += [draw(_COMMENTS), f"{indent}{id}:"]
            lines += [f"{indent}  f{n}: {draw(_VALUES)}" for n in range(draw(st.integers(1, 3)))]
            lines.append(
                f"{indent}  printed:{draw(st.sampled_from([' [a]', ' []', LIST, FLUSH]))}".replace(
                    "\n", f"\n{indent}  "
                )
            )
        lines += [draw(_COMMENTS), draw(st.sampled_from(["", "\n", "# end"]))]
    text = "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n", "\n# last"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


LIST = "\n  - {in: a, words: b}   # first\n  # loose\n  - in: c\n    words: d"
FLUSH = "\n- a\n- b"


def readable(text):
    try:
        return read(text, "x").root
    except Refused:
        return None


def is_put_in(before, after):
    """Whether ``after`` is ``before`` with one piece put in."""
    grown = len(after) - len(before)
    return any(after[:n] + after[n + grown :] == before for n in range(len(before) + 1))


@settings(max_examples=300, deadline=None)
@given(records(), st.sampled_from(["claims", "dismissed", "speakers"]), st.text(max_size=20))
def test_an_entry_is_put_in_and_no_other_byte_changes(text, section, words):
    root = readable(text)
    if root is None or isinstance(root, str):
        root = {}
        text = "# nothing yet\n"
    value = {"speaker": "a", "printed": [{"in": "b", "words": [words, "x" * 90]}]}
    changed = with_entry(text, "x", (section,), "the-new-one", value)
    assert is_put_in(text, changed)
    expected = {**root, section: {**(root.get(section) or {}), "the-new-one": value}}
    assert read(changed, "x").root == expected
    assert ("\r\n" in text) <= ("\n" not in changed.replace("\r\n", ""))


@settings(max_examples=200, deadline=None)
@given(records(), st.text(max_size=20))
def test_an_item_is_put_in_and_no_other_byte_changes(text, words):
    root = readable(text)
    claims = root.get("claims") if isinstance(root, dict) else None
    for id in claims or ():
        changed = with_item(text, "x", ("claims", id, "printed"), {"in": "b", "words": words})
        assert is_put_in(text, changed)
        items = read(changed, "x").root["claims"][id]["printed"]
        assert items == [*claims[id]["printed"], {"in": "b", "words": words}]


@settings(max_examples=200, deadline=None)
@given(records())
def test_an_entry_is_cut_out_and_no_other_line_changes(text):
    root = readable(text)
    claims = root.get("claims") if isinstance(root, dict) else None
    for id in claims or ():
        cut = without_entry(text, "x", ("claims",), id)
        assert is_put_in(cut, text)
        left = {other: value for other, value in claims.items() if other != id}
        assert (read(cut, "x").root["claims"] or {}) == left


def test_the_shipped_record_keeps_every_byte(root):
    text = (root / "data/claims.yaml").read_text(encoding="utf-8")
    value = {"speaker": "jd-vance", "printed": [{"in": "reset", "words": "No."}]}
    changed = with_entry(text, "x", ("claims",), "vance-no", value)
    assert is_put_in(text, changed)
    # Before the comment that belongs to the section after it.
    assert changed.index("vance-no") < changed.index("# Stretches between quotation marks")
    assert without_entry(changed, "x", ("claims",), "vance-no").split() == text.split()


@pytest.mark.parametrize("text", ["claims: {a: {b: c}}\n", "{claims: {a: {b: c}}}", "claims: {}\n"])
def test_a_record_in_brackets_is_added_to_in_brackets(text):
    changed = with_entry(text, "x", ("claims",), "new", {"d": "e"})
    assert read(changed, "x").root["claims"]["new"] == {"d": "e"}


@pytest.mark.parametrize("text", ["claims: words\n", "claims: [a]\n", "- claims\n"])
def test_where_there_is_no_place_the_lines_to_write_are_told(text):
    with pytest.raises(Refused) as refused:
        with_entry(text, "data/x.yaml", ("claims",), "new", {"speaker": "ann", "said": "no day"})
    [finding] = refused.value.findings
    assert finding.rule == "record-layout"
    assert 'said: "no day"' in "\n".join(finding.hints)

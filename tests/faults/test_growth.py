"""What reading costs grows with length alone, whatever the text: twice the text, twice the work."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from digest.diagnostics import Refused
from digest.proof.curated import curate
from digest.reading import read
from digest.reading.articles import read_article
from digest.reading.ingest import ingested
from digest.record.parts import read_record
from digest.wording import fold, passages

LARGEST = 500_000  # code points
ENOUGH = 0.04  # s of the processor: below it a clock tells little
TWICE = 3.2  # times as long for twice as much; what grows with the square takes four times

SHAPES = {
    "letters": "a", "capital letters": "A", "words": "a ", "names": "Ann ", "initials": "A. ",
    "hyphens": "a-", "apostrophes": "a’", "digits": "1 ", "blanks": " ", "lines": "\n",
    "short lines": "a\n", "short paragraphs": "a\n\n", "points": ".", "ellipses": "…",
    "sentences": "He left. ", "short sentences": "A. b ", "questions": "“Why?” he ",
    "opening marks": "“", "closing marks": "”", "low marks": "„", "guillemets": "«",
    "turned guillemets": "»a ", "Swedish marks": "”a ", "straight marks": '"', "inches": '6" ',
    "opening and straight marks": '“a" ', "unclosed straight marks": ' "a', "single marks": "‘a ",
    "quotations": "“a” b ", "said": "said ", "he said": "he said ", "names that said": "Ann said, ",
    "quotations that are said": "“We go,” Ann Lee said on Monday. ",
    "paragraphs of them": "“We go,” Ann Lee said on Monday.\n\n", "who, when": "(who, when, ",
    "brackets": "(", "square brackets": "[", "days": "on Monday ",
    "a day earlier": "a day earlier ",
    "mail": "a@", "mail of one word": "a.", "syndicated": "The post ", "bylines": "By A b\n",
    "outlets": "the Times reported ", "spokesmen": "a spokesman for ", "has contacted": "A has ",
    "soft hyphens": "\u00ad", "no-break spaces": "\u00a0", "joiners": "a\u200d",
    "accents": "\u0301",
    "credits": "Ann-Ann", "captions": "The gull rests upon the old wall of the harbour.\n",
    "advertisements": "Advertisement\n", "dashes": "— ", "colons": "he said: ", "fields": "a: b\n",
}  # fmt: skip


def article(text: str) -> object:
    return read_article("a.txt", text.encode())


def in_front_matter(text: str) -> object:
    return read_article("a.md", f"---\ntitle: a\n---\n\n{text}".encode())


def quotations(text: str) -> object:
    return read(text)


def wording(text: str) -> object:
    folded = fold(text)
    return passages(text[:60], folded, text), passages("a b", folded, text)


RECORD = 'articles: {a: {file: a.txt, apart: ["a b"]}}\nspeakers: {b: {name: Ann Lee}}\n'


def curated(text: str) -> object:
    """What an article's own text says of what is never printed."""
    record, _ = read_record({"data/claims.yaml": RECORD})
    return curate(record, [read_article("a.txt", f"{text} a@b.example".encode())], frozenset())


@pytest.mark.parametrize("unit", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("work", [article, in_front_matter, quotations, wording, curated])
def test_p8_twice_the_text_takes_about_twice_as_long(work, unit):
    assert_linear(work, unit)


PAGES = {
    "<a ": "<a ", "<!--": "<!--", "<![ if ]>": "<![ if ]>", "<": "<", "</": "</", "&": "&",
    "&#9": "&#9", "&#999999999;": "&#999999999;", "&amp;": "&amp;", "<p>": "<p>a",
    "<div>": "<div>",
    "<b>": "<b>", "<table>": "<table>", "<td>": "<td>a", "<script": "<script ",
    "<script>": "<script>",
    "<style>": "<style>", "<ld+json": '<script type="application/ld+json">',
    "<meta": "<meta charset=",
    "paragraphs": "<p>The council met for an hour and talked about the wall.</p>\n", "text": "a ",
    "links": '<a href="b">a</a> ', "lists": "<li>a", "quotes": "<q>a ",
    "attributes": '<a b="c" d="',
    "entities of no kind": "&a", "spaces": " ", "lines": "\n", "marks": "“", "headings": "<h2>a",
    "blockquotes": "<blockquote>", "spans": "<span>a", "breaks": "<br>", "noscript": "<noscript>",
    "templates": "<template>", "images": "<img src=a>", "hidden": '<p style="display:none">a',
}  # fmt: skip


def page(text: str) -> object:
    start = f"<html><body><article><p>{'It is shut, she said. ' * 30}</p>"
    return ingested("a.html", f"{start}{text}</article></body></html>".encode())


@pytest.mark.parametrize("unit", PAGES.values(), ids=PAGES)
def test_p8_twice_the_page_takes_about_twice_as_long(unit):
    pytest.importorskip("trafilatura", reason="the extra html is not installed")
    assert_linear(page, unit)


VALUES = {
    "[": "[", "{": "{", "- ": "- ", "nested": "- a:\n", "list": "[a, ", "letters": "a",
    "quotes": '"',
    "apostrophes": "'", "colons": "a: ", "keys": "a{n}: b\n", "claims": "  c{n}: {{speaker: b}}\n",
    "misses": "  c{n}: {{speaker: b, said: 2030-01-02, printed: [{{in: a, words: c}}]}}\n",
    "comments": "# a\n", "anchors": "&a ", "aliases": "*a ", "tags": "!a ", "documents": "---\n",
    "lines": "\n", "blanks": " ", "literals": "|\n", "questions": "? ", "escapes": "\\x41",
    "unicode": "é", "invisible": "\u200b", "merges": "<<<<<<< a\n", "commas": "a, ", "tabs": "\t",
}  # fmt: skip


@pytest.mark.parametrize("unit", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("before", ["", "claims:\n", 'a: "', "a: [", "claims: {a: {speaker: "])
def test_p8_twice_the_record_takes_about_twice_as_long(unit, before):
    def record(text: str) -> object:
        return read_record({"data/claims.yaml": before + text})

    if "{n}" in unit:
        assert_linear(record, lambda n: "".join(unit.format(n=i) for i in range(n)))
    else:
        assert_linear(record, unit)


def assert_linear(work: Callable[[str], object], unit: str | Callable[[int], str]) -> None:
    """A text so long that the work can be measured; then one twice as long."""
    text = unit if callable(unit) else lambda n: unit * n
    most = LARGEST // len(text(1))
    n = min(500, most)
    while (once := cost(work, text(n))) < ENOUGH and n < most:
        n = min(4 * n, most)
    for _ in range(4):  # the machine may be busy otherwise
        twice = cost(work, text(2 * n))
        if twice < max(TWICE * once, ENOUGH):
            return
        once = max(once, cost(work, text(n)))
    raise AssertionError(f"{n} × {unit!r}: {once:.2f} s, twice as many: {twice:.2f} s")


def cost(work: Callable[[str], object], text: str) -> float:
    """Seconds of the processor."""
    fold.cache_clear()
    gc.collect()
    gc.freeze()  # what earlier tests left is not gone through again and again
    begins = time.process_time()
    try:
        with suppress(Refused):  # what is refused is done, too
            work(text)
        return time.process_time() - begins
    finally:
        gc.unfreeze()

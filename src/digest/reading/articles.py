"""A text becomes a dated Article: its header, its prose, and what stands apart from prose.

Offsets always refer to the untouched file. What the blocks are is told in ``blocks``; here
the file is decoded, its header or front matter read, and its own word on where it comes from
is mined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from digest.dates import Window
from digest.diagnostics import Diagnostic, Place, Refused
from digest.memo import Memo, Question
from digest.model.article import Article, Block, Kind, Provenance
from digest.reading.blocks import blocks
from digest.reading.marks import MARKS, stretches
from digest.reading.opening import FRONT, HEADER, window
from digest.yamltext import read

_START = 300  # µs for an article of few words; then two in five bytes
LARGEST = 2_000_000  # bytes of one article
_MOST = {"quotation marks": (MARKS, 5_000), "lines": ("\n", 50_000)}  # a novel has fewer
_SYNDICATED = re.compile(r"The post (?P<title>.+) appeared first on (?P<publisher>.+?)\.?$")
_ASKED = re.compile(
    r"(?:^|[.!?][”\"]? )(?P<publisher>[A-Z]\w*(?: [A-Z]\w*){0,3})"
    r" has (?:contacted|reached out to)\b"
)
_CAUTION = re.compile(r"[^.]*\b(?:[Tt]ranslat|original content)[^.]*\.")


def read_article(file: str, content: bytes) -> Article:
    """The article in ``seeds/FILE``.

    Raises Refused for what is not a text: not UTF-8 (with the byte), a NUL, more than two
    million bytes or more marks or lines than a novel, a header whose day is not in the calendar.
    """
    text = _decoded(f"seeds/{file}", content)
    _measure(f"seeds/{file}", text)
    front = FRONT.match(text) if file.endswith(".md") else None
    fields = _front_matter(front["fields"], f"seeds/{file}") if front else {}
    header = HEADER.match(text)
    begins = front.end() if front else header.end() if header else 0
    written = fields.get("published") or fields.get("date") or (header and header["day"])
    parts = blocks(text, begins, titled=not header)
    return Article(
        file=file,
        text=text,
        sha256=sha256(content).hexdigest(),
        dated=_dated(written, f"seeds/{file}") if written else None,
        blocks=parts,
        stretches=stretches(text, parts),
        provenance=_provenance(text, parts, fields),
    )


class _Read(Struct, frozen=True, array_like=True):
    """An article without its text, which its file has, or why there is none."""

    article: Article | None
    findings: list[Diagnostic] = []


def read_articles(
    seeds: Mapping[str, bytes], memo: Memo
) -> tuple[tuple[Article, ...], list[Diagnostic]]:
    """Every article in ``seeds/`` that can be read, and what is wrong with the others."""
    questions = [
        Question((file, content), partial(_read, file, content), _START + len(content) * 2 // 5)
        for file, content in seeds.items()
    ]
    read = memo.recall("articles", questions, _Read)
    for one, content in zip(read, seeds.values(), strict=True):
        if one.article and not one.article.text:
            # In place: what was worked out of an article that is kept stays with it.
            force_setattr(one.article, "text", content.decode())
    articles = tuple(one.article for one in read if one.article)
    return articles, [finding for one in read for finding in one.findings]


def _read(file: str, content: bytes) -> _Read:
    try:
        return _Read(replace(read_article(file, content), text=""))
    except Refused as refused:
        return _Read(None, list(refused.findings))


def _decoded(path: str, content: bytes) -> str:
    if len(content) > LARGEST:
        raise Refused(Diagnostic(Place(path), "article-size", f"more than {LARGEST:,} bytes"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} ({content[error.start]:#04x}) is not UTF-8"
        hint = "save the file as UTF-8"
        raise Refused(Diagnostic(Place(path, line), "article-encoding", message, (hint,))) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refused(
            Diagnostic(Place(path, line), "article-encoding", "a NUL: this is not a text")
        )
    return text


def _measure(path: str, text: str) -> None:
    for name, (signs, most) in _MOST.items():
        if sum(map(text.count, signs)) > most:
            message, hint = f"more than {most:,} {name}", "keep one article in one file"
            raise Refused(Diagnostic(Place(path), "article-size", message, (hint,)))


def _dated(written: str, path: str) -> Window:
    """The window of a header's day or month; a month is not its first day."""
    dated = window(written)
    if dated:
        return dated
    message = f'"{written}" is not a day or month of the calendar'
    hint = "write it as 2025-05-19, or as 2025-05 where only the month is known"
    raise Refused(Diagnostic(Place(path), "article-date", message, (hint,)))


def _front_matter(fields: str, path: str) -> dict[str, str]:
    tree = read("\n" + fields, path)  # one line down: the fields begin below the dashes
    found = tree.root if isinstance(tree.root, dict) else {}
    return {field: value for field, value in found.items() if isinstance(value, str)}


def _provenance(text: str, parts: tuple[Block, ...], fields: dict[str, str]) -> Provenance:
    """What the file says of its own origin."""
    kept: dict[Kind, str] = {}
    for block in parts:
        kept.setdefault(block.kind, block.span.of(text))
    syndicated = _SYNDICATED.search(kept.get("footer", ""))
    asked = _ASKED.search(text) if " has contacted" in text or " has reached out" in text else None
    caution = _CAUTION.search(kept.get("boilerplate", ""))
    byline = re.sub(r"^(?:written )?by ", "", kept.get("byline", ""), flags=re.IGNORECASE) or None
    named = syndicated or asked
    return Provenance(
        title=fields.get("title") or kept.get("title") or (syndicated and syndicated["title"]),
        standfirst=kept.get("standfirst"),
        # Who "wrote" a text that calls another the original printed it again.
        byline=fields.get("byline") or fields.get("author") or (None if caution else byline),
        publisher=fields.get("publisher") or (named and named["publisher"]),
        via=(byline,) if caution and byline else (),
        caution=caution.group().strip() if caution else None,
    )

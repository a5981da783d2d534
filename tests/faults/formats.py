"""The formats of a site, read as strictly as their standards have them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator


def strictly(text: str):
    """JSON as its standard has it: no NaN, no name twice, and nothing that is no character."""

    def once(pairs):
        assert len(dict(pairs)) == len(pairs), pairs
        return dict(pairs)

    def never(constant):
        raise AssertionError(constant)

    told = json.loads(text, object_pairs_hook=once, parse_constant=never)
    json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
    return told


def strings(told) -> Iterator[str]:
    """Every text in some JSON."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        yield from (
            text for key, value in told.items() for one in (key, value) for text in strings(one)
        )
    elif isinstance(told, list):
        yield from (text for one in told for text in strings(one))


def blocks(html: bytes) -> list[str]:
    """The blocks of JSON-LD in a page, as they are written."""
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', html.decode(), re.S)


def rfc_4180(text: str) -> list[list[str]]:
    """The rows of a file, by the grammar of the RFC and nothing more."""
    field = r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))'
    rows, at = [], 0
    while at < len(text):
        row = re.compile(rf"{field}(?:,{field})*\r\n").match(text, at)
        assert row, text[at : at + 80]
        cells = re.finditer(rf"{field}(?:,|\r\n)", row[0])
        rows.append([(one[1] or "").replace('""', '"') or one[2] or "" for one in cells])
        at = row.end()
    return rows

"""YAML as the project's own record has it: entries in blocks, small values on one line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any


def blocks(sections: Mapping[str, Mapping[str, Any]]) -> str:
    """Sections of entries by id; a field that is None is left out."""
    return "\n".join(
        line for name, section in sections.items() if section for line in _section(name, section)
    )


def _section(name: str, section: Mapping[str, Any]) -> Iterator[str]:
    yield f"{name}:"
    for id, entry in section.items():
        if isinstance(entry, Mapping):
            yield f"  {_flow(id)}:"
            for key, value in entry.items():
                yield from _field(key, value)
        else:
            yield f"  {_flow(id)}: {_flow(entry)}"
    yield ""


def _field(key: str, value: Any) -> Iterator[str]:
    if value is None:
        return
    if isinstance(value, list) and isinstance(value[0], Mapping):
        yield f"    {key}:"
        yield from (f"      - {_flow(part)}" for part in value)
    elif isinstance(value, str) and "\n" in value:
        yield f"    {key}: |"
        yield from (f"      {line}".rstrip() for line in value.splitlines())
    else:
        yield f"    {_flow(key)}: {_flow(value)}"


def _flow(value: Any) -> str:
    """A value on one line; words in double quotation marks, ids and days bare."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    bare = isinstance(value, date) or (text.isascii() and text.replace("-", "").isalnum())
    return text if bare else json.dumps(text, ensure_ascii=False)

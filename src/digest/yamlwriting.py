"""One entry written as YAML that reads back to the same, laid out as a curator would.

Scalars are double-quoted by the rules of JSON, with the few characters escaped that YAML takes
for line breaks or refuses; ids and days stand plain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*")
# Fields whose values are ids, days or words of a short list: they stand plain, as people write.
_OF_IDS = frozenset(
    "in of at speaker stance kind side said earliest latest published number pronoun tier".split()
)
_LONGEST_KEY = 200  # code points: YAML ends a plain "key: value" after 1,024
_WIDTH = 100


def scalar(words: str) -> str:
    r"""``words`` as a double-quoted scalar on one line.

    >>> scalar("“Don’t” \\ \"go\"\x85")
    '"“Don’t” \\\\ \\"go\\"\\u0085"'
    """
    written = json.dumps(words, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def flow(value: Any, key: str = "") -> str:
    """``value`` (strings, lists, mappings) on one line; ``key`` is the field it belongs to."""
    if isinstance(value, str):
        return value if key in _OF_IDS and _PLAIN.fullmatch(value) else scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_of(k)}: {flow(part, k)}" for k, part in value.items()) + "}"
    return "[" + ", ".join(flow(part, key) for part in value) + "]"


def entry(key: str, value: Any, indent: int = 0) -> str:
    """``key: value`` as lines in block layout, indented by so many blanks.

    >>> entry("a-claim", {"speaker": "jd-vance", "because": "no day"}).splitlines()
    ['a-claim:', '  speaker: jd-vance', '  because: "no day"']
    """
    blanks = " " * indent
    named = f"{key_of(key)}:" if len(key) <= _LONGEST_KEY else f"? {scalar(key)}\n{blanks}:"
    if _on_one_line(value, indent + len(named), nested=indent > 0):
        return f"{blanks}{named} {flow(value, key)}\n"
    if isinstance(value, Mapping):
        return f"{blanks}{named}\n{_fields(value, indent + 2)}"
    listed = "".join(item(part, indent + 2, key) for part in value)
    return f"{blanks}{named}\n{listed}"


def item(value: Any, indent: int, key: str = "") -> str:
    """``value`` as one item of a list in block layout."""
    blanks = " " * indent
    if _on_one_line(value, indent + 2, nested=True):
        return f"{blanks}- {flow(value, key)}\n"
    return f"{blanks}- {_fields(value, indent + 2)[indent + 2 :]}"


def _fields(value: Mapping[str, Any], indent: int) -> str:
    return "".join(entry(key, part, indent) for key, part in value.items())


def key_of(key: str) -> str:
    """``key`` as it stands before its colon."""
    return key if _PLAIN.fullmatch(key) else scalar(key)


def _on_one_line(value: Any, before: int, nested: bool) -> bool:
    """Whether ``value`` stands on the line of its key: words, or a short flat mapping or list."""
    if isinstance(value, str) or not value:
        return True
    parts = value.values() if isinstance(value, Mapping) else value
    flat = all(isinstance(part, str) for part in parts)
    return nested and flat and before + len(flow(value)) < _WIDTH

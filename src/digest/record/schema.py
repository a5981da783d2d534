"""The JSON Schema (2020-12) of the record and of ``site.yaml``, from the types of their entries.

Editors complete fields and show what they mean; ``digest check`` alone knows whether words stand
in their article. This program reads every scalar as a string; other tools load ``12`` as a number
and nothing as null (YAML 1.2), so the schema lets those stand wherever words may.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

import msgspec

from digest import address
from digest.model.entry import DismissedEntry, Entry, SiteEntry
from digest.record.parts import LISTS, SECTIONS

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WORDS: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
_WORDS_OR_NONE: Schema = {"type": ["string", "number", "boolean", "null"]}
_FIELD = re.compile(r" {4}(\w+): .*?(?:  #: (.*))?")
_ABOVE = re.compile(r" {4}#: (.*)")
_MEANS = {
    "stances": "The scale, in order: from staying in to having left.",
    "phrases": "Phrases that the concordance lists: a label, and every form that it may take.",
    "names": "Other spellings of a name, for searching only.",
    "articles": "The files in seeds/, each under the id of its page articles/<id>.html.",
    "speakers": "Who speaks, each under the id of their page speakers/<id>.html.",
    "events": "Day, place and order, once for several claims.",
    "claims": "Quotations, each under the id of its page quotes/<id>.html, which is for ever.",
    "reports": "Official acts and statements that an article tells only in its own words.",
    "dismissed": "Quoted stretches that are in no claim, by article: the stretch, and why.",
    "disagreements": "Where articles cannot all be right, or plainly differ.",
}


def record_schema() -> Schema:
    """The schema of ``data/claims.yaml`` and of each file in ``data/claims/``."""
    kinds = [*SECTIONS.values(), DismissedEntry]
    refs, defs = _components(kinds)
    entry = dict(zip(kinds, refs, strict=True))
    why = {"anyOf": [_WORDS, entry[DismissedEntry]]}
    sections: Schema = {
        **{name: _by_id(entry[kind]) for name, kind in SECTIONS.items()},
        "dismissed": _by_id(_by_label(why)),
        **{name: _by_label({"type": "array", "items": _WORDS}) for name in LISTS},
    }
    properties = {
        name: {"description": told, **sections[name], "type": ["object", "null"]}
        for name, told in _MEANS.items()
    }
    return {
        **_about("The record of a digest", "record", "data/claims.yaml"),
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": defs,
    }


def site_schema() -> Schema:
    """The schema of ``data/site.yaml``."""
    _, defs = _components([SiteEntry])
    site = {name: part for name, part in defs.pop("SiteEntry").items() if name != "description"}
    return {
        **_about("What is said of a digest as a whole", "site", "data/site.yaml"),
        **site,
        "$defs": defs,
    }


def _about(title: str, name: str, file: str) -> Schema:
    """What a schema says of itself, and how an editor is told of it."""
    line = f"# yaml-language-server: $schema=../schema/{name}.schema.json"
    told = f"Put this line at the top of {file}, with the way to this file: {line}"
    return {"$schema": _DIALECT, "title": title, "description": told}


def _by_id(value: Schema) -> Schema:
    """A mapping of ids, which can be addresses, to values."""
    return {**_by_label(value), "propertyNames": {"pattern": f"^{address.ID.pattern}$"}}


def _by_label(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


def _components(kinds: list[Any]) -> tuple[list[Schema], Schema]:
    """A reference to each of ``kinds``, and by name every type that they need."""
    refs, defs = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    types = {kind.__name__: kind for kind in (*_below(Entry), SiteEntry)}
    return list(refs), {name: _described(defs[name], types[name]) for name in sorted(defs)}


def _below(kind: Any) -> list[Any]:
    """Every type that is made from ``kind``."""
    return [one for made in kind.__subclasses__() for one in (made, *_below(made))]


def _described(schema: Schema, kind: Any) -> Schema:
    """The schema of an entry with the meaning of each field, and of the entry itself."""
    told = meanings(kind)
    names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
    properties = {
        name: {"description": told[names[name]], **_as_loaded(value)}
        for name, value in schema["properties"].items()
    }
    whole = {"description": str(kind.__doc__).replace("``", "`"), "properties": properties}
    return {key: part for key, part in {**schema, **whole}.items() if key != "title"}


def meanings(kind: Any) -> dict[str, str]:
    """What each field of an entry type means: the ``#:`` comment beside it or above it.

    Raises KeyError for a field of which nothing is said.

    >>> from digest.model.entry import Days
    >>> meanings(Days)["latest"]
    'The last day it can have been.'
    """
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base.__module__ == kind.__module__:
            above: list[str] = []
            for line in inspect.getsource(base).splitlines():
                if comment := _ABOVE.fullmatch(line):
                    above.append(comment[1])
                elif field := _FIELD.fullmatch(line):
                    found[field[1]] = " ".join([*above, field[2] or ""]).strip()
                    above = []
    return {field.name: found[field.name] for field in msgspec.structs.fields(kind)}


def _as_loaded(schema: Schema) -> Schema:
    """The schema of a value as other tools load it: nothing is null, and ``12`` a number."""
    schema = {key: part for key, part in schema.items() if (key, part) != ("default", None)}
    if "items" in schema:
        return {**schema, "items": _as_loaded(schema["items"])}
    if isinstance(schema.get("additionalProperties"), dict):
        return {**schema, "additionalProperties": _as_loaded(schema["additionalProperties"])}
    if schema.get("type") == "string" and "format" not in schema:
        return {**schema, **(_WORDS if schema.get("minLength") else _WORDS_OR_NONE)}
    if "anyOf" not in schema:
        return schema
    choices = [_as_loaded(one) for one in schema.pop("anyOf") if one != {"type": "null"}]
    return {**schema, **(choices[0] if len(choices) == 1 else {"anyOf": choices})}

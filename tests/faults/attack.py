"""A digest with something in every field, and other words in each of its texts.

What is a text is read from the types of the record, so a new field is among them. A text that
an article must hold changes there too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
import yaml

from digest.model import entry
from digest.record.entries import LISTS, SECTIONS
from tests.test_every_field import RECORD, SEEDS, SITE

Field = tuple[str, str]  # the type of an entry, and a field of it
Change = Callable[[Field, str], str]
# Names of other entries, and words by which something is found: a wrong one is refused.
BOUND: set[Field] = {
    *(("When", name) for name in ("words", "in", "after", "than")),
    *((kind, name) for kind in ("EventEntry", "ClaimEntry", "ReportEntry")
      for name in ("before", "after")),
    *((kind, name) for kind in ("ClaimEntry", "ReportEntry") for name in ("at", "stance")),
    *((kind, "in") for kind in ("EventEntry", "PrintedEntry", "ReportEntry", "SideEntry")),
    *((kind, "after") for kind in ("Again", "PrintedEntry", "DismissedEntry")),
    ("ArticleEntry", "file"), ("ClaimEntry", "speaker"), ("ClaimEntry", "formerly"),
    ("ReportEntry", "by"), ("DisagreementEntry", "follows"), ("DisagreementEntry", "claims"),
    ("DisagreementEntry", "event"),
}  # fmt: skip
MORE = """
They aftervorn “twicevorn” at noon, and someone else aftervorn too: “twicevorn” again.

A picture of the apartvorn pier by nobody.
"""


def digest() -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """The record and ``site.yaml`` as they are written, and the articles by their files."""
    record = yaml.load(RECORD, yaml.BaseLoader)
    site = yaml.load(SITE, yaml.BaseLoader)
    record["names"] = {"namevorn": ["othernamevorn"]}
    article, printed = record["articles"]["a"], record["claims"]["lovorn-shut"]["printed"][0]
    article["apart"] = ["A picture of the apartvorn pier by nobody."]
    record["speakers"]["ada-lovorn"]["pronoun"] = "pronounvorn"
    printed["again"].append({"words": "twicevorn", "after": "They aftervorn "})
    dismissed = {"because": "secondbecausevorn", "after": "someone else aftervorn too: "}
    record["dismissed"]["a"]["twicevorn"] = dismissed
    site["leads"]["side"] = "sidevorn"
    seeds = {name: text for name, text in SEEDS.items() if name in ("a.txt", "b.txt")}
    seeds["a.txt"] = seeds["a.txt"].replace("They call her", f"{MORE.strip()}\n\nThey call her")
    # A line that the words make longer would no longer be one that was broken by hand.
    lines = {name: re.sub(r"(?<!\n)\n(?!\n)", " ", text) for name, text in seeds.items()}
    return record, site, lines


def attacked(words: str, in_articles: str | None = None) -> Callable[[str], str]:
    """What puts these words into a text: behind each word of its own, or at its end.

    ``in_articles`` are those that a text has which an article must hold; None: the same.
    """
    printed = {word for text in digest()[2].values() for word in re.findall(r"\w*vorn\b", text)}
    inside = words if in_articles is None else in_articles

    def put(own: re.Match[str]) -> str:
        return own[0] + (inside if own[0] in printed else words)

    return lambda text: re.sub(r"\w*vorn\b", put, text) if "vorn" in text else text + words


def write(folder: Path, words: str, in_articles: str | None = None) -> set[Field]:
    """Write the digest with these words in each text; says in which fields they now stand."""
    record, site, seeds = digest()
    ids = {id for name in SECTIONS for id in record[name]}
    change, seen = attacked(words, in_articles), set[Field]()

    def mine(field: Field, text: str) -> str:
        if field in BOUND or text in ids:
            return text.replace("aftervorn", change("aftervorn"))
        seen.add(field)
        return change(text)

    dump(folder, rewritten(record, mine), walked(entry.SiteEntry, site, mine))
    for name, text in seeds.items():
        (folder / "seeds" / name).write_text(change(text), encoding="utf-8")
    return seen


def dump(folder: Path, record: dict[str, Any], site: dict[str, Any]) -> None:
    """Write a record and ``site.yaml``, each string between double quotation marks."""
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    for name, held in (("claims.yaml", record), ("site.yaml", site)):
        text = yaml.safe_dump(
            held, default_style='"', allow_unicode=True, sort_keys=False, width=10**9
        )
        (folder / "data" / name).write_text(text, encoding="utf-8")


def rewritten(record: dict[str, Any], change: Change) -> dict[str, Any]:
    """The record with every text changed."""
    made: dict[str, Any] = {}
    for name, section in deepcopy(record).items():
        if name in LISTS:
            forms = {label: [change((name, "forms"), form) for form in forms]
                     for label, forms in section.items()}  # fmt: skip
            made[name] = {change((name, "label"), label): each for label, each in forms.items()}
        elif name == "dismissed":
            made[name] = {
                article: {change((name, "words"), words): _dismissed(why, change)
                          for words, why in stretches.items()}
                for article, stretches in section.items()
            }  # fmt: skip
        else:
            made[name] = {id: walked(SECTIONS[name], one, change) for id, one in section.items()}
    return made


def _dismissed(why: Any, change: Change) -> Any:
    if isinstance(why, str):
        return change(("DismissedEntry", "because"), why)
    return walked(entry.DismissedEntry, why, change)


def walked(kind: type, written: dict[str, Any], change: Change) -> dict[str, Any]:
    """An entry with every text in it changed."""
    kinds = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    return {
        name: _changed(kinds[name], value, (kind.__name__, name), change)
        for name, value in written.items()
    }


def _changed(kind: Any, value: Any, field: Field, change: Change) -> Any:
    kinds = list(alternatives(kind))
    if isinstance(value, dict):
        entries = [one for one in kinds if isinstance(one, type) and issubclass(one, entry.Entry)]
        if entries:
            return walked(entries[0], value, change)
        return {key: change(field, each) for key, each in value.items()}
    if isinstance(value, list):
        of = next(get_args(one)[0] for one in kinds if get_origin(one) is list)
        return [_changed(of, each, field, change) for each in value]
    return change(field, value) if is_text(kind) else value


def alternatives(kind: Any) -> Iterator[Any]:
    """What a type allows, less what it says of their form."""
    if get_origin(kind) is Annotated:
        yield from alternatives(get_args(kind)[0])
    elif get_origin(kind) in (Union, UnionType):
        for one in get_args(kind):
            yield from alternatives(one)
    elif kind is not NoneType:
        yield kind


def is_text(kind: Any) -> bool:
    """Whether any words may stand there: no day, no choice, no address and no language."""
    if get_origin(kind) is Annotated:
        formed = any(getattr(one, "extra_json_schema", None) for one in get_args(kind)[1:])
        return not formed and is_text(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType, list, dict):
        return any(is_text(one) for one in get_args(kind))
    return kind is str


def fields() -> dict[Field, Any]:
    """Every field of the record and of ``site.yaml`` in which something is written out."""
    kinds = [one for one in vars(entry).values() if isinstance(one, type)]
    written = [one for one in kinds if issubclass(one, msgspec.Struct)]
    abstract = (entry.Entry, entry.Moment, msgspec.Struct)
    return {
        (kind.__name__, field.encode_name): field.type
        for kind in written
        if kind not in abstract
        for field in msgspec.structs.fields(kind)
        if not all(is_entry(one) for one in alternatives(field.type))
    }


def is_entry(kind: Any) -> bool:
    """Whether it is another entry, or a list of these, whose fields are counted on their own."""
    if get_origin(kind) is list:
        return all(is_entry(one) for one in alternatives(get_args(kind)[0]))
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def formed(kind: Any) -> bool:
    """Whether only a day, a choice, an address or a language may stand there."""
    return not is_text(kind) and any(
        one is str or one is date or get_origin(one) is Literal or get_origin(one) is list
        for one in alternatives(kind)
    )

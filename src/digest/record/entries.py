"""claims.yaml and site.yaml: typed entries that know their line.

Entries are converted one by one, and a faulty field is set aside so that the rest of its
entry is read too: one run reports every fault, and no fault hides another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec

from digest import address
from digest.diagnostics import Diagnostic, Place, Refused, did_you_mean
from digest.model import entry as types
from digest.model.record import OnRecord, Record
from digest.wording import invisible
from digest.yamltext import Path, Tree, read

E = TypeVar("E")
_SECTIONS: dict[str, type[types.Entry]] = {
    "stances": types.Stance,
    "articles": types.ArticleEntry,
    "speakers": types.SpeakerEntry,
    "events": types.EventEntry,
    "claims": types.ClaimEntry,
    "reports": types.ReportEntry,
    "disagreements": types.DisagreementEntry,
}
_LISTS = ("phrases", "names")
_QUOTED = frozenset({"words", "passage", "because", "again", "prompt", "apart", "short"})


def read_record(files: Iterable[tuple[str, str]]) -> tuple[Record, list[Diagnostic]]:
    """The record from its files, as (path, text), and every fault of form in them."""
    findings: list[Diagnostic] = []
    sections: dict[str, dict[str, Any]] = {name: {} for name in (*_SECTIONS, *_LISTS, "dismissed")}
    known: dict[str, set[str]] = {name: set() for name in _SECTIONS}
    for path, text in files:
        try:
            tree = read(text, path)
        except Refused as refused:
            findings += refused.findings
            continue
        findings += _merge(tree, sections, known)
    frozen = {name: frozenset(ids) for name, ids in known.items()}
    return Record(**sections, known=frozen), findings


def read_site(text: str, path: str) -> tuple[types.SiteEntry | None, list[Diagnostic]]:
    """``site.yaml`` as a whole, or None with what is wrong with it."""
    try:
        tree = read(text, path)
    except Refused as refused:
        return None, list(refused.findings)
    return _typed(types.SiteEntry, tree.root, tree, ())


def _merge(
    tree: Tree, sections: dict[str, Any], known: dict[str, set[str]]
) -> Iterator[Diagnostic]:
    """Add one file's sections to those of the files before it."""
    if not isinstance(tree.root, dict):
        yield Diagnostic(
            tree.place(), "record-shape", "the record is a mapping: claims, articles, …"
        )
        return
    yield from _hidden_characters(tree)
    for name, section in tree.root.items():
        if name not in sections:
            hints = did_you_mean(name, sections)
            yield Diagnostic(
                tree.place(name, key=True), "record-section", f'no section "{name}"', hints
            )
        elif not isinstance(section, dict):
            if section != "":  # "claims:" with nothing below it is an empty section
                message = f'"{name}" is a mapping of ids to entries'
                yield Diagnostic(tree.place(name), "record-shape", message)
        elif name == "dismissed":
            yield from _dismissals(tree, section, sections[name])
        elif name in _LISTS:
            yield from _lists(tree, name, section, sections[name])
        else:
            yield from _entries(tree, name, section, sections[name], known[name])


def _entries(
    tree: Tree, section: str, written: dict[str, Any], into: dict[str, Any], known: set[str]
) -> Iterator[Diagnostic]:
    """One section's entries, each id once in all files."""
    for id, value in written.items():
        place = tree.place(section, id, key=True)
        wrong = address.fault(id)
        if wrong:
            yield Diagnostic(place, "id-form", f'id "{id}": {wrong}')
            continue
        if id in known:
            yield Diagnostic(place, "id-repeated", f'{section} "{id}" again', _first(into, id))
            continue
        known.add(id)
        entry, findings = _typed(_SECTIONS[section], value, tree, (section, id))
        yield from findings
        if entry is not None:
            into[id] = OnRecord(id, entry, tree, (section, id))


def _first(into: dict[str, OnRecord[Any]], id: str) -> tuple[str, ...]:
    return (f"it stands first at {into[id].place()}",) if id in into else ()


def _dismissals(tree: Tree, written: dict[str, Any], into: dict[str, Any]) -> Iterator[Diagnostic]:
    """``article: {stretch: why}``, where why may be a mapping with ``because`` and ``after``."""
    for article, stretches in written.items():
        if not isinstance(stretches, dict):
            yield Diagnostic(
                tree.place("dismissed", article), "record-shape", "expected stretch: why"
            )
            continue
        for words, why in stretches.items():
            path = ("dismissed", article, words)
            value = {"because": why} if isinstance(why, str) else why
            entry, findings = _typed(types.DismissedEntry, value, tree, path)
            yield from findings
            if entry:
                known = into.setdefault(article, {})
                if words in known:
                    place = tree.place(*path, key=True)
                    message = f'"{words}" is dismissed already'
                    yield Diagnostic(place, "id-repeated", message, _first(known, words))
                known.setdefault(words, OnRecord(words, entry, tree, path))


def _lists(
    tree: Tree, name: str, written: dict[str, Any], into: dict[str, Any]
) -> Iterator[Diagnostic]:
    """``label: [form, form]``."""
    for label, forms in written.items():
        if label in into:
            yield Diagnostic(tree.place(name, label, key=True), "id-repeated", f'"{label}" again')
        elif isinstance(forms, list) and all(isinstance(form, str) and form for form in forms):
            into[label] = forms
        else:
            yield Diagnostic(
                tree.place(name, label), "record-shape", f'"{label}" is a list of words'
            )


def _typed(kind: type[E], value: Any, tree: Tree, path: Path) -> tuple[E | None, list[Diagnostic]]:
    """``value`` as a ``kind``, and every fault on the way there.

    msgspec reports one fault at a time: the field it names is taken out and the rest tried
    again, until it fits or what is missing cannot be done without.
    """
    findings: list[Diagnostic] = []
    rest = value
    while True:
        try:
            made = msgspec.convert(rest, kind)
            return (None if findings else made), findings
        except msgspec.ValidationError as error:
            steps, finding = _explained(str(error), kind, rest, tree, path)
            # A field is not also missing because its name or its value was wrong.
            if finding.rule != "field-missing" or not findings:
                findings.append(finding)
            if not steps or finding.rule == "field-missing":
                return None, findings
            rest = _copied(value) if rest is value else rest
            _take_out(rest, steps)


def _copied(value: Any) -> Any:
    """The same mappings and lists anew: what is taken out is not taken from the file."""
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _take_out(value: Any, steps: Path) -> None:
    for step in steps[:-1]:
        value = value[step]
    del value[steps[-1]]


def _explained(
    error: str, kind: Any, value: Any, tree: Tree, path: Path
) -> tuple[Path, Diagnostic]:
    """A msgspec error as a path below the entry and a finding in our words."""
    message, _, where = error.rpartition(" - at `$") if " - at `$" in error else (error, "", "")
    steps = tuple(
        int(s[1:-1]) if s[0] == "[" else s for s in re.findall(r"\[\d+\]|[^.\[\]`]+", where)
    )
    unknown = re.fullmatch(r"Object contains unknown field `(.*)`", message, re.DOTALL)
    if unknown:
        steps = (*steps, unknown[1])
        hints = did_you_mean(unknown[1], _fields(kind, steps[:-1]))
        place = tree.place(*path, *steps, key=True)
        return steps, Diagnostic(place, "field-unknown", f'no field "{unknown[1]}"', hints)
    place = tree.place(*path, *steps) if steps else tree.place(*path, key=bool(path))
    missing = re.fullmatch(r"Object missing required field `(.*)`", message)
    if missing:
        hint = f"add {missing[1]}: with its value"
        return steps, Diagnostic(place, "field-missing", f'"{missing[1]}" is missing', (hint,))
    hints = _choices(kind, steps) or _instead(message, kind, steps)
    empty = _at(value, steps) == ""
    told = "is empty" if empty else _plainly(message)
    return steps, Diagnostic(place, "field-type", told, hints)


def _plainly(message: str) -> str:
    """What msgspec says of a wrong value, in a curator's words."""
    if "RFC3339" in message:
        return "not a day: write it as 2025-05-19"
    choice = re.fullmatch(r"Invalid enum value '?(.*?)'?", message)
    if choice:
        return f'"{choice[1]}" is none of the words that may stand here'
    for theirs, ours in _THEIR_WORDS.items():
        message = message.replace(theirs, ours)
    return message[0].lower() + message[1:]


_THEIR_WORDS = {"`": "", "str": "words", "array": "list", "object": "mapping", " | null": ""}


def _choices(kind: Any, steps: Path) -> tuple[str, ...]:
    """The words that may stand in the field at ``steps``, where only some may."""
    within = _struct_at(kind, steps[:-1]) if steps else None
    for field in msgspec.structs.fields(within) if within else ():
        if field.encode_name == steps[-1] and get_origin(field.type) is Literal:
            return (f"one of: {', '.join(get_args(field.type))}",)
    return ()


def _instead(message: str, kind: Any, steps: Path) -> tuple[str, ...]:
    """What a mapping that was expected would hold."""
    fields = _fields(kind, steps) if "`object`" in message else []
    return (f"its fields: {', '.join(fields)}",) if fields else ()


def _fields(kind: Any, steps: Path) -> list[str]:
    """The fields that the type at ``steps`` below ``kind`` has, as they are written."""
    within = _struct_at(kind, steps)
    return [field.encode_name for field in msgspec.structs.fields(within)] if within else []


def _struct_at(kind: Any, steps: Path) -> Any:
    """The type of what stands at ``steps`` below a ``kind``; None where that is no mapping."""
    for step in steps:
        if isinstance(step, str):
            fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
            kind = fields.get(step)
        kind = next(_structs(kind), None)
        if kind is None:
            return None
    return kind


def _structs(kind: Any) -> Iterator[Any]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for part in getattr(kind, "__args__", ()):
        yield from _structs(part)


def _hidden_characters(tree: Tree) -> Iterator[Diagnostic]:
    """Curated words hold no character that cannot be seen, and no comment cuts them."""
    if not tree.plain:
        yield from _hidden_in(tree)
    for path in sorted(tree.cut, key=tree.values.__getitem__):
        if _QUOTED & set(path):
            hint = "put the words in double quotation marks"
            message = "a comment begins here: is it part of the words?"
            yield Diagnostic(tree.place(*path), "words-cut", message, (hint,), "warning")


def _hidden_in(tree: Tree) -> Iterator[Diagnostic]:
    for path in (*tree.values, *tree.keys):
        text = path[-1] if path in tree.keys and isinstance(path[-1], str) else ""
        yield from _hidden(text, tree.place(*path, key=True))
    for path in tree.values:
        value = _at(tree.root, path)
        if isinstance(value, str):
            yield from _hidden(value, tree.place(*path))


def _hidden(text: str, place: Place) -> Iterator[Diagnostic]:
    unseen = None if text.isprintable() else invisible(text)
    if unseen:
        message = f"holds the invisible character U+{ord(unseen):04X}"
        yield Diagnostic(place, "words-invisible", message, ("type the words again without it",))


def _at(root: Any, path: Path) -> Any:
    for step in path:
        root = root[step]
    return root

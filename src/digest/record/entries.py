"""claims.yaml and site.yaml: typed entries that know their line.

Entries are converted one by one, and a faulty field is set aside so that the rest of its
entry is read too: one run reports every fault, and no fault hides another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from digest import address
from digest.diagnostics import Diagnostic, Place, Refused, did_you_mean
from digest.model import entry as types
from digest.model import language
from digest.model.record import OnRecord, Record
from digest.record.faults import at, explained
from digest.wording import invisible
from digest.yamltext import Path, Tree, read

E = TypeVar("E")
SECTIONS: dict[str, type[types.Entry]] = {
    "stances": types.Stance,
    "articles": types.ArticleEntry,
    "speakers": types.SpeakerEntry,
    "events": types.EventEntry,
    "claims": types.ClaimEntry,
    "reports": types.ReportEntry,
    "disagreements": types.DisagreementEntry,
}
LISTS = ("phrases", "names")
_QUOTED = frozenset({"words", "passage", "because", "again", "prompt", "apart", "short"})


def read_record(files: Iterable[tuple[str, str]]) -> tuple[Record, list[Diagnostic]]:
    """The record from its files, as (path, text), and every fault of form in them."""
    findings: list[Diagnostic] = []
    sections: dict[str, dict[str, Any]] = {name: {} for name in (*SECTIONS, *LISTS, "dismissed")}
    known: dict[str, set[str]] = {name: set() for name in SECTIONS}
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
    entry, findings = _typed(types.SiteEntry, tree.root, tree, ())
    return entry, [*findings, *(_check_site(entry, tree) if entry else ())]


def _check_site(entry: types.SiteEntry, tree: Tree) -> Iterator[Diagnostic]:
    """The language has a name that browsers know, and the address begins as one of the web."""
    wrong = language.fault(entry.language)
    if wrong:
        yield Diagnostic(tree.place("language"), "lang-tag", wrong, (language.HINT,))
    if entry.base_url is not None and not entry.base_url.startswith(("https://", "http://")):
        message, hint = "is not an address on the web", "begin it with https://"
        yield Diagnostic(tree.place("base_url"), "site-address", message, (hint,))


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
            hints = did_you_mean(name, sections) or (f"one of: {', '.join(sections)}",)
            yield Diagnostic(
                tree.place(name, key=True), "record-section", f'no section "{name}"', hints
            )
        elif not isinstance(section, dict):
            if section != "":  # "claims:" with nothing below it is an empty section
                message = f'"{name}" is a mapping of ids to entries'
                yield Diagnostic(tree.place(name), "record-shape", message)
        elif name == "dismissed":
            yield from _dismissals(tree, section, sections[name])
        elif name in LISTS:
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
        entry, findings = _typed(SECTIONS[section], value, tree, (section, id))
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
            steps, finding = explained(str(error), kind, rest, tree, path)
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
        value = at(tree.root, path)
        if isinstance(value, str):
            yield from _hidden(value, tree.place(*path))


def _hidden(text: str, place: Place) -> Iterator[Diagnostic]:
    unseen = None if text.isprintable() else invisible(text)
    if unseen:
        message = f"holds the invisible character U+{ord(unseen):04X}"
        yield Diagnostic(place, "words-invisible", message, ("type the words again without it",))

"""claims.yaml and site.yaml: typed entries that know their line.

Entries are converted one by one, and a faulty field is set aside so that the rest of its
entry is read too: one run reports every fault, and no fault hides another.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeVar

import msgspec

from digest import address
from digest.diagnostics import SHOWN, Diagnostic, Place, Refused, did_you_mean
from digest.model import entry as types
from digest.model import language
from digest.record.faults import at, explained, lacks, written_at
from digest.record.parts import LISTS, SECTIONS, Kept, Part
from digest.wording import invisible
from digest.yamlskim import Written
from digest.yamltext import Path, Tree

E = TypeVar("E")
_MOST = 1_000  # faults of one file: then the rest of it is not read
_QUOTED = frozenset({"words", "passage", "because", "again", "prompt", "apart", "short"})


def read_part(path: str, text: str) -> Part:
    """One file of the record, as far as it can be read."""
    file = Written(text, path)
    sections: dict[str, Any] = {"known": {}}
    try:
        findings = list(islice(_sections(file, sections), _MOST))
    except Refused as refused:
        return Part(list(refused.findings))
    if len(findings) == _MOST:
        findings.append(_unread(findings[-1]))
    return Part(findings, **sections)


def _unread(last: Diagnostic) -> Diagnostic:
    """More faults than anybody mends in one go."""
    message = f"{_MOST:,} faults up to here: the rest of this file was not read"
    return Diagnostic(last.place, "yaml-unread", message, ("mend those above first",))


def read_site(text: str, path: str) -> tuple[types.SiteEntry | None, list[Diagnostic]]:
    """``site.yaml`` as a whole, or None with what is wrong with it."""
    file = Written(text, path)
    try:
        entry, findings = _typed(types.SiteEntry, file.root, file, ())
    except Refused as refused:
        return None, list(refused.findings)
    return entry, [*findings, *(_check_site(entry, file) if entry else ())]


def _check_site(entry: types.SiteEntry, file: Written) -> Iterator[Diagnostic]:
    """The language has a name that browsers know, and the address begins as one of the web."""
    wrong = language.fault(entry.language)
    if wrong:
        yield Diagnostic(file.place("language"), "lang-tag", wrong, (language.HINT,))
    if entry.base_url is not None and not entry.base_url.startswith(("https://", "http://")):
        message, hint = "is not an address on the web", "begin it with https://"
        yield Diagnostic(file.place("base_url"), "site-address", message, (hint,))


def _sections(file: Written, into: dict[str, Any]) -> Iterator[Diagnostic]:
    """Every section of a file, put into a mapping by its name."""
    if not isinstance(file.root, dict):
        message = "the record is a mapping: claims, articles, …"
        yield Diagnostic(file.place(), "record-shape", message)
        return
    yield from _hidden_characters(file)
    named = (*SECTIONS, *LISTS, "dismissed")
    for name, section in file.root.items():
        if name not in named:
            hints = did_you_mean(name, named) or (f"one of: {', '.join(named)}",)
            place = file.place(name, key=True)
            yield Diagnostic(place, "record-section", f'no section "{name}"', hints)
        elif not isinstance(section, dict):
            if section != "":  # "claims:" with nothing below it is an empty section
                message = f'"{name}" is a mapping of ids to entries'
                yield Diagnostic(file.place(name), "record-shape", message)
        elif name == "dismissed":
            yield from _dismissals(file, section, into.setdefault(name, {}))
        elif name in LISTS:
            yield from _lists(file, name, section, into.setdefault(name, {}))
        else:
            into["known"][name] = list(section)
            yield from _entries(file, name, section, into.setdefault(name, {}))


def _entries(
    file: Written, section: str, written: dict[str, Any], into: dict[str, Any]
) -> Iterator[Diagnostic]:
    """One section's entries."""
    for id, value in written.items():
        wrong = address.fault(id)
        if wrong:
            place = file.place(section, id, key=True)
            yield Diagnostic(place, "id-form", f'id "{id[:120]}": {wrong}')
            continue
        entry, findings = _typed(SECTIONS[section], value, file, (section, id))
        yield from findings
        if entry is not None:
            into[id] = Kept(entry, file.at(section, id))


def _dismissals(
    file: Written, written: dict[str, Any], into: dict[str, Any]
) -> Iterator[Diagnostic]:
    """``article: {stretch: why}``, where why may be a mapping with ``because`` and ``after``."""
    for article, stretches in written.items():
        if not isinstance(stretches, dict):
            place = file.place("dismissed", article)
            yield Diagnostic(place, "record-shape", "expected stretch: why")
            continue
        for words, why in stretches.items():
            path = ("dismissed", article, words)
            value = {"because": why} if isinstance(why, str) else why
            entry, findings = _typed(types.DismissedEntry, value, file, path)
            yield from findings
            if entry:
                into.setdefault(article, {})[words] = Kept(entry, file.at(*path))


def _lists(
    file: Written, name: str, written: dict[str, Any], into: dict[str, Any]
) -> Iterator[Diagnostic]:
    """``label: [form, form]``."""
    for label, forms in written.items():
        if isinstance(forms, list) and all(isinstance(form, str) and form for form in forms):
            into[label] = forms
        else:
            place = file.place(name, label)
            yield Diagnostic(place, "record-shape", f'"{label}" is a list of words')


def _typed(
    kind: type[E], value: Any, file: Written, path: Path
) -> tuple[E | None, list[Diagnostic]]:
    """``value`` as a ``kind``, and every fault on the way there.

    msgspec reports one fault at a time: the field it names, or what lacks one, is taken out and
    the rest tried again, until it fits or nothing is left.
    """
    findings: list[Diagnostic] = []
    rest = value
    out: dict[Path, list[Any]] = {}  # what was taken out, by where it stood
    while len(findings) < SHOWN:
        try:
            made = msgspec.convert(rest, kind)
            return (None if findings else made), findings
        except msgspec.ValidationError as error:
            steps, finding = explained(str(error), kind, rest, file, path, out)
            # Nothing is also missing because its name or its value was wrong.
            if not (lacks(finding) and written_at(steps, out) in out):
                findings.append(finding)
            if not steps:
                break
            rest = _copied(value) if rest is value else rest
            *above, last = written_at(steps, out)
            insort(out.setdefault(tuple(above), []), last)
            _take_out(rest, steps)
    return None, findings


def _copied(value: Any) -> Any:
    """The same mappings and lists anew: what is taken out is not taken from the file."""
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return [_copied(part) for part in value] if isinstance(value, list) else value


def _take_out(value: Any, steps: Path) -> None:
    for step in steps[:-1]:
        value = value[step]
    del value[steps[-1]]


def _hidden_characters(file: Written) -> Iterator[Diagnostic]:
    """Curated words hold no character that cannot be seen, and no comment cuts them."""
    if file.plain:
        return
    tree = file.tree
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

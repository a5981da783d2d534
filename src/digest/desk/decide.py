"""A proposal is decided: taken into the record, or dismissed with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from digest import address
from digest.dates import a_day
from digest.desk import naming
from digest.desk.files import (
    Check,
    at_work,
    refuse_new_faults,
    with_record,
)
from digest.desk.propose import speaker_called
from digest.desk.waiting import Waiting, waiting_as
from digest.diagnostics import Diagnostic, Place, Refused, did_you_mean
from digest.folder import Folder
from digest.model.record import Record
from digest.record.parts import read_record
from digest.written import remove, rewrite
from digest.yamlediting import with_entry, with_item, without_entry

Fields = dict[str, Any]
_ORDER = "speaker at said when because venue medium stance condition leaving short printed".split()
_WINDOW = re.compile(r"(?:(\d{4}-\d\d-\d\d)?\.\.)?(\d{4}-\d\d-\d\d)")


class Choice(Struct, frozen=True):
    """What the curator decides otherwise than proposed, or beyond it; None: as proposed."""

    speaker: str | None = None  # an id, a name, or a description ("a Western diplomat")
    said: str | None = None  # a day, FROM..TO, or ..TO
    when: str | None = None  # the article's words for the day
    because: str | None = None  # why the day
    stance: str | None = None
    condition: str | None = None
    leaving: str | None = None
    id: str | None = None  # of the claim: its address, for ever


class Decided(Struct, frozen=True):
    """What was written."""

    ref: str
    claim: str | None  # the claim that was written, or printed again; None: dismissed
    path: str  # the file of the record that has it now
    left: tuple[str, ...]  # what is still to be decided of the article, as ARTICLE/NUMBER


def take(root: Path, ref: str, choice: Choice, check: Check) -> Decided:
    """Move a proposal into ``data/claims/ARTICLE.yaml``, or a further printing to its claim.

    The real check is run on the result first. Raises Refused, with nothing written, for what
    would not verify, an unknown name or stance, and a layout that leaves no place.
    """
    with at_work(root) as folder:
        found = waiting_as(ref, folder)
        record, _ = read_record(folder.record)
        texts = _Texts(folder, found, record)
        claim = choice.id or found.proposal.of or found.id
        if _stands(claim, found, record):  # this was cut short before the proposal was struck out
            pass
        elif found.proposal.of is not None:
            claim = _printed_again(texts, found, choice, record)
        else:
            claim = _taken(texts, found, choice, record)
        return _settled(root, folder, found, texts, claim, check)


def dismiss(root: Path, ref: str, because: str, check: Check) -> Decided:
    """Dismiss the stretches of a proposal: one line each under ``dismissed:``, with the reason."""
    with at_work(root) as folder:
        found = waiting_as(ref, folder)
        record, _ = read_record(folder.record)
        texts = _Texts(folder, found, record)
        known = record.dismissed.get(found.proposed.article, {})
        for words in (one for one in dict.fromkeys(found.proposal.stretches) if one not in known):
            texts.add(("dismissed", found.proposed.article), words, because)
        return _settled(root, folder, found, texts, None, check)


class _Texts:
    """The texts of the record as they are to be: the article's own file, and others it touches."""

    def __init__(self, folder: Folder, found: Waiting, record: Record) -> None:
        self.folder = folder
        self.own = f"data/claims/{found.proposed.article}.yaml"
        self.changed: dict[str, str] = {}
        if found.proposed.article not in record.known["articles"]:
            self.add(("articles",), found.proposed.article, found.proposed.entry)

    def add(self, where: tuple[str, ...], key: str, value: Any) -> None:
        """One entry more in the article's own file."""
        self.changed[self.own] = with_entry(self._text(self.own), self.own, where, key, value)

    def add_item(self, path: str, where: tuple[str | int, ...], value: Any) -> None:
        """One more in a list of any file of the record."""
        self.changed[path] = with_item(self._text(path), path, where, value)

    def _text(self, path: str) -> str:
        return self.changed.get(path, self.folder.record.get(path, ""))


def _stands(claim: str, found: Waiting, record: Record) -> bool:
    """Whether the record has this very printing already."""
    if claim not in record.claims:
        return False
    sought = (found.proposed.article, found.proposal.stretches)
    for one in record.claims[claim].entry.printed:
        words = [one.words] if isinstance(one.words, str) else one.words
        again = [more if isinstance(more, str) else more.words for more in one.again]
        if (one.in_, [*words, *again]) == sought:
            return True
    return False


def _taken(texts: _Texts, found: Waiting, choice: Choice, record: Record) -> str:
    """A new claim, with its speaker where the record has none yet."""
    proposed = found.proposal.claim
    if proposed is None:  # stretches that seemed to be nobody's: somebody says them after all
        words: Any = found.proposal.terms
        article = found.proposed.article
        printed = {"in": article, "words": words[0] if len(words) == 1 else words}
        proposed = {"printed": [printed]}
    speaker = choice.speaker or proposed.get("speaker")
    if speaker is None:
        hint = f'digest take {found.ref} --speaker "who says it"'
        raise _refused(found, "speaker-open", "the article does not say who speaks", hint)
    id, entry = _speaker(speaker, found, record)
    if entry:
        texts.add(("speakers",), id, entry)
    claim = choice.id or found.id
    known = record.known["claims"] | record.known["reports"]
    wrong = address.fault(claim) or ("is the id of another statement" if claim in known else None)
    if wrong:
        raise _refused(found, "id-form", f'id "{claim}": {wrong}')
    fields = {**proposed, "speaker": id, **_dated(choice, proposed, found)}
    fields |= _on_the_scale(choice, found, record)
    kept = {name: fields[name] for name in _ORDER if fields.get(name)}
    texts.add(("claims",), claim, kept | {k: v for k, v in fields.items() if k not in _ORDER})
    return claim


def _printed_again(texts: _Texts, found: Waiting, choice: Choice, record: Record) -> str:
    """One more printing of a claim that the record has."""
    claim = str(found.proposal.of)
    if choice != Choice():
        message = f'is a further printing of "{claim}", which has its speaker, day and stance'
        raise _refused(found, "printing-only", message, f"digest take {found.ref}")
    if claim not in record.claims:
        hints = did_you_mean(claim, record.known["claims"])
        raise _refused(found, "id-unknown", f'no claim "{claim}"', *hints)
    on_record = record.claims[claim]
    where = (*on_record.path, "printed")
    texts.add_item(on_record.written.path, where, found.proposal.printed)
    return claim


def _speaker(named: str, found: Waiting, record: Record) -> tuple[str, Fields | None]:
    """The id of a speaker, and the entry to write where the record has none.

    An id is looked up; a name or description that nobody has becomes a new speaker of no kind,
    which the curator refines.
    """
    known = speaker_called(named, record)
    if known:
        return known, None
    waiting = found.proposed.speakers
    if named in waiting:
        return named, waiting[named]
    if re.fullmatch(r"[a-z0-9-]+", named):
        hints = did_you_mean(named, (*record.known["speakers"], *waiting))
        hint = 'for somebody new give the name: --speaker "Ann Lee"'
        raise _refused(found, "id-unknown", f'no speaker "{named}"', *(hints or (hint,)))
    field = "name" if named[:1].isupper() else "unnamed"
    taken = {*record.known["speakers"], *waiting}
    id = naming.free(naming.slug(named), taken, f"speaker-{found.id[:80]}")
    return id, {field: named, "kind": "other"}


def _dated(choice: Choice, proposed: Mapping[str, Any], found: Waiting) -> Fields:
    """The day as chosen; a day of the curator's own does without the words proposed for another."""
    fields: Fields = {"because": choice.because} if choice.because else {}
    fields |= {"when": {"words": choice.when}} if choice.when else {}
    if choice.said is None:
        return fields
    written = _WINDOW.fullmatch(choice.said)
    days = [day for day in written.groups() if day] if written else []
    if not written or any(a_day(day) is None for day in days):
        hint = "write 2025-05-19, or 2025-05-01..2025-05-04, or ..2025-05-04"
        raise _refused(found, "day-form", f'"{choice.said}" is not a day or window', hint)
    first = {"earliest": days[0]} if len(days) == 2 else {}
    said = {**first, "latest": days[-1]} if ".." in choice.said else days[0]
    return {"when": None, "because": None, **fields, "said": said}


def _on_the_scale(choice: Choice, found: Waiting, record: Record) -> Fields:
    """Stance, condition and what is left, as chosen."""
    if choice.stance is not None and choice.stance not in record.stances:
        known = ", ".join(record.stances) or "the record has no stances: yet"
        hints = did_you_mean(choice.stance, record.stances)
        raise _refused(
            found, "id-unknown", f'no stance "{choice.stance}"', *hints, f"one of: {known}"
        )
    chosen = {name: getattr(choice, name) for name in ("stance", "condition", "leaving")}
    return {name: value for name, value in chosen.items() if value}


def _settled(
    root: Path, folder: Folder, found: Waiting, texts: _Texts, claim: str | None, check: Check
) -> Decided:
    """Check the result, write the record, and only then strike the proposal out.

    Killed in between, the proposal is still there, and what it says has been taken.
    """
    proposed = found.proposed
    if texts.changed:
        refuse_new_faults(folder, with_record(folder, texts.changed), check)
    waits = folder.proposed[proposed.path]
    last = len(proposed.proposals) == 1
    rest = "" if last else without_entry(waits, proposed.path, ("proposals",), found.id)
    for path, text in texts.changed.items():
        rewrite(root, path, folder.record.get(path, ""), text)
    if last:
        remove(root, proposed.path)
    else:
        rewrite(root, proposed.path, waits, rest)
    left = (one.number for id, one in proposed.proposals.items() if id != found.id)
    path = next(reversed(texts.changed), texts.own)
    return Decided(found.ref, claim, path, tuple(f"{proposed.article}/{number}" for number in left))


def _refused(found: Waiting, rule: str, message: str, *hints: str) -> Refused:
    return Refused(Diagnostic(Place(found.proposed.path), rule, f"{found.ref}: {message}", hints))

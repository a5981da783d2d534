"""Every id that names something names something that is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from msgspec import structs

from digest import address
from digest.diagnostics import SHOWN, Diagnostic, Place, did_you_mean
from digest.model.entry import ArticleEntry, When
from digest.model.record import OnRecord, Record

_EITHER = "claims or reports"
# The fields of claims, reports, events and disagreements that are an id, and of which section.
_NAMING = {
    "speaker": "speakers",
    "by": "speakers",
    "at": "events",
    "stance": "stances",
    "before": "events",
    "after": "events",
    "event": "events",
}
Step = str | int
Reference = tuple[OnRecord[Any], tuple[Step, ...], str, str]  # entry, field, section, id


def check_references(record: Record, kept: Collection[str] = ()) -> Iterator[Diagnostic]:
    """An id is that of an entry; an entry that is at fault itself still has its id.

    ``kept`` are speakers whose pages were published: they stay, though nothing names them.
    """
    used = {("speakers", id) for id in kept}
    known = {**record.known, _EITHER: record.known["claims"] | record.known["reports"]}
    told = 0
    for entry, steps, section, id in _references(record):
        used.add((section, id))
        if id not in known[section]:
            hints = _meant(id, known[section], steps) if told < SHOWN else ()
            told += 1
            what = section.removesuffix("s").replace("claims or report", "claim or report")
            yield entry.finding("id-unknown", f'no {what} "{id}"', *steps, hints=hints)
    if all(len(record.known[section]) == len(getattr(record, section)) for section in record.known):
        yield from _unused(record, used)  # an entry at fault may name what seems unused
    yield from _named_once(record)
    for article, stretches in record.dismissed.items():
        if article not in known["articles"]:
            first = next(iter(stretches.values()))
            place = first.written.place("dismissed", article, key=True)
            hints = did_you_mean(article, known["articles"]) if told < SHOWN else ()
            told += 1
            yield Diagnostic(place, "id-unknown", f'no article "{article}"', hints)
    yield from _former_ids(record)
    yield from _thresholds(record)
    yield from _outside(record)
    for id in record.known["claims"] & record.known["reports"]:
        if id in record.reports:
            yield record.reports[id].finding("id-repeated", f'"{id}" is a claim too')


def check_any_claims(record: Record) -> Iterator[Diagnostic]:
    """A record without a claim is a slip: publishing it would take every quotation down."""
    if not record.known["claims"]:
        message = "there is no claim in the record"
        yield Diagnostic(Place("data/claims.yaml"), "record-empty", message)


def _named_once(record: Record) -> Iterator[Diagnostic]:
    """A speaker has a name, or a description; one of the two."""
    for speaker in record.speakers.values():
        if bool(speaker.entry.name) == bool(speaker.entry.unnamed):
            both = "has a name and is unnamed" if speaker.entry.name else "has no name"
            hint = "give name:, or unnamed: with a description such as a European official"
            yield speaker.finding("speaker-name", both, hints=(hint,))


def _former_ids(record: Record) -> Iterator[Diagnostic]:
    """An id of the past can be an address and is nobody else's, now or then."""
    taken = {id: f'the id of the claim "{id}"' for id in record.known["claims"]}
    for claim in record.claims.values():
        for index, old in enumerate(claim.entry.formerly):
            wrong = f"is {taken[old]}" if old in taken else address.fault(old)
            if wrong:
                hint = ("leave it out, or give the address that was published",)
                yield claim.finding("id-former", f'"{old}" {wrong}', "formerly", index, hints=hint)
            taken.setdefault(old, f'a former id of "{claim.id}"')


def _thresholds(record: Record) -> Iterator[Diagnostic]:
    """The scale has one line at most, which the picture draws below one step."""
    having = [stance for stance in record.stances.values() if stance.entry.threshold]
    for stance in having[1:]:
        hint = f"the line stands at {having[0].place('threshold')}; keep one of the two"
        message = "a second threshold in the scale"
        yield stance.finding("stance-threshold", message, "threshold", hints=(hint,))


def _outside(record: Record) -> Iterator[Diagnostic]:
    """What is known from outside the file is a field of its article."""
    fields = [field.encode_name for field in structs.fields(ArticleEntry)]
    for article in record.articles.values():
        for name in article.entry.outside:
            if name not in fields:
                place = article.place("outside", name, key=True)
                hints = did_you_mean(name, fields) or (f"one of: {', '.join(fields)}",)
                yield Diagnostic(place, "field-unknown", f'no field "{name}"', hints)


def _unused(record: Record, used: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    """A speaker whom nothing names is a slip of the pen, or left over."""
    for id, speaker in record.speakers.items():
        if ("speakers", id) not in used:
            yield speaker.finding("entry-unused", f'nothing names "{id}"', severity="warning")


def _meant(id: str, known: frozenset[str], steps: tuple[Step, ...]) -> tuple[str, ...]:
    """The id that is probably meant by one that names nothing."""
    if steps != ("follows",):
        return did_you_mean(id, known)
    return did_you_mean(id, (*known, "neither")) or ("an article's id, or neither",)


def _references(record: Record) -> Iterator[Reference]:
    for claim in record.claims.values():
        yield from _named(claim)
        for index, printed in enumerate(claim.entry.printed):
            yield claim, ("printed", index, "in"), "articles", printed.in_
    for report in record.reports.values():
        yield from _named(report)
        yield report, ("in",), "articles", report.entry.in_
    for event in record.events.values():
        yield from _named(event)
        if event.entry.in_ is not None:
            yield event, ("in",), "articles", event.entry.in_
    for disagreement in record.disagreements.values():
        yield from _named(disagreement)
        yield from _disagreement(disagreement)


def _named(entry: OnRecord[Any]) -> Iterator[Reference]:
    own = entry.entry
    for field, section in _NAMING.items():
        id = getattr(own, field, None)
        if id is not None:
            yield entry, (field,), section, id
    if when := getattr(own, "when", None):
        yield from _when(entry, when, ())


def _when(entry: OnRecord[Any], when: When, steps: tuple[Step, ...]) -> Iterator[Reference]:
    if when.in_:
        yield entry, (*steps, "when", "in"), "articles", when.in_
    if when.than:
        yield entry, (*steps, "when", "than"), "events", when.than


def _disagreement(entry: OnRecord[Any]) -> Iterator[Reference]:
    for index, side in enumerate(entry.entry.sides):
        yield entry, ("sides", index, "in"), "articles", side.in_
        if side.when:
            yield from _when(entry, side.when, ("sides", index))
    if entry.entry.follows != "neither":
        yield entry, ("follows",), "articles", entry.entry.follows
    for index, id in enumerate(entry.entry.claims):
        yield entry, ("claims", index), _EITHER, id

"""What the commands of the desk tell: what was read, what is to decide, what to type next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.desk.add import Added
    from digest.model.article import Article
    from digest.reading.quotation import Quotation
    from digest.record.proposals import Proposal

_DASH = re.compile(r"[—–―]\s")  # opens a line of dialogue
_SHOWN = 70  # code points of a quotation in a list


def as_json_object(one: Quotation) -> dict[str, Any]:
    """One quotation in the form that other programs rely on."""
    said = one.said
    days = (
        [day.isoformat() if day else None for day in (said.earliest, said.latest)] if said else []
    )
    return {
        "segments": [{"start": s.start, "end": s.end, "text": s.text} for s in one.segments],
        "speaker": one.speaker,
        "mention": one.mention,
        "cue": one.cue,
        "said": {"earliest": days[0], "latest": days[1], "because": said.because} if said else None,
        "venue": one.venue,
        "flags": list(one.flags),
        "tier": one.tier,
        "because": one.because,
    }


def read_lines(one: Quotation, article: Article) -> Iterator[str]:
    """One quotation for a person to read."""
    place = article.place(one.segments[0].start)
    words = " … ".join(" ".join(part.text.split()) for part in one.segments)
    who = one.speaker or one.mention or "nobody named"
    day = one.said and one.said.latest and f", {_days(one.said.earliest, one.said.latest)}"
    yield f"{place.line}:{place.column}  {who}{day or ''} ({one.tier}): “{_short(words)}”"
    yield f"    {one.because}"
    if one.said:
        yield f"    {one.said.because}"
    if one.flags:
        yield f"    {', '.join(one.flags)}"


def _days(earliest: date | None, latest: date) -> str:
    from digest.dates import Window

    return str(Window(earliest, latest))


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else words[:_SHOWN].rpartition(" ")[0] + " …"


def about(added: Added) -> Iterator[str]:
    """The article: what it is called, and what its file says of it."""
    where = "kept as" if added.new else "is here already:"
    yield f"{where} seeds/{added.file}"
    own = added.article.provenance
    entry = added.proposed.entry if added.proposed else {}
    known = [own.title, own.byline and f"by {own.byline}", entry.get("publisher", own.publisher)]
    known += [f"via {outlet}" for outlet in entry.get("via", own.via)]
    day = f"of {added.published}" if added.published else "no day found: give it with --published"
    yield "  " + ", ".join([*(_short(one) for one in known if one), day])
    dashes = sum(
        bool(_DASH.match(added.article.text, one.span.start)) for one in added.article.blocks
    )
    if dashes:
        told = "paragraph opens" if dashes == 1 else "paragraphs open"
        yield f"  {dashes} {told} with a dash: speech without quotation marks cannot be claimed"
    if added.copy_of:
        yield f"  a copy of {added.copy_of}: its words become further printings of the same claims"


def to_decide(added: Added, root: Path) -> Iterator[str]:
    """Each proposal with the command that settles it, and what comes after."""
    from digest.desk.commands import commands, rooted

    proposed = added.proposed
    if proposed is None:
        some = "every quotation in it is decided"
        yield some if added.article.stretches else "nothing in it stands in quotation marks"
        return
    yield f"{len(proposed.proposals)} to decide, in {proposed.path}"
    together = [one for one in proposed.proposals.values() if one.of]
    for one in proposed.proposals.values():
        ref = f"{proposed.article}/{one.number}"
        yield f"\n{ref}  {_who(one, proposed.speakers)}: “{_short(' … '.join(one.stretches))}”"
        if one.because:
            yield f"    {_short_reason(one.because)}"
        if len(together) < 2 or one not in together:
            yield f"  {commands(one, proposed, added.published is not None, root)[0]}"
    if len(together) > 1:
        refs = " ".join(f"{proposed.article}/{one.number}" for one in together)
        yield f"\nfurther printings, all at once:\n  digest take {refs}{rooted(root)}"
    yield f"\nadd --stance, --said, --speaker to say otherwise; then\n  digest build{rooted(root)}"


def _who(one: Proposal, speakers: dict[str, Any]) -> str:
    if one.of:
        return f"again {one.of}"
    if one.terms:
        return "nobody’s statement?"
    claim = one.claim or {}
    said = claim.get("said", "")
    day = said if isinstance(said, str) else f"{said.get('earliest', '')}..{said['latest']}"
    entered = speakers.get(claim.get("speaker", ""), {})
    name = entered.get("name") or entered.get("unnamed") or claim.get("speaker") or "who?"
    return f"{name}, {day}" if day else str(name)


def _short_reason(because: str) -> str:
    return because if len(because) <= 160 else because[:160] + " …"


def what_next(left: tuple[str, ...], root: Path) -> str:
    """What to type next."""
    from digest.desk.commands import rooted

    if left:
        return f"{len(left)} left: {', '.join(left[:8])}{' …' if len(left) > 8 else ''}"
    return f"nothing is left to decide of this article; next: digest build{rooted(root)}"

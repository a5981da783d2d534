"""The strip: a lane for each speaker, days across, and in a lane the higher the further out.

Only places are worked out here; the SVG itself is a template. All x and y are percentages, and
marks, type and offsets are in px, so that the picture stretches and nothing in it is scaled.
Marks are never joined by a line: what was thought between two statements nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from digest import address
from digest.dates import DAY, Window, brief
from digest.model.claim import Curated, Digest, Event, Statement
from digest.site.axis import Axis, Tick, percent, ticks
from digest.site.timeline import Ranks
from digest.site.views import home_of, named, tone, when

_GLYPH = 15  # px: what a mark needs, to stand beside another
_LABELS = 0.14  # of the axis: how far apart the labels of two events stand at least


class Mark(Struct, frozen=True):
    """One statement, or several of one speaker that share day and stance."""

    to: str
    title: str
    tone: int
    x: str
    y: str
    dx: int  # px: beside the day's event, or beside another mark
    known: bool  # False: the day is inferred, or a window; drawn hollow
    bar: tuple[str, str] | None  # from the window's first day to its last
    open: bool  # nothing says how early it was
    count: int


class Lane(Struct, frozen=True):
    """One speaker's height in the strip."""

    name: str
    top: str
    door: str | None  # where talk of leaving begins


class Band(Struct, frozen=True):
    """An event: a day is a line, a window a band, a disputed day a band with dashed edges."""

    label: str | None  # None: too near to the one before
    day: str
    to: str | None  # the disagreement about its day
    x: str
    left: str
    right: str
    width: str
    one_day: bool


class Rug(Struct, frozen=True):
    """An article's own day or window, below."""

    to: str
    title: str
    left: str
    right: str
    one_day: bool
    known: bool  # its own header says it


class Strip(Struct, frozen=True):
    """Everything the template draws."""

    name: str
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...]
    rug: tuple[Rug, ...]
    ticks: tuple[Tick, ...]
    threshold: str | None  # what statements above the dotted line have in common
    around: str | None  # the drawn event that marks stand before and after


def strip(digest: Digest, name: str, lanes: Sequence[Sequence[Statement]]) -> Strip | None:
    """The strip of the statements with a stance, lane by lane; None where there is none."""
    lanes = [kept for lane in lanes if (kept := [one for one in lane if one.stance])]
    if not lanes:
        return None
    axis = _axis([one for lane in lanes for one in lane], digest)
    steps = list(digest.stances)
    door = next((n for n, id in enumerate(steps, 1) if digest.stances[id].threshold), None)
    scale = _Scale(len(lanes), len(steps))
    bands = tuple(_bands(digest, axis))
    around = {e.moment.working.said.day: e for e in _drawn(digest, axis)}
    passing = [
        (one.moment.working.said, bool(door and steps.index(str(one.stance)) + 1 >= door))
        for lane in lanes
        for one in lane
    ]
    marks = [
        mark
        for number, lane in enumerate(lanes)
        for mark in _marks(lane, number, scale, axis, digest, around)
    ]
    return Strip(
        name=name,
        lanes=tuple(
            Lane(_short(lane[0]), scale.top(n), scale.y(n, door - 0.5) if door else None)
            for n, lane in enumerate(lanes)
        ),
        marks=tuple(mark for _, mark in sorted(marks, key=lambda placed: placed[0])),
        bands=bands,
        rug=tuple(_rug(one, axis) for one in digest.articles.values() if _on(one, axis)),
        ticks=tuple(ticks(axis, passing)),
        threshold=digest.stances[steps[door - 1]].threshold if door else None,
        around=next((e.entry.short for day, e in around.items() if day), None),
    )


class _Scale(Struct, frozen=True):
    """Up and down: which lane, and how far out within it."""

    lanes: int
    steps: int

    def top(self, lane: int) -> str:
        return percent(lane, self.lanes)

    def y(self, lane: int, step: float) -> str:
        if self.lanes == 1:  # alone, its steps are as far apart as the labels beside it
            return percent(self.steps + 0.5 - step, self.steps)
        within = (self.steps - step) / max(self.steps - 1, 1)
        return percent(lane + 0.15 + 0.70 * within, self.lanes)


def _axis(statements: list[Statement], digest: Digest) -> Axis:
    """From the Monday before the first statement to the Sunday after the last, or article."""
    said = [one.moment.working.said for one in statements]
    printed = [one.published for one in digest.articles.values() if one.published]
    first = min(window.earliest or window.latest for window in said)
    last = max(window.latest for window in (*said, *printed))
    return Axis(first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY)


def _short(statement: Statement) -> str:
    """A surname, where there is little room; an unnamed speaker keeps the description."""
    entry = statement.speaker.entry
    return entry.name.split()[-1] if entry.name else statement.speaker.name


def _marks(
    lane: Sequence[Statement],
    number: int,
    scale: _Scale,
    axis: Axis,
    digest: Digest,
    around: dict[date | None, Event],
) -> Iterator[tuple[date, Mark]]:
    """One lane's marks, those that would lie on another moved aside, with their last day."""
    ranks, steps = Ranks(digest.events), list(digest.stances)
    groups: dict[tuple[Window, int, int], list[Statement]] = {}
    for one in lane:
        said = one.moment.working.said
        rank = ranks.of(one) if said.latest in around else 0
        side = (rank > 0) - (rank < 0)
        groups.setdefault((said, side, steps.index(str(one.stance)) + 1), []).append(one)
    taken: dict[tuple[date, int, int], list[int]] = {}  # a place, and the steps that stand there
    near = 1 if scale.lanes == 1 else 3  # steps nearer than this touch
    for (said, side, step), group in groups.items():
        slot = 0
        while any(abs(step - other) < near for other in taken.get((said.latest, side, slot), ())):
            slot += 1
        taken.setdefault((said.latest, side, slot), []).append(step)
        yield said.latest, _mark(group, axis, scale.y(number, step), _aside(side, slot), digest)


def _aside(side: int, slot: int) -> int:
    """Px beside the day: before an event to its left, after it to its right, else in turn."""
    if side:
        return side * (10 + _GLYPH * slot)
    return _GLYPH * ((slot + 1) // 2) * (1 if slot % 2 else -1)


def _mark(group: list[Statement], axis: Axis, y: str, dx: int, digest: Digest) -> Mark:
    one, several = group[0], len(group) > 1
    working, step = one.moment.working, list(digest.stances).index(str(one.stance)) + 1
    said = working.said
    shown = when(said)
    label = f"{one.speaker.name}, {shown.text}: {digest.stances[str(one.stance)].label}"
    wide = said.earliest is not None and said.day is None
    return Mark(
        to=shown.to if several and shown.to else home_of(one),
        title=f"{label} ({len(group)} statements)" if several else label,
        tone=tone(step, len(digest.stances)),
        x=axis.middle(said),
        y=y,
        dx=0 if wide else dx,
        known=said.day is not None and not any(one.moment.working.because for one in group),
        bar=(axis.begin(said.earliest), axis.end(said.latest)) if wide and said.earliest else None,
        open=said.earliest is None,
        count=len(group),
    )


def _drawn(digest: Digest, axis: Axis) -> list[Event]:
    """The events that the record gives a short name for the strip, in time."""
    named_so = [one for one in digest.events.values() if one.entry.short]
    held = [one for one in named_so if axis.holds(one.moment.working.said)]
    return sorted(held, key=lambda one: one.moment.working.said.latest)


def _bands(digest: Digest, axis: Axis) -> Iterator[Band]:
    disputed = {one.entry.event: one.id for one in digest.disagreements if one.entry.event}
    labelled: float | None = None
    for event in _drawn(digest, axis):
        said = event.moment.working.said
        at = float(axis.middle(said)[:-1]) / 100
        room = labelled is None or at - labelled >= _LABELS
        labelled = at if room else labelled
        to = disputed.get(event.id)
        yield Band(
            label=event.entry.short if room else None,
            day=brief(said, " or " if to else "–"),
            to=f"disagreements.html#{to}" if to else None,
            x=axis.middle(said),
            left=axis.begin(said.earliest or said.latest),
            right=axis.end(said.latest),
            width=axis.share(said),
            one_day=said.day is not None,
        )


def _on(curated: Curated, axis: Axis) -> bool:
    return curated.published is not None and axis.holds(curated.published)


def _rug(curated: Curated, axis: Axis) -> Rug:
    published = curated.published
    assert published
    known = curated.article.dated is not None
    told = f"{curated.publisher or named(curated)}, {when(published).text}"
    return Rug(
        to=address.article(curated.id),
        title=told if known else f"{told}, inferred",
        left=axis.begin(published.earliest or published.latest),
        right=axis.end(published.latest),
        one_day=published.day is not None,
        known=known,
    )

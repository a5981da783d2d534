"""The strip: a lane for each speaker, days across, and in a lane the higher the further out.

Only places are worked out here; the SVG itself is a template. All x and y are percentages, and
marks and type are in px, so that the picture stretches and nothing in it is scaled.
Marks are never joined by a line: what was thought between two statements nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from digest.dates import Window
from digest.model.claim import Curated, Digest, Statement
from digest.site.axis import Axis, Tick, axis, percent, ticks
from digest.site.beside import Band, Beside, Rug, beside
from digest.site.timeline import Ranks
from digest.site.views import home_of, tone, when


class Mark(Struct, frozen=True):
    """One statement, or several of one speaker that share day and stance."""

    to: str
    title: str
    tone: int
    x: str
    y: str
    known: bool  # False: the day is inferred, or a window; drawn hollow
    bar: tuple[str, str] | None  # from the window's first day to its last
    open: bool  # nothing says how early it was
    count: int


class Lane(Struct, frozen=True):
    """One speaker's height in the strip."""

    name: str
    top: str
    door: str | None  # where talk of leaving begins


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


def strip(
    digest: Digest,
    name: str,
    lanes: Sequence[Sequence[Statement]],
    around: Beside | None = None,
) -> Strip | None:
    """The strip of the statements with a stance, lane by lane; None where there is none.

    ``around`` is what it shows besides; None: all that the digest has.
    """
    around = around or beside(digest)
    lanes = [kept for lane in lanes if (kept := [one for one in lane if one.stance])]
    if not lanes:
        return None
    steps = list(digest.stances)
    door = next((n for n, id in enumerate(steps, 1) if digest.stances[id].threshold), None)
    scale = _Scale(len(lanes), len(steps))
    eventful = {one.moment.working.said.day for one in around.events}
    placed = [_placed(lane, scale, digest, eventful) for lane in lanes]
    room = _room(group for lane in placed for group in lane)
    across = _axis([one for lane in lanes for one in lane], around.articles, room)
    marks = [
        (group.said.latest, _mark(group, across, room, scale.y(number, group.step), digest))
        for number, lane in enumerate(placed)
        for group in lane
    ]
    passing = [
        (one.moment.working.said, bool(door and steps.index(str(one.stance)) + 1 >= door))
        for lane in lanes
        for one in lane
    ]
    return Strip(
        name=name,
        lanes=tuple(
            Lane(_short(lane[0]), scale.top(n), scale.y(n, door - 0.5) if door else None)
            for n, lane in enumerate(lanes)
        ),
        marks=tuple(mark for _, mark in sorted(marks, key=lambda dated: dated[0])),
        bands=tuple(around.bands(digest, across, {day: one.event for day, one in room.items()})),
        rug=tuple(around.rug(across)),
        ticks=tuple(ticks(across, passing)),
        threshold=digest.stances[steps[door - 1]].threshold if door else None,
        around=next((e.entry.short for e in around.on(across) if e.moment.working.said.day), None),
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


def _axis(statements: list[Statement], articles: Iterable[Curated], room: dict[date, Room]) -> Axis:
    """From the week of the first statement to that of the last, or of the last article."""
    said = [one.moment.working.said for one in statements]
    printed = [one.published for one in articles if one.published]
    first = min(window.earliest or window.latest for window in said)
    last = max(window.latest for window in (*said, *printed))
    return axis(first, last, {day: one.total for day, one in room.items()})


def _short(statement: Statement) -> str:
    """A surname, where there is little room; an unnamed speaker keeps the description."""
    entry = statement.speaker.entry
    return entry.name.split()[-1] if entry.name else statement.speaker.name


class _Group(Struct, frozen=True):
    """Statements that are one mark, and where it stands among the marks of its day."""

    said: Window
    zone: int  # -1 before the day's event, 1 after it, else 0
    slot: int  # in its zone, from the left
    step: int
    statements: list[Statement]


class Room(Struct):
    """How many marks stand side by side on a day: before its event, beside it, after it."""

    before: int = 0
    beside: int = 0
    after: int = 0

    @property
    def total(self) -> int:
        """The marks side by side."""
        return self.before + self.beside + self.after

    def of(self, group: _Group) -> float:
        """Where in the day a mark stands, from 0 to 1."""
        left = (0, self.before, self.before + self.beside)[group.zone + 1]
        return (left + group.slot + 0.5) / self.total

    @property
    def event(self) -> float:
        """Where in the day its event stands."""
        return (self.before + self.beside / 2) / self.total


def _placed(
    lane: Sequence[Statement], scale: _Scale, digest: Digest, eventful: set[date | None]
) -> list[_Group]:
    """One lane's marks: those of a day that would lie on each other stand side by side."""
    ranks, steps = Ranks(digest.events), list(digest.stances)
    groups: dict[tuple[Window, int, int], list[Statement]] = {}
    for one in lane:
        said = one.moment.working.said
        rank = ranks.of(one) if said.latest in eventful else 0
        zone = (rank > 0) - (rank < 0)
        groups.setdefault((said, zone, steps.index(str(one.stance)) + 1), []).append(one)
    taken: dict[tuple[date, int, int], list[int]] = {}  # a place, and the steps that stand there
    near = 1 if scale.lanes == 1 else 3  # steps nearer than this touch
    placed = []
    for (said, zone, step), group in groups.items():
        slot = 0
        while any(abs(step - other) < near for other in taken.get((said.latest, zone, slot), ())):
            slot += 1
        if not _bar(said):
            taken.setdefault((said.latest, zone, slot), []).append(step)
        placed.append(_Group(said, zone, slot, step, group))
    return placed


def _bar(said: Window) -> bool:
    """Whether it is drawn from its first day to its last."""
    return said.earliest is not None and said.day is None


def _room(groups: Iterable[_Group]) -> dict[date, Room]:
    """The room that each day needs, for all lanes."""
    found: dict[date, Room] = {}
    for one in groups:
        if _bar(one.said):
            continue
        day = found.setdefault(one.said.latest, Room())
        name = ("before", "beside", "after")[one.zone + 1]
        setattr(day, name, max(getattr(day, name), one.slot + 1))
    return found


def _mark(group: _Group, across: Axis, room: dict[date, Room], y: str, digest: Digest) -> Mark:
    one, several, said = group.statements[0], len(group.statements) > 1, group.said
    shown = when(said)
    label = f"{one.speaker.name}, {shown.text}: {digest.stances[str(one.stance)].label}"
    inferred = (other.moment.working.because for other in group.statements)
    in_day = None if _bar(said) else room[said.latest].of(group)
    return Mark(
        to=shown.to if several and shown.to else home_of(one, digest),
        title=f"{label} ({len(group.statements)} statements)" if several else label,
        tone=tone(group.step, len(digest.stances)),
        x=across.middle(said) if in_day is None else across.at(said.latest, in_day),
        y=y,
        known=said.day is not None and not any(inferred),
        bar=(across.begin(said.earliest), across.end(said.latest))
        if said.earliest and _bar(said)
        else None,
        open=said.earliest is None,
        count=len(group.statements),
    )

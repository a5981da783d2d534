"""What stands beside the statements on a strip: events, and below the articles' own days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from digest import address
from digest.dates import Window, brief
from digest.model.claim import Curated, Digest, Event
from digest.site.axis import Axis
from digest.site.scale import is_large
from digest.site.views import clashes, named, when

_LABELS = 0.14  # of the axis: how far apart the labels of two events stand at least


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


class Beside(Struct, frozen=True):
    """What a strip shows besides its statements."""

    events: list[Event]  # those that the record gives a short name, in time
    disputed: dict[str, str]  # of an event's day, where the disagreement stands
    articles: list[Curated]

    def bands(self, digest: Digest, across: Axis, within: Mapping[date, float]) -> Iterator[Band]:
        """The events on the axis; ``within`` is where in its day one stands, if not amid it.

        Of two that are too near to each other only the first has a label; a large digest shows
        no others.
        """
        labelled: float | None = None
        for event in self.on(across):
            said = event.moment.working.said
            day = said.day if said.day in within else None
            x = across.at(day, within[day]) if day else across.middle(said)
            at = float(x[:-1]) / 100
            fits = labelled is None or at - labelled >= _LABELS
            labelled = at if fits else labelled
            if fits or not is_large(digest):
                yield _band(event, across, x, fits, self.disputed.get(event.id))

    def rug(self, across: Axis) -> Iterator[Rug]:
        """The articles whose own days lie on the axis."""
        for one in self.articles:
            if one.published and across.holds(one.published):
                yield _tuft(one, one.published, across)

    def on(self, across: Axis) -> list[Event]:
        """The events on the axis."""
        return [one for one in self.events if across.holds(one.moment.working.said)]


def beside(digest: Digest) -> Beside:
    """All that there is to show."""
    named_so = [one for one in digest.events.values() if one.entry.short]
    at = clashes(digest)
    return Beside(
        events=sorted(named_so, key=lambda one: one.moment.working.said.latest),
        disputed={o.entry.event: at[o.id] for o in digest.disagreements if o.entry.event},
        articles=list(digest.articles.values()),
    )


def _band(event: Event, across: Axis, x: str, labelled: bool, to: str | None) -> Band:
    said = event.moment.working.said
    return Band(
        label=event.entry.short if labelled else None,
        day=brief(said, " or " if to else "–"),
        to=to,
        x=x,
        left=across.begin(said.earliest or said.latest),
        right=across.end(said.latest),
        width=across.share(said),
        one_day=said.day is not None,
    )


def _tuft(curated: Curated, published: Window, across: Axis) -> Rug:
    known = curated.dated_by != "inferred"
    told = f"{curated.publisher or named(curated)}, {when(published).text}"
    return Rug(
        to=address.article(curated.id),
        title=told if known else f"{told}, inferred",
        left=across.begin(published.earliest or published.latest),
        right=across.end(published.latest),
        one_day=published.day is not None,
        known=known,
    )

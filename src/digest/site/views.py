"""What a template is given: words, links and labels, all decided already."""

from __future__ import annotations

from collections.abc import Sequence, Set

from msgspec import Struct

from digest import address
from digest.dates import Window, a_day, spelled, with_weekday
from digest.model.claim import (
    Claim,
    Curated,
    Digest,
    Disagreement,
    Passage,
    Printing,
    Report,
    Statement,
)
from digest.site.context import Paragraph
from digest.wording import Span, fold

UNNAMED = "an outlet that the file does not name"


class Link(Struct, frozen=True):
    """A place to go, as an address from the site's root, and what to call it."""

    to: str
    text: str


class When(Struct, frozen=True):
    """A day or window in words; ``datetime`` only where it is one day."""

    text: str
    datetime: str | None
    to: str | None = None  # the day's page
    weekday: str = ""  # "Wed " for one day: so that the arithmetic can be followed


class Badge(Struct, frozen=True):
    """A short note on a statement, in words, and what it means."""

    text: str
    means: str


class Segment(Struct, frozen=True):
    """A part of a quotation with its marks, as printed; a report's passage has none."""

    text: str
    gap: bool  # the article interrupts the words before it


class Line(Struct, frozen=True):
    """A statement as lists show it."""

    id: str
    to: str | None  # its own page; None: a report has none
    speaker: Link | str
    role: str | None
    when: When
    stance: str | None  # the label
    step: int | None  # of the stance on the scale, from 1
    words: tuple[Segment, ...]
    quoted: bool
    short: str | None  # the point of it, for where there is little room; "…" where it is cut
    place: str  # venue and medium in words; empty: the article does not say
    badges: tuple[Badge, ...]
    note: str | None  # of a report: it has no page to stand on
    differs: bool  # whether articles print different words


def when(window: Window) -> When:
    """A window in a reader's words.

    >>> from datetime import date
    >>> when(Window(None, date(2025, 5, 4))).text
    'by 4 May 2025'
    """
    if window.day:
        weekday = with_weekday(window.day)[:4]
        return When(spelled(window.day), window.day.isoformat(), address.day(window.day), weekday)
    if window.earliest is None:
        return When(f"by {spelled(window.latest)}", None)
    first, last = spelled(window.earliest).split(), spelled(window.latest).split()
    while first and first[-1] == last[len(first) - 1]:  # "between 5 and 11 May 2025"
        first.pop()
    return When(f"between {' '.join(first)} and {' '.join(last)}", None)


def speaker_link(statement: Statement) -> Link | str:
    """A named speaker's page; an unnamed one has no page of a person."""
    speaker = statement.speaker
    return Link(address.speaker(speaker.id), speaker.name) if speaker.entry.name else speaker.name


def segments(passages: Sequence[Passage], digest: Digest) -> tuple[Segment, ...]:
    """The segments of a quotation with the marks that the article prints around them."""
    found = []
    for number, passage in enumerate(passages):
        before = passages[number - 1] if number else None
        curated = digest.articles[passage.article]
        gap = before is not None and interrupted(curated.article.text, before.span, passage.span)
        found.append(Segment(_with_marks(passage, curated), gap))
    return tuple(found)


def _with_marks(passage: Passage, curated: Curated) -> str:
    """The words between the article's own marks; a stretch that it leaves open stays open."""
    text = curated.article.text
    stretch = curated.article.stretch_at(passage.span.start)
    if stretch is None:
        return passage.text
    opening = text[stretch.marked.start : stretch.span.start]
    return opening + passage.text + text[stretch.span.end : stretch.marked.end]


def _short(claim: Claim) -> str | None:
    """The short form, with "…" on the side where the quotation goes on."""
    if claim.short is None:
        return None
    whole = claim.printings[0].segments
    cut_before = claim.short.span.start > whole[0].span.start
    cut_after = claim.short.span.end < whole[-1].span.end - 1
    return f"{'… ' * cut_before}{claim.short.text}{' …' * cut_after}"


def interrupted(text: str, before: Span, after: Span) -> bool:
    """Whether the article says something between two segments, and not only marks and space."""
    return any(character.isalnum() for character in text[before.end : after.start])


def line(statement: Statement, digest: Digest, in_doubt: Set[str]) -> Line:
    """A claim or report as lists show it; ``in_doubt`` are those that a disagreement touches."""
    claim = statement if isinstance(statement, Claim) else None
    steps = list(digest.stances)
    return Line(
        id=statement.id,
        to=address.quote(statement.id) if claim else None,
        speaker=speaker_link(statement),
        role=statement.role,
        when=when(statement.moment.working.said),
        stance=digest.stances[statement.stance].label if statement.stance else None,
        step=steps.index(statement.stance) + 1 if statement.stance else None,
        words=words(statement, digest),
        quoted=claim is not None,
        short=_short(claim) if claim else None,
        place=place(statement),
        badges=tuple(badges(statement, in_doubt)),
        note=None if claim else statement.note,
        differs=claim is not None and differs(claim),
    )


def words(statement: Statement, digest: Digest) -> tuple[Segment, ...]:
    """The words shown large: the first printing's segments, or a report's passage."""
    if isinstance(statement, Claim):
        return segments(statement.printings[0].segments, digest)
    return (Segment(statement.passage.text, False),) if isinstance(statement, Report) else ()


def place(statement: Statement) -> str:
    """Venue and medium in words."""
    return ", ".join(filter(None, (statement.moment.medium, statement.moment.venue)))


def badges(statement: Statement, in_doubt: Set[str]) -> list[Badge]:
    """What a reader must know before taking the words at face value."""
    found = []
    working = statement.moment.working
    if isinstance(statement, Report):
        found.append(Badge("told in prose", "the article tells this in its own words"))
    if isinstance(statement, Claim):
        first = statement.printings[0]
        if sum(len(segment.text.split()) for segment in first.segments) < 6:
            found.append(Badge("fragment", "the article quotes only these words"))
        if first.via:
            found.append(
                Badge(f"via {first.via[0]}", "the words reached our article through this outlet")
            )
        if differs(statement):
            found.append(Badge("wording differs", "articles print different words"))
        if len(statement.printings) > 1:
            found.append(
                Badge(f"in {len(statement.printings)} articles", "printed by each of them")
            )
    if working.said.day is None or working.because:
        found.append(Badge("day inferred", "the article does not give the day outright"))
    if statement.id in in_doubt:
        found.append(Badge("disputed", "the articles disagree about it"))
    return found


def disputed(digest: Digest) -> frozenset[str]:
    """The claims and reports that some disagreement touches."""
    return frozenset(id for one in digest.disagreements for id in one.entry.claims)


def differs(claim: Claim) -> bool:
    """Whether two printings of a claim have different words."""
    joined = (" ".join(segment.text for segment in p.segments) for p in claim.printings)
    return len({fold(words).text.rstrip(",.") for words in joined}) > 1


class PrintingView(Struct, frozen=True):
    """One article's printing of a claim, on the claim's page."""

    article: Link
    outlet: str
    published: When | None
    chain: tuple[str, ...]  # from the speaker's side to our copy
    hops: str
    excerpt: tuple[Paragraph, ...]
    caution: str | None
    file: str
    spans: tuple[str, ...]  # "seeds/000….txt, characters 701 to 741"


def printing_view(
    claim: Claim, printing: Printing, curated: Curated, shown: tuple[Paragraph, ...]
) -> PrintingView:
    """A printing with its chain of outlets and its context."""
    outlets = (*printing.via, *filter(None, (curated.publisher,)), *curated.via)
    count = len(outlets)
    hops = f"through {count} outlets" if count > 1 else "through one outlet"
    return PrintingView(
        article=Link(address.article(curated.id), named(curated)),
        outlet=curated.publisher or UNNAMED,
        published=when(curated.published) if curated.published else None,
        chain=(claim.speaker.name, *outlets, "our copy"),
        hops=hops if count else "the file does not name its publisher",
        excerpt=shown,
        caution=caution(curated),
        file=curated.article.file,
        spans=tuple(f"{s.span.start}–{s.span.end}" for s in printing.segments),
    )


class SideView(Struct, frozen=True):
    """One side of a disagreement: the article, its words, and what they hold."""

    article: Link
    words: str
    holds: str


class DisagreementView(Struct, frozen=True):
    """A disagreement with both its sides."""

    about: str
    because: str
    sides: tuple[SideView, ...]
    follows: Link | None  # the article that this digest follows; None: neither


def disagreement_view(one: Disagreement, digest: Digest) -> DisagreementView:
    """A disagreement as pages show it, a day spelled out where a side holds one."""
    sides = []
    for side in one.sides:
        curated = digest.articles[side.passage.article]
        day = a_day(side.holds)
        holds = spelled(day) if day else side.holds
        sides.append(SideView(_outlet_link(curated), side.passage.text, holds))
    followed = digest.articles.get(one.entry.follows)
    follows = _outlet_link(followed) if followed else None
    return DisagreementView(one.entry.about, one.entry.because, tuple(sides), follows)


def _outlet_link(curated: Curated) -> Link:
    """An article's page, called by its publisher where that is known."""
    return Link(address.article(curated.id), curated.publisher or named(curated))


def caution(curated: Curated) -> str | None:
    """What a reader should know of an article's reliability."""
    if curated.entry.kind == "opinion" and not curated.entry.caution:
        return "This article is an opinion piece."
    return curated.entry.caution or curated.article.provenance.caution


def named(curated: Curated) -> str:
    """What to call an article: its title, or for want of one its first words."""
    if curated.title:
        return curated.title
    return f"Untitled: {' '.join(curated.first_words.of(curated.article.text).split())} …"

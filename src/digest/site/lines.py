"""A statement as lists show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise

from msgspec import Struct

from digest import address
from digest.model.claim import Claim, Curated, Digest, Passage, Report, Statement
from digest.site.badges import badges
from digest.site.carriers import carrier
from digest.site.context import Paragraph, Widths
from digest.site.difference import comparable, differs
from digest.site.views import Link, When, home_of, speaker_link, tone, when
from digest.wording import Span

_FEW = 20  # words that a list shows of a statement, where the record has no short form


class Segment(Struct, frozen=True, array_like=True, gc=False):
    """A part of a quotation with its marks, as printed; a report's passage has none."""

    text: str
    gap: bool  # the article interrupts the words before it


class Facets(Struct, frozen=True, gc=False):
    """What a reader may choose a statement by: ids, and months as ``2025-05``."""

    speaker: str
    stance: str
    articles: str  # ids, with blanks between
    months: str  # each that the statement's window touches


class Line(Struct, frozen=True, array_like=True, gc=False):
    """A statement as lists show it."""

    id: str
    to: str | None  # its own page; None: a report has none
    home: str  # where it stands: that page, or a report's place on another
    speaker: Link | str
    role: str | None
    when: When
    stance: str | None  # the label
    step: int | None  # of the stance on the scale, from 1
    tone: int | None  # the sign of that step
    condition: str | None  # on which the stance rests
    words: tuple[Segment, ...]
    lang: str | None  # of the words; None: the site's
    carrier: Paragraph | None  # of a fragment: the words that carry it
    quoted: bool
    point: str  # the part that the record names, or the first words; "…" where it is cut
    place: str  # venue and medium in words; empty: the article does not say
    badges: tuple[str, ...]  # of BADGES
    note: str | None  # of a report: it has no page to stand on
    differs: bool  # whether articles print different words
    facets: Facets


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
    opening, closing = _marks(passage, curated)
    return opening + passage.text + closing


def _marks(passage: Passage, curated: Curated) -> tuple[str, str]:
    """What the article prints right before and after a stretch; nothing around prose."""
    text = curated.article.text
    stretch = curated.article.stretch_at(passage.span.start)
    if stretch is None:
        return "", ""
    opening = text[stretch.marked.start : stretch.span.start]
    return opening, text[stretch.span.end : stretch.marked.end]


def _point(statement: Statement, words: Sequence[Segment], digest: Digest) -> str:
    """The curated part or the first words, "…" where they are cut, between the article's marks."""
    whole, short = told(words), statement.short
    if short is None:
        found = whole.split()
        closing = whole[-1:] if isinstance(statement, Claim) else ""
        return whole if len(found) <= _FEW else f"{' '.join(found[: _FEW - 2])} …{closing}"
    shown = _shown(statement)
    before, after = _cut(short, shown)
    opening, closing = _marks(shown[0], digest.articles[short.article])
    return f"{opening}{'… ' * before}{short.text}{' …' * after}{closing[-1:]}"


def _cut(part: Passage, whole: Sequence[Passage]) -> tuple[bool, bool]:
    """Whether words go on before and after a part of them; a final point is no word."""
    return part.span.start > whole[0].span.start, part.span.end < whole[-1].span.end - 1


def _shown(statement: Statement) -> tuple[Passage, ...]:
    """The passages shown large: the first printing's segments, or a report's passage."""
    if isinstance(statement, Claim):
        return statement.printings[0].segments
    return (statement.passage,) if isinstance(statement, Report) else ()


def told(words: Iterable[Segment]) -> str:
    """Segments one after the other, with "[…]" where the article interrupts them."""
    return "".join((" […] " if one.gap else " ") + one.text for one in words)[1:]


def joined(parts: Sequence[tuple[Span, str]], article: str) -> str:
    """A quotation's segments as one text: […] where the article interrupts, else a new line."""
    told = parts[0][1]
    for (before, _), (after, words) in pairwise(parts):
        told += (" […] " if interrupted(article, before, after) else "\n") + words
    return told


def interrupted(text: str, before: Span, after: Span) -> bool:
    """Whether the article says something between two segments, and not only marks and space."""
    return any(character.isalnum() for character in text[before.end : after.start])


def line(
    statement: Statement, digest: Digest, in_doubt: Set[str], widths: Mapping[str, Widths]
) -> Line:
    """A claim or report as lists show it; ``in_doubt`` are those that a disagreement touches."""
    claim = statement if isinstance(statement, Claim) else None
    steps = list(digest.stances)
    step = steps.index(statement.stance) + 1 if statement.stance else None
    shown = words(statement, digest)
    return Line(
        id=statement.id,
        to=address.quote(statement.id) if claim else None,
        home=home_of(statement, digest),
        speaker=speaker_link(statement),
        role=statement.role,
        when=when(statement.moment.working.said),
        stance=digest.stances[statement.stance].label if statement.stance else None,
        step=step,
        tone=tone(step, len(steps)) if step else None,
        condition=statement.condition,
        words=shown,
        lang=lang(statement, digest),
        carrier=_carrier(claim, digest, widths) if claim else None,
        quoted=claim is not None,
        point=_point(statement, shown, digest),
        place=place(statement),
        badges=tuple(badges(statement, digest, in_doubt)),
        note=None if claim else statement.note,
        differs=claim is not None and differs(comparable(claim, digest.site.language)),
        facets=facets(statement),
    )


def _carrier(claim: Claim, digest: Digest, widths: Mapping[str, Widths]) -> Paragraph | None:
    curated = digest.articles[claim.printings[0].article]
    return carrier(claim, curated, widths[curated.id])


def facets(statement: Statement) -> Facets:
    """The statement's facets; a window that is open to the past counts by its last day."""
    said = statement.moment.working.said
    return Facets(
        speaker=statement.speaker.id,
        stance=statement.stance or "none",
        articles=" ".join(printed_in(statement)),
        months=" ".join(said.months),
    )


def printed_in(statement: Statement) -> tuple[str, ...]:
    """The articles that carry a statement, the one shown first in front."""
    if isinstance(statement, Claim):
        return tuple(dict.fromkeys(printing.article for printing in statement.printings))
    return (statement.passage.article,) if isinstance(statement, Report) else ()


def words(statement: Statement, digest: Digest) -> tuple[Segment, ...]:
    """The words shown large: the first printing's segments, or a report's passage."""
    if isinstance(statement, Claim):
        return segments(_shown(statement), digest)
    return tuple(Segment(passage.text, False) for passage in _shown(statement))


def lang(statement: Statement, digest: Digest) -> str | None:
    """The language of the words shown, where it is not the site's."""
    if isinstance(statement, Claim):
        return statement.printings[0].lang
    return next((digest.articles[one.article].entry.lang for one in _shown(statement)), None)


def place(statement: Statement) -> str:
    """Venue and medium in words."""
    return ", ".join(filter(None, (statement.moment.medium, statement.moment.venue)))

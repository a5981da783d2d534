"""Days that follow from the words: recomputed, and held against what the record says."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from digest.dates import Window, hull, on
from digest.daywords import meanings
from digest.model.article import Article
from digest.model.claim import Moment, Passage, Working
from digest.model.entry import Days, When
from digest.proof.words import Miss, find_passage


class Dated(Struct, frozen=True):
    """What the record says of a day, and what it is counted from."""

    said: date | Days | None
    because: str | None
    published: Window | None  # the day of the article that prints the words
    ahead: bool = False  # what is dated was announced: it lies after the article


class Doubt(Struct, frozen=True):
    """A day that does not follow from the words; ``field`` is where it is mended."""

    field: str
    miss: Miss


def window(said: date | Days) -> Window:
    """A written day or window."""
    return Window(said.earliest, said.latest) if isinstance(said, Days) else on(said)


def find_when(when: When, id: str, article: Article, printed_at: int | None) -> Passage | Miss:
    """The words for the day: in the paragraph of the printing, or the nearest one before it.

    ``printed_at`` None: nothing is printed here (an event), so they may stand anywhere.
    """
    if printed_at is None or when.after:
        span = find_passage(when.words, article, when.after, nearest_to=printed_at or 0)
        return span if isinstance(span, Miss) else Passage(id, span, span.of(article.text))
    for index in range(article.paragraph(printed_at), -1, -1):
        block = article.blocks[index].span
        span = find_passage(when.words, article, within=block, nearest_to=printed_at)
        if not isinstance(span, Miss):
            return Passage(id, span, span.of(article.text))
    miss = find_passage(when.words, article, nearest_to=printed_at)
    if isinstance(miss, Miss):
        return miss
    hint = "say where with after: and the words right before"
    return Miss(
        "when-place", f"stands only after the quotation, at {article.place(miss.start)}", (hint,)
    )


def work_out(
    dated: Dated, words: Passage | None, than: tuple[str, Window] | None
) -> Working | Doubt:
    """The day with its working, or why it does not follow."""
    if words is None:
        return _without_words(dated)
    found = meanings(words.text, dated.published, than[1] if than else None, dated.ahead)
    if found is None:
        hint = 'such as "on Monday", "on May 1", "last Friday", "a day earlier" with than:'
        return Doubt("when", Miss("when-unread", "these are not words for a day", (hint,)))
    if not found:
        return Doubt("when", Miss("when-unanchored", "nothing to count from", (_anchor(than),)))
    said = window(dated.said) if dated.said else hull(found)
    counted_from = than[1] if than else dated.published
    working = Working(said, words, counted_from, than and than[0], found, dated.because)
    wide = [hull(found), *found]
    if not any(said.within(one) for one in wide):
        return Doubt("said", Miss("day-not-meant", _not_meant(working)))
    if said != hull(found) and not dated.because:
        message = f"narrower than the words: {', '.join(map(str, found))}"
        return Doubt("said", Miss("day-narrower", message, ("say why: because: …",)))
    return working


def _without_words(dated: Dated) -> Working | Doubt:
    """No words: all that is known is that it was said before the article could go out."""
    known = Window(None, dated.published.latest) if dated.published else None
    if dated.said is None and known is None:
        hint = "give said: with because:, or the article's published: window"
        return Doubt("said", Miss("day-unknown", "nothing says when this was", (hint,)))
    said = window(dated.said) if dated.said else known
    if said is None or (said != known and not dated.because):
        message = f"no words give this day; the article alone gives {known or 'none'}"
        return Doubt(
            "said", Miss("day-without-words", message, ("give when: words, or because: why",))
        )
    if known and not dated.ahead and not said.within(known):
        return Doubt(
            "said", Miss("day-after-article", f"after its article, which is of {dated.published}")
        )
    return Working(said, counted_from=dated.published, because=dated.because)


def _anchor(than: tuple[str, Window] | None) -> str:
    if than:
        return "the event's own day is not known"
    return "give the article's published: window, or than: and the event they count from"


def _not_meant(working: Working) -> str:
    means = " or ".join(map(str, working.means))
    said = str(working.said)
    return f"{said} does not follow: {str(working).split(' → ')[0]} → {means}"


def moment(entry: object, working: Working, event: str | None = None) -> Moment:
    """A moment of its own, or that of an event."""
    return Moment(
        working,
        event,
        getattr(entry, "venue", None),
        getattr(entry, "medium", None),
        getattr(entry, "before", None),
        getattr(entry, "after", None),
    )

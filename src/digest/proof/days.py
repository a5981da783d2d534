"""Days that follow from the words: recomputed, and held against what the record says."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from digest.dates import Window, hull, on
from digest.daywords import meanings
from digest.model.article import Article
from digest.model.claim import Moment, Passage, Working
from digest.model.entry import Days, When
from digest.proof.misses import Miss, no_passage
from digest.proof.words import find_passage
from digest.wording import passages


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
        span = find_passage(when.words, article, when.after, nearest_to=printed_at)
        return _after(span) if isinstance(span, Miss) else Passage(id, span, span.of(article.text))
    for index in range(article.paragraph(printed_at), -1, -1):
        block = article.blocks[index].span
        within = passages(when.words, article.folded, article.text, block.start, block.end)
        if within:
            span = min(within, key=lambda span: abs(span.start - printed_at))
            return Passage(id, span, span.of(article.text))
    later = passages(when.words, article.folded, article.text)
    if later:
        message = f"stands only after the quotation, at {article.place(later[0].start)}"
        return _after(Miss("when-place", message))
    return no_passage(when.words, article, None, None)


def _after(miss: Miss) -> Miss:
    """The miss with the way to say which of several places is meant."""
    if miss.rule not in ("passage-ambiguous", "when-place"):
        return miss
    return Miss("when-place", miss.message, ("say where with after: and the words right before",))


def work_out(
    dated: Dated, words: Passage | None, than: tuple[str, Window] | None
) -> Working | Doubt:
    """The day with its working, or why it does not follow."""
    if isinstance(dated.said, Days) and (dated.said.earliest or date.min) > dated.said.latest:
        message = f"{dated.said.earliest} is after {dated.said.latest}"
        return _doubt("said", "window-order", message, "exchange earliest and latest")
    if words is None:
        return _without_words(dated)
    found = meanings(words.text, dated.published, than[1] if than else None, dated.ahead)
    if found is None:
        hint = 'such as "on Monday", "on May 1", "last Friday", "a day earlier" with than:'
        return _doubt("when", "when-unread", "these are not words for a day", hint)
    if not found and (than or dated.published):
        hint = "what was announced lies ahead: add ahead: yes"
        return _doubt("when", "when-ahead", "no such day lies before the article", hint)
    if not found:
        hint = "give the article's published: window, or than: and the event they count from"
        return _doubt("when", "when-unanchored", "nothing to count from", hint)
    said = window(dated.said) if dated.said else hull(found)
    counted_from = than[1] if than else dated.published
    working = Working(said, words, counted_from, than and than[0], found, dated.because)
    return _doubted(working) or working


def _doubted(working: Working) -> Doubt | None:
    """What speaks against the day that the record gives."""
    said, found = working.said, working.means
    means = " or ".join(map(str, found))
    if said != hull(found) and not any(said.within(one) for one in found):
        reckoned = str(working).split(" → ")[0]
        hint = f"said: {found[0].day or means}, or other words for the day"
        if working.counted_from and said.latest > working.counted_from.latest:
            hint = "what was announced lies ahead: add ahead: yes to when:"
        message = f"{said} does not follow: {reckoned} → {means}"
        return _doubt("said", "day-not-meant", message, hint)
    if said != hull(found) and not working.because:
        message = f"narrower than the words, which mean {means}"
        return _doubt("said", "day-narrower", message, "say why: because: …")
    return None


def _without_words(dated: Dated) -> Working | Doubt:
    """No words: all that is known is that it was said before the article could go out."""
    known = Window(None, dated.published.latest) if dated.published else None
    said = window(dated.said) if dated.said else known
    if said is None:
        hint = "give said: with because:, or the article's published: window"
        return _doubt("said", "day-unknown", "nothing says when this was", hint)
    if known and not said.within(known):
        message = f"{said} is after its article, which is of {dated.published}"
        hint = "date the utterance, not the day on which it was filed"
        return _doubt("said", "day-after-article", message, hint)
    if said != known and not dated.because:
        message = f"no words give this day; the article alone gives {known or 'none'}"
        return _doubt("said", "day-without-words", message, "give when: words, or because: why")
    return Working(said, counted_from=dated.published, because=dated.because)


def _doubt(field: str, rule: str, message: str, hint: str) -> Doubt:
    return Doubt(field, Miss(rule, message, (hint,)))


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

"""What must hold of a statement whose words and day were found: small rules, one each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from digest.diagnostics import Diagnostic
from digest.model import language
from digest.model.article import Article
from digest.model.claim import Curated, Moment, Printing, Speaker
from digest.model.entry import ClaimEntry
from digest.model.record import OnRecord
from digest.wording import Span, at_word_ends, fold

Step = str | int


def check_speaker(
    entry: OnRecord[Any], speaker: Speaker, article: Curated, *steps: Step
) -> Iterator[Diagnostic]:
    """A named speaker is named in the article that prints the words."""
    name, text = speaker.entry.name, article.article
    if name and not any(_names(form, text) for form in (name.split()[-1], *speaker.entry.also)):
        message = f'"{article.id}" does not name {name}'
        hint = "another speaker? or add the name that it uses to also:"
        yield entry.finding("speaker-absent", message, *steps, hints=(hint,))


def check_day(
    entry: OnRecord[Any], said: Moment, article: Curated, *steps: Step
) -> Iterator[Diagnostic]:
    """Nothing is dated after an article that carries it.

    Where a second article prints it, a window may reach past that article's own day: the two
    may disagree on the day.
    """
    window, published = said.working.said, article.published
    day = (window.earliest or window.latest) if steps[1:2] > (0,) else window.latest
    if published and day > published.latest:
        message = f'dated {window}, but "{article.id}" is of {published}'
        hint = "date the utterance, not the day on which it was filed"
        yield entry.finding("day-after-article", message, *steps, hints=(hint,))


def check_apart(
    entry: OnRecord[Any], printing: Printing, article: Curated, *steps: Step
) -> Iterator[Diagnostic]:
    """What is claimed does not stand apart: that is never printed."""
    if any(article.bars(segment.span) for segment in printing.segments):
        message = "holds what is never printed: a caption, boilerplate, an address"
        hint = f'take the words out of apart: of "{article.id}", or out of the claim'
        yield entry.finding("words-apart", message, *steps, hints=(hint,))


def check_printed_once(entry: OnRecord[ClaimEntry]) -> Iterator[Diagnostic]:
    """An article prints a claim once; what it repeats is no further printing."""
    first: dict[str, int] = {}
    for index, article in enumerate(printed.in_ for printed in entry.entry.printed):
        if first.setdefault(article, index) < index:
            hint = "give all its words in one printing, as a list, and repeats under again:"
            message = f'"{article}" prints this claim twice'
            yield entry.finding("printed-twice", message, "printed", index, "in", hints=(hint,))


def check_lang(entry: OnRecord[Any], tag: str | None, *steps: Step) -> Iterator[Diagnostic]:
    """A language is named by a BCP 47 tag."""
    wrong = language.fault(tag) if tag is not None else None
    if wrong:
        yield entry.finding("lang-tag", wrong, *steps, hints=(language.HINT,))


def _names(form: str, text: Article) -> bool:
    """Whether a name stands there as whole words; a long one also glued to a neighbour.

    Scraped text glues: "Zelenskyycautioned", "WhilePresident".
    """
    sought, within = fold(form).text, text.folded.text
    at = within.find(sought)
    while at >= 0:
        if len(form) > 5 or at_word_ends(Span(at, at + len(sought)), within):
            return True
        at = within.find(sought, at + 1)
    return False

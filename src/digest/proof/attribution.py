"""Whether the articles that print a claim know its speaker at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from digest.diagnostics import Diagnostic
from digest.model.article import Article
from digest.model.claim import Printing, Speaker
from digest.model.record import OnRecord
from digest.wording import fold


def check_speaker(
    entry: OnRecord[Any],
    speaker: Speaker,
    printings: Iterable[Printing],
    texts: Mapping[str, Article],
) -> Iterator[Diagnostic]:
    """A named speaker is named in the article that prints the words.

    Word ends are not asked for: scraped text glues names to their neighbours.
    """
    if not speaker.entry.name:
        return
    forms = [fold(form).text for form in (speaker.entry.name.split()[-1], *speaker.entry.also)]
    for index, printing in enumerate(printings):
        if not any(form in texts[printing.article].folded.text for form in forms):
            message = f'"{printing.article}" does not name {speaker.entry.name}'
            hint = "another speaker? or add the name that it uses to also:"
            yield entry.finding("speaker-absent", message, "printed", index, "in", hints=(hint,))

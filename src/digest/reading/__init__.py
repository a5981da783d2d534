"""An article, read as a curator would."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from digest.dates import Window
from digest.reading.quotation import Person, Quotation

__all__ = ["Person", "Quotation", "read"]


def read(
    text: str, published: Window | date | None = None, people: Iterable[Person] = ()
) -> tuple[Quotation, ...]:
    """Every quotation of an article, in order, with speaker, cue, day, venue, medium and reasons.

    ``text``: the article as its file holds it; offsets are its code points. ``published``: its
    day; where it is not given, that of the file's own header, if it has one. ``people``: those
    whom the curator knows, with other names, roles and pronouns; a name of theirs resolves to
    theirs. Nothing is guessed: a field for which the text gives no ground is None.

    >>> [one] = read("“No,” said Ann Lee on Monday.", date(2025, 5, 21))
    >>> one.speaker, one.cue, one.said.latest.isoformat(), one.tier
    ('Ann Lee', 'said', '2025-05-19', 'sure')
    """
    # Its word lists take longer to load than most commands, which never ask for it.
    from digest.reading.quotations import read_quotations

    return read_quotations(text, published, people)

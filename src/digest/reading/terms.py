"""Which words in marks are nobody's statement: terms held at a distance, titles of works."""

from __future__ import annotations

from digest.reading import lexicon
from digest.reading.tokens import Sentence, Token

_LONGEST = 6  # words
_LEADING = frozenset("on in with for".split())


def is_term(
    text: str, found: Sentence, at: int, words: str, cue: Token | None, uncued: bool
) -> bool:
    """Whether the quotation at ``at`` is a term or a title.

    ``uncued``: only the subject of its sentence could be its speaker. Words that a reporting
    verb touches, that fill their sentence, or that are more than six, are not.
    """
    parts = words.split()
    if not parts:
        return True
    if len(parts) > _LONGEST or _touched(found, at) or all(t.kind in "Q.,&" for t in found):
        return False
    tagged = cue is not None and cue.start > found[at].start
    if _is_title(parts) and (uncued or _names_a_work(found, at)) and words[-1] not in "!?":
        whole = tagged and (len(parts) == 1 or (at == 0 and words[-1] in ",."))
        return not whole
    before = found[at - 1].kind if at else ""
    return uncued and (len(parts) == 1 or (len(parts) <= 3 and before == "D"))


def _touched(found: Sentence, at: int) -> bool:
    """ "NAME said “x”", "NAME said, “x”", "NAME: “x”"."""
    if at == 0:
        return False
    before = found[at - 1].kind
    return before in "C:" or (before == "," and at > 1 and found[at - 2].kind == "C")


def _is_title(parts: list[str]) -> bool:
    """ "Meet the Press": every longer word has a capital."""
    return parts[0][0].isupper() and all(
        part[0].isupper() or part[0].isdigit() or len(part) < 4 for part in parts
    )


def _names_a_work(found: Sentence, at: int) -> bool:
    """ "on “x”", "NBC's “x”", "the film “x”", or one more in a list of such."""
    before = found[at - 1] if at else None
    if before is None:
        return False
    return (
        before.kind in "'Q"
        or (before.kind == "I" and before.word in _LEADING)
        or before.word in lexicon.WORKS
    )

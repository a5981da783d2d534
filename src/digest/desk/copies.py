"""Is this an article that we have, and are these words that we have?

A wire story runs in many papers, with other headlines, other quotation marks and teasers
between its paragraphs. Two texts are compared by their runs of five words, letters and digits
alone (A. Broder's shingles): marks, typography and case do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from digest.model.article import Article
from digest.model.record import Record
from digest.proof.words import find_stretches
from digest.wording import fold

_RUN = 5  # words
_COPY = 0.5  # of the shorter text's runs; two reports of one event share a tenth at most
_SAID = 5  # words: fewer may well be said twice


def copied_from(article: Article, others: Mapping[str, Article]) -> str | None:
    """The id of the article that this one prints again, or None."""
    own = _runs(article.text)
    shares = {id: _shared(own, _runs(other.text)) for id, other in others.items()}
    nearest = max(shares, key=shares.__getitem__, default=None)
    return nearest if nearest is not None and shares[nearest] >= _COPY else None


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return set(zip(*(words[n:] for n in range(_RUN)), strict=False))


def _shared(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """How much of the shorter text stands in the longer, from 0 to 1."""
    return len(one & other) / max(min(len(one), len(other)), 1)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text).text.casefold())


def printed_again(
    record: Record, original: str, article: Article
) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Claims that ``original`` prints and this copy prints too: id, and the printing's fields."""
    for id, claim in record.claims.items():
        for printed in claim.entry.printed:
            words = [printed.words] if isinstance(printed.words, str) else printed.words
            if printed.in_ == original and all(find_stretches(one, article) for one in words):
                again = [one for one in printed.again if isinstance(one, str)]
                fields = {"words": list(words)}
                fields |= {"via": list(printed.via)} if printed.via else {}
                kept = [one for one in again if find_stretches(one, article)]
                yield id, fields | ({"again": kept} if kept else {})


def same_words(record: Record, segments: Sequence[str], speaker: str | None) -> str | None:
    """The claim by the same speaker that these words are, or are part of, or hold; or None."""
    for id, claim in record.claims.items():
        if speaker in (None, claim.entry.speaker):
            for printed in claim.entry.printed:
                known = [printed.words] if isinstance(printed.words, str) else printed.words
                if _are_same(segments, known):
                    return id
    return None


def _are_same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the fewer words stand whole in the more."""
    texts = sorted((_words(" ".join(one)), _words(" ".join(other))), key=len)
    shorter, longer = (f" {' '.join(words)} " for words in texts)
    return len(texts[0]) >= _SAID and shorter in longer

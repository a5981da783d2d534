"""What our own words repeat of an article: notes quote it, and roles are its words.

Pages print our words beside the article's, so what they repeat of it is printed too. Five
words in a row are taken for the article's; fewer are anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from itertools import accumulate, chain, compress

from msgspec import msgpack

from digest.memo import Memo, Question
from digest.model.claim import Claim, Digest, Statement
from digest.site.asked import Asked
from digest.wording import Span

_EFFORT = 400  # µs for an article
_WORD = re.compile(r"(\w+)")
Run = tuple[str, ...]


def repeated(digest: Digest, memo: Memo | None) -> Mapping[str, list[Span]]:
    """For each article where the runs of five words stand that our own words have too.

    With a memory all are looked for at once; else those of an article that is asked about.
    """
    ours = {run for text in set(filter(None, _ours(digest))) for run in _runs(_WORD.findall(text))}
    if memo is None:
        return Asked(digest.articles, lambda one: _places(one.article.text, ours))
    made_from = sha256(msgpack.encode(sorted(ours))).digest()
    questions = [
        Question((made_from, one.article.sha256), partial(_places, one.article.text, ours), _EFFORT)
        for one in digest.articles.values()
    ]
    return dict(zip(digest.articles, memo.recall("repeated", questions, list[Span]), strict=True))


def _runs(words: list[str]) -> Iterable[Run]:
    return zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)


def _places(text: str, ours: set[Run]) -> list[Span]:
    """Where runs stand; of one that stands more than once, the first place."""
    parts = _WORD.split(text)  # what is no word, a word, and so on
    words = parts[1::2]
    found = ours.intersection(_runs(words))
    places = []
    if found:
        ends = list(accumulate(map(len, parts)))
        may_begin = map({run[0] for run in found}.__contains__, words)
        for at in compress(range(len(words)), may_begin):
            run = tuple(words[at : at + 5])
            if run in found:
                found.remove(run)
                places.append(Span(ends[2 * at], ends[2 * at + 9]))
    return places


def _ours(digest: Digest) -> Iterator[str | None]:
    """Every text of ours that some page prints."""
    for one in (*digest.claims, *digest.reports):
        yield from _of_statement(one)
    for speaker in digest.speakers.values():
        yield f"{speaker.name}, {speaker.entry.role}"
    yield from (event.entry.what for event in digest.events.values())
    yield from (one.because for one in digest.dismissed)
    yield from (stance.means for stance in digest.stances.values())
    for article in digest.articles.values():
        entry = article.entry
        yield from (entry.note, entry.caution, *entry.outside.values())
    for disagreement in digest.disagreements:
        yield from (disagreement.entry.about, disagreement.entry.because)
        yield from (side.holds for side in disagreement.sides)
    yield from chain(digest.pages.values(), (digest.site.title, digest.site.tagline))


def _of_statement(one: Statement) -> Iterator[str | None]:
    yield f"{one.speaker.name}, {one.role}"
    yield from (one.condition, one.leaving, one.note, one.turning_point)
    yield from (one.moment.venue, one.moment.medium, one.moment.working.because)
    if isinstance(one, Claim):
        yield one.retracted
        yield from (voice.entry.of for voice in one.voices)
        for correction in one.corrections:
            yield from (correction.what, correction.was, correction.because)

"""What our own words repeat of an article: notes quote it, and roles are its words.

Pages print our words beside the article's, so what they repeat of it is printed too. Five
words in a row are taken for the article's; fewer are anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, chain, compress

from msgspec import json, msgpack

from digest.memo import Memo, key
from digest.model.article import Article
from digest.model.claim import Claim, Digest, Statement
from digest.site.asked import Asked
from digest.wording import Span
from digest.workers import share_out

_EFFORT = 900  # µs for an article
_FEW, _LITTLE = 200, 30  # runs: so many are sooner sought word by word, in so many µs
_WORD = re.compile(r"(\w+)")
Run = tuple[str, ...]
Place = tuple[int, Span]  # the number of a run or of an article, and where in the article


def repeated(digest: Digest, memo: Memo | None) -> Mapping[str, list[Span]]:
    """For each article where the runs of five words stand that our own words have too.

    With a memory all are looked for at once, and it is remembered where each run stands: a new
    note costs its own runs. Else those of an article that is asked about.
    """
    texts = set(filter(None, _ours(digest)))
    ours = list(dict.fromkeys(run for text in texts for run in _runs(_WORD.findall(text))))
    if memo is None:
        sought = _numbered(ours)
        return Asked(digest.articles, lambda one: _spans(_places(one.article.text, sought)))
    articles = [one.article for one in digest.articles.values()]
    among = key(*(one.sha256 for one in articles))[:32]

    def work(new: list[int]) -> list[bytes]:
        return _found([ours[number] for number in new], articles, memo.processors) if new else []

    keys = [f"{among} {' '.join(run)}" for run in ours]
    by_article: list[list[Place]] = [[] for _ in articles]
    for place in chain.from_iterable(memo.recall_together("repeated", keys, work, list[Place])):
        by_article[place[0]].append(place)
    return dict(zip(digest.articles, map(_spans, by_article), strict=True))


def _spans(places: Iterable[Place]) -> list[Span]:
    return sorted(span for _, span in places)


def _found(runs: list[Run], articles: list[Article], most: int) -> list[bytes]:
    """For each run where it stands, as JSON."""
    sought = _numbered(runs)

    def places(article: Article) -> bytes:
        return msgpack.encode(_places(article.text, sought))

    efforts = [_LITTLE if len(runs) <= _FEW else _EFFORT] * len(articles)
    answers = share_out(articles, efforts, places, most, away=True)
    found: list[list[Place]] = [[] for _ in runs]
    for number, answer in enumerate(answers):
        for run, span in msgpack.decode(answer, type=list[Place]):
            found[run].append((number, span))
    return list(map(json.encode, found))


def _numbered(runs: Iterable[Run]) -> dict[Run, int]:
    return {run: number for number, run in enumerate(runs)}


def _runs(words: list[str]) -> Iterable[Run]:
    return zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)


def _places(text: str, sought: Mapping[Run, int]) -> list[Place]:
    """Where runs stand; of one that stands more than once, the first place."""
    if len(sought) <= _FEW and not any(all(word in text for word in run) for run in sought):
        return []
    parts = _WORD.split(text)  # what is no word, a word, and so on
    words = parts[1::2]
    found = set(filter(sought.__contains__, _runs(words)))
    ends = list(accumulate(map(len, parts)))
    may_begin = map({run[0] for run in found}.__contains__, words)
    places = []
    for at in compress(range(len(words)), may_begin):
        run = tuple(words[at : at + 5])
        if run in found:
            found.remove(run)
            places.append((sought[run], Span(ends[2 * at], ends[2 * at + 9])))
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

"""What is nearly the same twice: claims that may be one utterance, and copies of an article.

Looked for with shingles: runs of words, kept by where they were met. Of those who met a run
only the last few are asked, so the work grows with the words and not with the pairs; a copy of
a copy is still found, through the copy. The idea is that of resemblance by shingles (Broder
1997), without its hashes: every answer is the same on every machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, combinations, compress, zip_longest
from typing import TypeVar

from msgspec import msgpack

from digest.diagnostics import Diagnostic, Place
from digest.memo import Memo, Question
from digest.model.article import Article
from digest.model.claim import Claim, Digest
from digest.wording import fold

_EFFORT = 40  # µs for a claim; ten times that for an article
_WORD = re.compile(r"\w+")
_ASKED = 6  # how many of those who met a run of words are asked
_FEWEST_WORDS = 4  # of a claim: what is shorter is a catchword
_CLAIM_RUN, _CLAIM_SHARE, _CLAIM_ALIKE = 3, 0.3, 80  # words, of runs, of rapidfuzz's 100
# An article's runs begin at its long words: a fifth of all runs, and the same ones in a copy.
_ARTICLE_RUN, _LONG, _FEWEST_RUNS, _ARTICLE_SHARE = 5, 8, 15, 0.5
T = TypeVar("T")
Runs = frozenset[Hashable]
Pair = tuple[str, str, float]  # the earlier and the later one, and the share of runs in both


def check_alike(digest: Digest, memo: Memo) -> Iterator[Diagnostic]:
    """Nothing is nearly the same twice: no two claims of one speaker, no two articles."""
    standing = {claim.id: claim for claim in digest.claims if not claim.retracted}
    by_speaker: dict[str, list[Claim]] = {}
    for claim in standing.values():
        by_speaker.setdefault(claim.speaker.id, []).append(claim)
    every = {one.article.file: one.article for one in digest.articles.values()}
    every |= {one.file: one for one in digest.uncurated}
    articles = [every[file] for file in sorted(every)]
    # The longest first: it cannot be shared out.
    questions = [_of_articles(articles, memo.pause), *map(_of_speaker, by_speaker.values())]
    copies, *claims_alike = memo.recall("alike", questions, list[Pair])
    yield from _check_claims(chain.from_iterable(claims_alike), standing, digest)
    yield from _check_copies(copies, every, digest)


def _of_speaker(claims: Sequence[Claim]) -> Question:
    told = [(one.id, sorted(_articles(one)), _texts(one)) for one in claims]
    work = partial(_claims_alike, claims)
    return Question((msgpack.encode(told),), work, _EFFORT * len(claims))


def _of_articles(articles: Sequence[Article], pause: Callable[[], None]) -> Question:
    made_from = msgpack.encode([(one.file, one.sha256) for one in articles])
    work = partial(_articles_alike, articles, pause)
    return Question((made_from,), work, 10 * _EFFORT * len(articles))


def _claims_alike(claims: Iterable[Claim]) -> list[Pair]:
    """The ids of those of different articles that say nearly the same."""
    return [
        (earlier.id, later.id, share)
        for earlier, later, share in similar(claims, _runs_of_claim, _CLAIM_SHARE)
        if not _articles(earlier) & _articles(later) and _nearly_the_same(earlier, later)
    ]


def _articles_alike(articles: Iterable[Article], pause: Callable[[], None]) -> list[Pair]:
    """The files of those that have many runs of words in common."""

    def runs(article: Article) -> Runs:
        pause()
        return _runs_of_article(article)

    found = similar(articles, runs, _ARTICLE_SHARE)
    return [(earlier.file, later.file, share) for earlier, later, share in found]


def _check_claims(
    alike: Iterable[Pair], claims: Mapping[str, Claim], digest: Digest
) -> Iterator[Diagnostic]:
    """Two claims of one speaker in different articles do not say nearly the same.

    Unless a disagreement names both: then it was decided that they are two.
    """
    apart = {
        pair for one in digest.disagreements for pair in combinations(sorted(one.entry.claims), 2)
    }
    for earlier, later, _ in alike:
        if (min(earlier, later), max(earlier, later)) not in apart:
            yield _twice(claims[earlier], claims[later])


def _check_copies(
    alike: Iterable[Pair], articles: Mapping[str, Article], digest: Digest
) -> Iterator[Diagnostic]:
    """A copy of an article adds printings to its claims, and no claims of its own."""
    ids = {curated.article.file: id for id, curated in digest.articles.items()}
    carried: dict[str, set[str]] = {id: set() for id in digest.articles}
    for claim in digest.claims:
        for article in _articles(claim):
            carried[article].add(claim.id)
    for earlier, later, share in alike:
        first, own = carried.get(ids.get(earlier, "")), carried.get(ids.get(later, ""))
        # Where both are curated and share a claim, somebody has seen that they are copies.
        if first is None or own is None or (first and own and not first & own):
            yield _copied(articles[earlier], articles[later], share)


def similar(
    things: Iterable[T], runs_of: Callable[[T], Runs], least: float
) -> Iterator[tuple[T, T, float]]:
    """Pairs, the earlier first, and which share of the smaller one's runs both have.

    Each is compared with those few that met its runs last before it.
    """
    met: dict[Hashable, tuple[int, ...]] = {}  # the last few that met a run
    before: list[tuple[T, int]] = []
    for number, thing in enumerate(things):
        runs = runs_of(thing)
        again = {run: met[run] for run in runs & met.keys()}
        shared = Counter(chain.from_iterable(again.values()))
        alike = (
            (earlier, count / min(len(runs), before[earlier][1]))
            for earlier, count in shared.items()
        )
        for earlier, share in sorted(one for one in alike if one[1] >= least):
            yield before[earlier][0], thing, share
        met.update(dict.fromkeys(runs, (number,)))
        met.update((run, (*others, number)[-_ASKED:]) for run, others in again.items())
        before.append((thing, len(runs)))


def _runs_of_claim(claim: Claim) -> Runs:
    """The runs of words of all its printings."""
    found: set[Hashable] = set()
    for text in _texts(claim):
        words = " ".join(_WORD.findall(text)).lower().split()
        if len(words) >= _FEWEST_WORDS:
            found.update(zip(*(words[at:] for at in range(_CLAIM_RUN)), strict=False))
    return frozenset(found)


def _runs_of_article(article: Article) -> Runs:
    """Runs that begin at a long word, if they are enough to tell a copy by."""
    words = article.folded.text.lower().split()
    from_each = zip_longest(*(words[at:] for at in range(_ARTICLE_RUN)))  # the last end early
    runs: Runs = frozenset(compress(from_each, map(_LONG.__le__, map(len, words))))
    return runs if len(runs) >= _FEWEST_RUNS else frozenset()


def _texts(claim: Claim) -> list[str]:
    """The words of each printing, with those of an interrupted one in a row."""
    return [" ".join(words.text for words in one.segments) for one in claim.printings]


def _articles(claim: Claim) -> set[str]:
    return {printing.article for printing in claim.printings}


def _nearly_the_same(one: Claim, other: Claim) -> bool:
    """Whether a printing of one is nearly a printing of the other, or a part of it."""
    from rapidfuzz import fuzz  # only what shares words needs it

    ours, theirs = ([_plain(text) for text in _texts(claim)] for claim in (one, other))
    return any(
        fuzz.partial_ratio(mine, yours) >= _CLAIM_ALIKE
        for mine in ours
        for yours in theirs
        if min(mine.count(" "), yours.count(" ")) >= _FEWEST_WORDS - 1
    )


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text).text.lower()))


def _twice(earlier: Claim, later: Claim) -> Diagnostic:
    message = f'says nearly what "{earlier.id}" says, in another article'
    hints = (
        f"that stands at {earlier.written}; one utterance printed twice is one claim: move it "
        f"under printed: there (with formerly: [{later.id}] if it was published)",
        f"said twice? a disagreement with claims: [{earlier.id}, {later.id}] tells them apart",
    )
    return Diagnostic(later.written, "claim-alike", message, hints, "warning")


def _copied(earlier: Article, later: Article, share: float) -> Diagnostic:
    message = f"is a copy of seeds/{earlier.file}, by {share:.0%} of its words"
    hints = ("add its stretches under printed: to the claims of that article, or take it out",)
    return Diagnostic(Place(f"seeds/{later.file}"), "article-copy", message, hints, "warning")

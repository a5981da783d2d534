"""An invented archive of N claims: who said what, when and in which article.

Its shape is that of a digest that was kept for five years: a speaker for every forty claims, the
best known of them with a sixth of all, an article for every twelve, one claim in ten printed by
a second article, one in ten said at an event, one in ten with a note. The same N gives the same
archive on every machine; nothing of it was ever said.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, pairwise

import vocabulary
from prose import DAY, Prose, capital, name, slug

_BEGINS, _DAYS = date(2020, 1, 1), 1826


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks."""

    id: str
    name: str
    kind: str
    side: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Event:
    """Where several claims of one article were said."""

    id: str
    what: str
    venue: str
    day: date
    words: str  # the article's, for its day
    opens: str  # what stands right before them in the article, and nowhere else


@dataclass(frozen=True, slots=True)
class Claim:
    """What one speaker says; ``segments`` are two where “X said” interrupts the words."""

    id: str
    speaker: Speaker
    segments: tuple[str, ...]
    lead: str  # the article's sentence before the words
    event: Event | None
    words: str | None  # the article's, for the day; None: it gives none
    earliest: date
    day: date  # the latest that it can have been
    told: str
    stance: str | None
    condition: str | None
    leaving: str | None
    venue: str | None
    medium: str | None
    note: str | None
    short: bool  # its first sentence stands for it in lists
    turning_point: bool
    prompted: bool  # by what the sentence before it tells

    @property
    def whole(self) -> str:
        """All its words in a row."""
        return " ".join(self.segments)


@dataclass(frozen=True, slots=True)
class Report:
    """What an article tells in its own words only."""

    id: str
    speaker: Speaker
    passage: str
    words: str
    day: date


@dataclass(slots=True)
class Article:
    """One article; ``reprinted`` are claims that the article before it printed first."""

    id: str
    day: date
    title: str
    publisher: str
    url: str
    claims: list[Claim] = field(default_factory=list)
    reprinted: list[Claim] = field(default_factory=list)
    event: Event | None = None
    report: Report | None = None
    term: str | None = None  # between quotation marks, and nobody's statement
    berths: int | None = None  # a count on which this article and the next differ


@dataclass(frozen=True, slots=True)
class Archive:
    """All of it, articles in the order of their days."""

    speakers: list[Speaker]
    articles: list[Article]

    @property
    def claims(self) -> list[tuple[Article, Claim]]:
        """Every claim with the article that printed it first."""
        return [(article, claim) for article in self.articles for claim in article.claims]


def invented(count: int) -> Archive:
    """The archive of so many claims."""
    prose = Prose(count)
    speakers = [_speaker(prose, number) for number in range(max(2, count // 40))]
    # Zipf's share: the second best known speaks half as often as the first, the third a third.
    shares = list(accumulate(1 / (rank + 1) for rank in range(len(speakers))))
    days = sorted(prose.chance.randrange(_DAYS) for _ in range(max(2, count // 12)))
    articles = [_article(prose, number, _BEGINS + day * DAY) for number, day in enumerate(days)]
    for article in articles:
        article.event = _event(prose, article) if prose.one_in(2) else None
    for number in range(count):
        article = articles[number * len(articles) // count]
        speaker = speakers[bisect_left(shares, prose.chance.random() * shares[-1])]
        article.claims.append(_claim(prose, number, speaker, article))
    _shared(prose, articles)
    return Archive(_speaking(speakers, articles), articles)


def _speaker(prose: Prose, number: int) -> Speaker:
    kind = prose.one_of(["official", "official", "analyst", "other"])
    side = prose.one_of(["Coast", "Coast", "Inland"]) if kind == "official" else None
    called = name(number)
    return Speaker(slug(called), called, kind, side, prose.one_of(vocabulary.ROLES))


def _article(prose: Prose, number: int, day: date) -> Article:
    title = capital(prose.clause())
    url = f"https://news.example/{day:%Y/%m}/{slug(title)}-{number}"
    article = Article(f"a{number:05}", day, title, prose.one_of(vocabulary.PUBLISHERS), url)
    article.term = prose.noun() if prose.one_in(3) else None
    return article


def _event(prose: Prose, article: Article) -> Event:
    place = f"the {prose.noun()} forum in {prose.one_of(vocabulary.TOWNS)}"
    day = article.day - prose.chance.randrange(7) * DAY
    opens = f"{capital(place)} met "
    return Event(f"{article.id}-forum", f"{place} meets", place, day, f"on {day:%A}", opens)


def _claim(prose: Prose, number: int, speaker: Speaker, article: Article) -> Claim:
    sentences = prose.sentences(8, 52, told=True)
    split = len(sentences) > 1 and prose.one_in(8)
    segments = (sentences[0], " ".join(sentences[1:])) if split else (" ".join(sentences),)
    event = article.event if prose.one_in(5) else None
    words, earliest, day = prose.day_in_words(article.day)
    if event:
        words, earliest, day = event.words, event.day, event.day
    undated = not event and prose.one_in(10)
    stance = prose.one_of(list(vocabulary.STANCES)) if not prose.one_in(10) else None
    conditional = stance == "conditional"
    return Claim(
        id=f"q{number:06}-{slug(' '.join(sentences[0].split()[:5]), 60)}",
        speaker=speaker,
        segments=segments,
        lead=prose.sentence(),
        event=event,
        words=None if undated else words,
        earliest=article.day if undated else earliest,
        day=article.day if undated else day,
        told=prose.one_of(vocabulary.TOLD),
        stance=stance,
        condition=prose.condition() if conditional else None,
        leaving=f"the {prose.noun()}" if conditional or stance == "closing" else None,
        venue=prose.one_of(vocabulary.VENUES) if not event and prose.one_in(4) else None,
        medium=prose.one_of(vocabulary.MEDIA) if prose.one_in(3) else None,
        note=_note(prose, article) if prose.one_in(10) else None,
        short=len(sentences) > 1 and prose.one_in(3),
        turning_point=prose.one_in(40),
        prompted=prose.one_in(20),
    )


def _note(prose: Prose, article: Article) -> str:
    return (
        f"This speaks to **{prose.noun()}**; see also *{prose.noun()}*.\n\n"
        f"- checked against the article\n- printed `{article.day}`, [source]({article.url})\n"
    )


def _shared(prose: Prose, articles: list[Article]) -> None:
    """What joins two articles that follow each other, and what some tell in prose."""
    for earlier, later in pairwise(articles):
        later.reprinted = [claim for claim in earlier.claims if prose.one_in(10)]
    for number, article in enumerate(articles):
        if number % 8 == 0 and number + 1 < len(articles):
            article.berths = prose.chance.randint(100, 900)
        if prose.one_in(3) and article.claims:
            article.report = _report(prose, article)


def _report(prose: Prose, article: Article) -> Report:
    speaker = article.claims[0].speaker
    day = article.day - prose.chance.randrange(7) * DAY
    words = f"on {day:%A}"
    passage = f"{speaker.name} promised {words} that {prose.clause()}"
    return Report(f"r-{article.id}", speaker, passage, words, day)


def _speaking(speakers: list[Speaker], articles: list[Article]) -> list[Speaker]:
    """Those who say something: of very few claims some have none."""
    heard = {claim.speaker.id for article in articles for claim in article.claims}
    return [speaker for speaker in speakers if speaker.id in heard]

"""The five articles read without the record's claims, beside what the curator made of them.

The reader is given each article's day and the curator's list of people, nothing else. Every
difference stands below, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from digest.dates import Window
from digest.model.claim import Claim, Digest
from digest.model.claim import Printing as Printed
from digest.reading import Person, Quotation, read

# article: words | field: what is read, what is curated
DIFFERENCES = """\
a-bit-of-impasse: I think the president’… | day: None, 2025-05-19 to 2025-05-19
a-bit-of-impasse: We’re more than open t… | day: None, 2025-05-19 to 2025-05-19
a-bit-of-impasse: a bit of impasse… | day: None, 2025-05-19 to 2025-05-19
a-bit-of-impasse: tapping… | day: None, 2025-04-21 to 2025-04-27
kremlin-catnip: But, for the Kremlin,… | day: None, 2025-05-19 to 2025-05-21
kremlin-catnip: Do you think that it’s… | day: 2025-02-01 to 2025-02-28, 2025-02-28 to 2025-02-28
kremlin-catnip: That reset in relation… | day: None, None to 2025-05-21
kremlin-catnip: The purpose of those c… | day: None, 2025-05-19 to 2025-05-21
kremlin-catnip: disrespectful… | day: 2025-02-01 to 2025-02-28, 2025-02-28 to 2025-02-28
reset: We will continue to he… | day: 2025-05-02 to 2025-05-09, 2025-05-02 to 2025-05-02
reset: doesn’t want to stop t… | day: 2025-04-18 to 2025-04-30, 2025-04-21 to 2025-04-27
reset: not going to end any t… | day: 2025-05-01 to 2025-05-08, 2025-05-01 to 2025-05-01
reset: peacemaker and unifier… | day: None, 2025-01-06 to 2025-01-30
what-happens-next: I still believe that i… | day: None, None to 2025-05-04
what-happens-next: I was very disappointe… | day: 2025-04-27 to 2025-05-04, 2025-04-27 to 2025-04-27
what-happens-next: Russia would likely co… | day: None, None to 2025-05-04
what-happens-next: We have to make a dete… | day: None, None to 2025-05-04
what-happens-next: When Trump abandons hi… | day: None, None to 2025-05-04
what-happens-next: setting up a situation… | day: None, None to 2025-05-04
"""


@pytest.fixture(scope="module")
def people(digest: Digest) -> list[Person]:
    entries = (speaker.entry for speaker in digest.speakers.values())
    return [Person(e.name, tuple(e.also), e.role, e.pronoun) for e in entries if e.name]


@pytest.fixture(scope="module")
def readings(digest: Digest, people: list[Person]) -> dict[str, tuple[Quotation, ...]]:
    return {
        id: read(curated.article.text, curated.published, people)
        for id, curated in digest.articles.items()
    }


def test_every_quotation_of_the_record_is_found_to_the_letter(
    digest: Digest, readings: dict[str, tuple[Quotation, ...]]
) -> None:
    for _, printing in printings(digest):
        found = {(s.start, s.end) for q in readings[printing.article] for s in q.segments}
        for passage in (*printing.segments, *printing.again):
            assert within(passage.span.start, passage.span.end, found), passage.text


def test_every_stretch_of_every_article_is_found(
    digest: Digest, readings: dict[str, tuple[Quotation, ...]]
) -> None:
    for id, curated in digest.articles.items():
        found = [(s.start, s.end) for q in readings[id] for s in q.segments]
        assert found == [(s.span.start, s.span.end) for s in curated.article.stretches]


def test_no_name_is_invented(
    people: list[Person], readings: dict[str, tuple[Quotation, ...]]
) -> None:
    known = {person.name for person in people}
    assert {q.speaker for found in readings.values() for q in found} - {None} <= known


def test_what_differs_from_the_record_is_this_and_no_more(
    digest: Digest, readings: dict[str, tuple[Quotation, ...]]
) -> None:
    assert "".join(sorted(differences(digest, readings))) == DIFFERENCES


def printings(digest: Digest) -> Iterator[tuple[Claim, Printed]]:
    for claim in digest.claims:
        for printing in claim.printings:
            yield claim, printing


def within(start: int, end: int, found: set[tuple[int, int]]) -> bool:
    return any(one[0] <= start and end <= one[1] for one in found)


def differences(digest: Digest, readings: dict[str, tuple[Quotation, ...]]) -> Iterator[str]:
    for claim, printing in printings(digest):
        spans = [passage.span for passage in printing.segments]
        quotation = at(readings[printing.article], spans[0].start)
        label = f"{printing.article}: {printing.segments[0].text[:22].strip()}…"
        named = claim.speaker.entry.name
        if quotation.speaker != named:
            yield f"{label} | speaker: {quotation.speaker}, {named}\n"
        if len(quotation.segments) != len(spans):
            yield f"{label} | segments: {len(quotation.segments)}, {len(spans)}\n"
        if "term" in quotation.flags:
            yield f"{label} | a term, a claim\n"
        said = claim.moment.working.said
        told = quotation.said and f"{quotation.said.earliest} to {quotation.said.latest}"
        if told != f"{said.earliest} to {said.latest}":
            yield f"{label} | day: {told}, {said.earliest} to {said.latest}\n"
    for dismissed in digest.dismissed:
        quotation = at(readings[dismissed.words.article], dismissed.words.span.start)
        if "term" not in quotation.flags:
            words = dismissed.words
            yield f"{words.article}: {words.text} | {quotation.speaker}, a term\n"


def at(found: tuple[Quotation, ...], start: int) -> Quotation:
    return next(q for q in found if any(s.start <= start < s.end for s in q.segments))


def test_what_the_text_dates_by_itself_is_dated(
    digest: Digest, readings: dict[str, tuple[Quotation, ...]]
) -> None:
    """A curated day with words for it in the same article is read, in its window or wider."""
    for claim, printing in printings(digest):
        words = claim.moment.working.words
        if words is None or words.article != printing.article:
            continue
        quotation = at(readings[printing.article], printing.segments[0].span.start)
        assert quotation.said, printing.segments[0].text
        assert quotation.said.latest
        told = Window(quotation.said.earliest, quotation.said.latest)
        assert claim.moment.working.said.within(told), quotation.said.because

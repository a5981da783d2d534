"""The pages of speakers: where each stood over time, and all that they said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import groupby

from msgspec import Struct, structs

from digest import address
from digest.dates import Window, brief
from digest.model.claim import Curated, Speaker, Statement
from digest.site.concordance import Used
from digest.site.edition import Edition
from digest.site.gathered import gathered
from digest.site.lines import Line, printed_in
from digest.site.metadata import of_speaker, plain
from digest.site.page import Page, Planned, Sheet, sheets
from digest.site.scale import LATEST, ON_A_PAGE, ROWS, is_large, length, parts
from digest.site.strip import strip
from digest.site.views import Link, so_many

_USES = 5  # quotations of a form, on a speaker's page in a large digest


class Year(Struct, frozen=True):
    """What a speaker said in a year, or a part of it that is enough for a page."""

    link: Link
    statements: list[Statement]


class Listed(Struct, frozen=True):
    """A speaker as the list of all has them."""

    link: Link
    told: str  # as whom they speak
    count: int
    latest: Line | None  # the last statement with a stance; None: there is none


def speaker_pages(edition: Edition) -> Iterator[Planned]:
    """Every named speaker's page; and their years, of those who said too much for one page."""
    for speaker in edition.digest.speakers.values():
        if speaker.entry.name:  # an unnamed speaker gets no page of a person
            years = _years(speaker, edition)
            yield address.speaker(speaker.id), partial(_speaker, speaker, years, edition)
            for at, year in enumerate(years):
                yield year.link.to, partial(_year, speaker, years, at, edition)


def list_pages(edition: Edition) -> Iterator[Planned]:
    """All speakers, for whom the home page of a large digest has no room."""
    people = by_surname(edition.digest.speakers.values())
    for sheet in sheets(address.SPEAKERS, people, ROWS):
        yield sheet.address, partial(_list, sheet, len(people), edition)


def by_surname(speakers: Iterable[Speaker]) -> list[tuple[Speaker, str]]:
    """Everybody who has a page, by surname, and as whom they speak."""
    named_so = [one for one in speakers if one.entry.name]
    named_so.sort(key=lambda one: (one.name.split()[-1].casefold(), one.name))
    return [(one, ", ".join(filter(None, (one.entry.role, one.entry.side)))) for one in named_so]


def _list(sheet: Sheet[tuple[Speaker, str]], count: int, edition: Edition) -> Page:
    listed = [_listed(speaker, told, edition) for speaker, told in sheet.things]
    sees = {"listed": listed, "count": count, "parts": sheet.parts}
    return Page(sheet.address, "speakers.html", sees, plain("All speakers, by surname."))


def _listed(speaker: Speaker, told: str, edition: Edition) -> Listed:
    said = edition.timeline.of(speaker.id)
    latest = next((edition.lines[one.id] for one in reversed(said) if one.stance), None)
    return Listed(Link(address.speaker(speaker.id), speaker.name), told, len(said), latest)


def _speaker(speaker: Speaker, years: list[Year], edition: Edition) -> Page:
    """A speaker's page; of one who said too much for it, the latest and the way to the years."""
    digest, said = edition.digest, edition.timeline.of(speaker.id)
    carried = dict.fromkeys(id for one in said for id in printed_in(one))
    articles = [digest.articles[id] for id in carried]
    sees = {
        "speaker": speaker,
        "entry": speaker.entry,
        "feed": f"{speaker.id}.xml",
        "count": len(said),
        "articles": len(articles),
        **_drawn(speaker, articles, edition),
        "used": [_cut(one, edition) for one in edition.concordance.used_by(speaker.id)],
        "said_by": edition.set_lines(said[: -LATEST - 1 : -1] if years else said),
        "years": [(year.link, len(year.statements)) for year in years],
    }
    return Page(address.speaker(speaker.id), "speaker.html", sees, of_speaker(speaker, edition))


def _drawn(speaker: Speaker, articles: list[Curated], edition: Edition) -> dict[str, object]:
    """The strip: of a large digest beside the articles that carry its statements alone."""
    digest, name = edition.digest, f"Each statement by {speaker.name}"
    drawn = [one for one in edition.timeline.of(speaker.id) if edition.leads(one) and one.stance]
    around = edition.timeline.beside
    if is_large(digest):
        around = structs.replace(around, articles=articles)
    piled = None
    if is_large(digest) and len(drawn) > ON_A_PAGE:
        piled = gathered(digest, name, drawn, around, partial(_in_year, speaker.id))
    alone = None if piled else strip(digest, name, [drawn], around)
    table = () if piled else edition.set_lines(drawn)
    return {"gathered": piled, "strip": alone, "table": table}


def _in_year(speaker: str, day: date) -> str:
    return address.year(speaker, day.year)


def _cut(used: Used, edition: Edition) -> tuple[Used, int]:
    """A form with the quotations that hold it, and how many more there are than are shown."""
    more = len(used.quotes) - _USES
    if more <= 0 or not is_large(edition.digest):
        return used, 0
    return Used(used.form, used.quotes[:_USES]), more


def _years(speaker: Speaker, edition: Edition) -> list[Year]:
    """By the year in which a statement's window ends; none where one page holds everything."""
    said = edition.timeline.of(speaker.id)
    if not is_large(edition.digest) or sum(map(length, said)) <= ON_A_PAGE:
        return []
    found = []
    for year, under in groupby(said, lambda one: _ends(one).year):
        days = [list(those) for _, those in groupby(under, _ends)]
        cut = list(parts(days, ON_A_PAGE, length))
        for number, those in enumerate(cut, 1):
            to = address.part(address.year(speaker.id, year), number)
            window = Window(_ends(those[0]), _ends(those[-1]))
            text = f"{brief(window)} {year}" if len(cut) > 1 else str(year)
            found.append(Year(Link(to, text), those))
    return found


def _ends(one: Statement) -> date:
    return one.moment.working.said.latest


def _year(speaker: Speaker, years: list[Year], at: int, edition: Edition) -> Page:
    """A year of a speaker, in order of time."""
    year = years[at]
    sees = {
        "speaker": speaker,
        "home": address.speaker(speaker.id),
        "text": year.link.text,
        "said_by": edition.set_lines(year.statements),
        "parts": [one.link for one in years],
        "beside": [one.link for one in (*years[max(at - 1, 0) : at], *years[at + 1 : at + 2])],
    }
    told = f"{so_many(len(year.statements), 'statement')} by {speaker.name}, {year.link.text}."
    return Page(year.link.to, "year.html", sees, plain(told))

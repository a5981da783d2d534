"""Of more than a hundred claims home holds the latest, and every page stays small.

An invented council of 251 members, who each said one thing in an article of their own, and of a
chair who said 120 things: 105 of them on one day, 110 in one month.
"""

from __future__ import annotations

import json
import posixpath
import random
import re
from collections import Counter
from datetime import date, timedelta
from html import unescape

import pytest

from digest.build import Options, check, compose
from digest.site.edition import edition
from digest.site.feeds import sitemap
from digest.site.postings import fold, words_of
from digest.site.scale import (
    CLASHES,
    LATEST,
    OFFERED,
    ON_A_PAGE,
    ROWS,
    SPOKE_LAST,
    WHOLE,
    YEARS,
    parts,
)
from digest.site.timeline import arrange

MEMBERS, TOLD, CLASHING = 251, 3, 51
PHRASE = "shut the gate"
ODD = "Don’t shut मुंबई, Ὀδυσσεύς, Straße, İstanbul, the U.S. too"  # what is folded for the search
SITE = "title: The Gate\nbase_url: https://gate.example\n"
HEAD = """\
stances:
  stay: {label: Staying, means: says that it stays open}
  shut: {label: Shutting, means: says that it will be shut, threshold: speaks of shutting}
phrases: {shut the gate: [shut the gate]}
"""
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()


class Prose:
    """Words that nobody said, the same ones in every run."""

    def __init__(self) -> None:
        self._chance = random.Random(106)

    def words(self, count: int) -> str:
        """So many words."""
        return " ".join("".join(self._chance.choices(_SYLLABLES, k=3)) for _ in range(count))


def a_council(
    members: int = MEMBERS, chaired: int = 120, apart: int = 1
) -> tuple[dict[str, str], str]:
    """The articles, and the record of what the members and their chair said.

    The members spoke one after the other, so many days ``apart``.
    """
    prose, seeds = Prose(), {}
    speakers = ["  chair: {name: Ada Chair, role: chair, kind: official}"]
    articles, claims = [], []
    for number in range(members):
        name, id = f"M{number:03} Orr{number:03}", f"m{number:03}"
        day = date(2030, 1, 1) + timedelta(days=number * apart)
        words = f"{prose.words(9)} {PHRASE} {ODD if number == 7 else prose.words(3)}"
        seeds[f"{id}.txt"] = _article(day, [words], name, prose)
        speakers.append(f"  {id}: {{name: {name}}}")
        articles.append(f"  {id}: {{file: {id}.txt, title: Of {id}, publisher: The Post}}")
        claims.append(_claim(f"said-{id}", id, day, id, words, "stay"))
    for number in range(chaired):
        day = date(2030, 5, 6) if number < 105 else date(2030, 5, 20)
        day = date(2030, 6, number - 109) if number >= 110 else day
        id = f"c{number // 10:02}"
        words = prose.words(12)
        seeds.setdefault(f"{id}.txt", _article(date(2032, 1, 1), [], "Ada Chair", prose))
        if number % 10 == 0:
            seeds[f"{id}.txt"] += f"\n\nIt was time to {PHRASE} at last."
        seeds[f"{id}.txt"] += f"\n\n“{words},” Ada Chair said."
        more = "at: sitting, " if number < 30 else ""
        claims.append(_claim(f"chair-{number:03}", "chair", day, id, words, "shut", more))
    articles += [f"  {file[:-4]}: {{file: {file}}}" for file in seeds if file.startswith("c")]
    record = [HEAD, "speakers:", *speakers, "articles:", *articles, "claims:", *claims]
    return seeds, "\n".join([*record, *_more(seeds)])


def _article(day: date, said: list[str], name: str, prose: Prose) -> str:
    """An article with its own day, and enough around its quotations."""
    told = "".join(f"\n\n“{words},” {name} said." for words in said)
    return f" date {day} Once {prose.words(150)} over.\n\nThen {prose.words(60)} so.{told}"


def _claim(
    id: str, speaker: str, day: date, article: str, words: str, stance: str, more: str = ""
) -> str:
    when = more or f"said: {day}, because: it was then, "
    printed = f'printed: [{{in: {article}, words: "{words},"}}]'
    return f"  {id}: {{speaker: {speaker}, {when}stance: {stance}, {printed}}}"


def _more(seeds: dict[str, str]) -> list[str]:
    """The occasion of thirty claims, acts that are told in prose, and what is disputed."""
    lines = ["events:", "  sitting: {what: the council sits, said: 2030-05-06, in: c00, "
             "because: it was then}", "reports:"]  # fmt: skip
    for number in range(TOLD):
        passage = " ".join(seeds[f"m{number:03}.txt"].split("Once ")[1].split()[:8])
        lines.append(
            f"  act-{number}: {{by: m{number:03}, said: 2030-01-0{number + 1}, "
            f"because: it was then, in: m{number:03}, stance: shut, passage: {passage}}}"
        )
    lines.append("disagreements:")
    for number in range(CLASHING):
        sides = []
        for article in (f"m{number:03}", f"m{number + 1:03}"):
            passage = " ".join(seeds[f"{article}.txt"].split("Then ")[1].split()[:5])
            sides.append(f"{{in: {article}, passage: {passage}, holds: {article}}}")
        lines.append(
            f"  clash-{number:02}: {{about: what {number} was, sides: [{', '.join(sides)}], "
            f"follows: neither, because: nothing tells, claims: [said-m{number:03}]}}"
        )
    return lines


@pytest.fixture(scope="session")
def folder(a_digest, tmp_path_factory):
    """The council's digest as a folder."""
    return a_digest(tmp_path_factory.mktemp("council"), *a_council(), SITE)


@pytest.fixture(scope="session")
def outcome(folder):
    found = compose(Options(folder, cache=False))
    assert found.findings == [], "\n".join(map(str, found.findings[:5]))
    return found


@pytest.fixture(scope="session")
def files(outcome):
    return outcome.files


@pytest.fixture(scope="session")
def set_up(outcome):
    return edition(outcome.digest, {})


@pytest.fixture(scope="session")
def statements(files):
    """Every claim and report as claims.json has it."""
    told = json.loads(files["claims.json"])
    return [*told["claims"], *told["reports"]]


def linked(html: bytes) -> list[str]:
    return [unescape(to) for to in re.findall(r' href="([^"]*)"', html.decode())]


def listed(files, *pages: str) -> list[str]:
    """The quotations that pages list one under the other, by the links of their words."""
    return [
        from_root(page, to)
        for page in pages
        for to in re.findall(r'<blockquote[^>]*><a href="([^"]*)"', files[page].decode())
    ]


def from_root(page: str, to: str) -> str:
    """Where a link of a page leads."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), to)) if to else page


def pages_below(files, folder: str) -> list[str]:
    return [to for to in files if to.startswith(f"{folder}/") and to.endswith(".html")]


def text(html: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html.decode())).split())


# -- Where everything stands


def test_every_page_of_a_large_digest_is_small(files):
    sizes = {to: len(page) for to, page in files.items() if to.endswith(".html")}
    assert sizes["index.html"] <= 80_000
    assert {to: size for to, size in sizes.items() if size > 150_000} == {}


def test_every_statement_is_reached_from_home_by_links(files, statements):
    """And every page but those that nothing leads to on purpose."""
    reached, follow = {"index.html"}, ["index.html"]
    places = set()
    while follow:
        page = follow.pop()
        for to in linked(files[page]):
            target = from_root(page, to.partition("#")[0])
            places.add(f"{target}#{to.partition('#')[2]}" if "#" in to else target)
            if target in files and target not in reached and target.endswith(".html"):
                reached.add(target)
                follow.append(target)
    assert {to for to in files if to.endswith(".html")} - reached == {"404.html"}
    own = {one["url"].removeprefix("https://gate.example/") for one in statements}
    assert own <= places
    assert len(own) == MEMBERS + 120 + TOLD


def test_a_report_has_a_lasting_place_on_the_page_of_its_article(files, statements):
    [report] = [one for one in statements if one["id"] == "act-1"]
    assert report["url"] == "https://gate.example/articles/m001.html#act-1"
    assert b'id="act-1"' in files["articles/m001.html"]
    # What a feed once called it must not change when the digest grows.
    assert b"<id>https://gate.example/index.html#act-1</id>" in files["speakers/m001.xml"]


# -- Home


def test_home_shows_the_latest_fifty_and_who_spoke_last(files, statements):
    home = files["index.html"].decode()
    newest = home[home.index('id="newest"') :]
    found = re.findall(r'<(?:blockquote|p class="passage")><a href="([^"]*)"', newest)
    days = {one["url"].removeprefix("https://gate.example/"): one["said"]["latest"]
            for one in statements}  # fmt: skip
    assert len(found) == len(set(found)) == LATEST
    assert [days[to] for to in found] == sorted(days.values(), reverse=True)[:LATEST]
    latest = home[home.index('id="latest"') : home.index('id="timeline"')]
    who = re.findall(r'<p class="who"><a href="speakers/([^"]*).html"', latest)
    assert len(who) == len(set(who)) == SPOKE_LAST
    assert "m250" in who
    assert f'<a href="all/speakers.html">All {MEMBERS + 1} speakers</a>' in home


def test_the_calendar_of_home_leads_to_every_month_and_counts_it(files, statements):
    home = files["index.html"].decode()
    months = Counter(one["said"]["latest"][:7] for one in statements)
    cells = re.findall(r'<td><a href="months/([\d-]+)\.html">(\d+)</a></td>', home)
    assert {month: int(count) for month, count in cells} == months
    assert [month for month, _ in cells] == sorted(months)


def test_the_strip_of_home_gathers_and_says_how_many_each_sign_stands_for(files, statements):
    home = files["index.html"].decode()
    strip = home[home.index('<g class="statements">') : home.index('id="strip-note"')]
    signs = re.findall(r'class="mark pile s(\d)" href="([^"]*)"><title>([^<]*)</title>', strip)
    told = [re.fullmatch(r"(.*): (\w+), (\d+) statements?", title) for *_, title in signs]
    assert re.findall(r"<text[^>]*>(\d+)</text></svg></a>", strip) == [one[3] for one in told]
    counts: Counter[str] = Counter()
    for one in told:
        counts[one[2]] += int(one[3])
    stances = Counter(one["stance"] for one in statements)
    assert counts == {"Staying": stances["stay"], "Shutting": stances["shut"]}
    assert {to for _, to, _ in signs} <= set(files)
    table = home[home.index("<table", home.index("The same figures")) :]
    rows = re.findall(r"<tr><td>[^<]*</td>((?:<td>\d+</td>)+)</tr>", table)
    sums = [sum(column) for column in zip(*(map(int, re.findall(r"\d+", row)) for row in rows),
                                          strict=True)]  # fmt: skip
    assert sums[:3] == [stances["stay"], stances["shut"], len(statements)]
    assert len(files["index.html"]) - len(home.replace(strip, "").encode()) <= 40_000


def test_home_offers_those_who_said_most_and_says_how_to_find_the_others(files):
    home = files["index.html"].decode()
    select = home[home.index('name="speaker"') :].partition("</select>")[0]
    offered = re.findall(r'<option value="(\w+)">[^<]*\((\d+)\)', select)
    assert offered[0] == ("chair", "120")
    assert len(offered) == OFFERED
    assert "<option disabled>Others: search for the name</option>" in select
    assert re.findall(r'<option value="(20\d\d)">\1 \((\d+)\)', home) == [("2030", "374")]
    assert 'name="article"' not in home


# -- Months and days


def test_each_statement_stands_in_its_month_and_in_no_other(files, statements):
    pages = pages_below(files, "months")
    for page in pages:
        month = page.split("/")[1].removesuffix(".html")
        own = {one["url"].removeprefix("https://gate.example/") for one in statements
               if one["said"]["latest"].startswith(month)}  # fmt: skip
        assert set(listed(files, page)) <= own
    everywhere = listed(files, *pages)
    ids = re.findall(r'<figure class="claim" id="([^"]*)"', "".join(
        files[page].decode() for page in pages))  # fmt: skip
    assert sorted(ids) == sorted(one["id"] for one in statements)
    assert len(everywhere) == len(set(everywhere)) == MEMBERS + 120


def test_a_month_of_too_many_statements_is_cut_and_each_part_says_which_days_it_has(files):
    assert [to for to in files if to.startswith("months/2030-05")] == [
        "months/2030-05.html",
        "months/2030-05/2.html",
        "months/2030-05/3.html",
    ]
    assert "<h1>1–5 May 2030</h1>" in files["months/2030-05.html"].decode()
    assert "<h1>6 May 2030</h1>" in files["months/2030-05/2.html"].decode()
    assert "<h1>6–31 May 2030</h1>" in files["months/2030-05/3.html"].decode()
    assert "<h1>June 2030</h1>" in files["months/2030-06.html"].decode()
    assert len(listed(files, "months/2030-05/2.html")) == ON_A_PAGE
    for page in ("months/2030-05.html", "months/2030-05/3.html"):
        assert 'href="../' in files[page].decode()
        assert 'months/2030-05/2.html">6 May 2030</a>' in files[page].decode()


def test_months_lead_to_those_beside_them_without_a_gap(files):
    page, seen = "months/2030-01.html", []
    while page and page not in seen:
        seen.append(page)
        _, _, beside = files[page].decode().rpartition('<nav class="block"')
        links = re.findall(r'href="([^"]*)"', beside.partition("</nav>")[0])
        around = [from_root(page, to) for to in links]
        page = next((to for to in around if to not in seen), None)
    assert sorted(seen) == sorted(pages_below(files, "months"))


def test_a_day_shows_the_twelve_who_spoke_last_and_says_so(files, set_up):
    html = files["days/2030-04-01.html"].decode()
    evening = html[html.index('id="evening"') :]
    who = re.findall(r'<p class="who"><a href="../speakers/m(\d+).html"', evening)
    assert [int(number) for number in who] == list(range(90, 78, -1))
    assert f"The {SPOKE_LAST} who spoke last, by what they had last said" in evening
    third = text(files["days/2030-01-03.html"])
    assert "who spoke last, by" not in third[third.index("Where each stood") :]


def test_a_day_of_too_many_statements_is_cut(files):
    assert "days/2030-05-06/2.html" in files
    first, second = listed(files, "days/2030-05-06.html"), listed(files, "days/2030-05-06/2.html")
    assert (len(first), len(second)) == (ON_A_PAGE, 6)
    assert not set(first) & set(second)
    assert "Where each stood" not in text(files["days/2030-05-06/2.html"])


def test_a_quotation_shows_the_nearest_of_its_occasion_and_how_many_more_there_are(files):
    html = files["quotes/chair-015.html"].decode()
    section = html[html.index('id="related"') :].partition("</section>")[0]
    near = re.findall(r'href="chair-(\d+)\.html"|href="\.\./quotes/chair-(\d+)\.html"', section)
    assert sorted(int(one or other) for one, other in near) == [*range(9, 15), *range(16, 22)]
    assert "and 17 more" in text(section.encode())


# -- Speakers, words, articles, disagreements


def test_a_speaker_of_too_many_statements_has_the_latest_and_a_page_for_every_year(files):
    own = files["speakers/chair.html"].decode()
    assert len(listed(files, "speakers/chair.html")) == LATEST
    years = pages_below(files, "speakers/chair")
    assert years == ["speakers/chair/2030.html", "speakers/chair/2030/2.html"]
    found = listed(files, *years)
    assert sorted(found) == [f"quotes/chair-{number:03}.html" for number in range(120)]
    assert set(listed(files, "speakers/chair.html")) <= set(found)
    assert all(f'href="../{year}"' in own for year in years)
    assert "120 statements in 12 articles" in own
    assert "6–12 May 2030: Shutting, 105 statements" in own
    assert "speakers/m000/2030.html" not in files


def test_all_speakers_are_listed_by_surname_with_their_latest_position(files):
    assert "all/speakers/2.html" in files
    rows = [
        row
        for page in ("all/speakers.html", "all/speakers/2.html")
        for row in re.findall(r'<tr><td><a href="(?:\.\./)+speakers/(\w+)\.html">.*?</tr>',
                              files[page].decode(), re.DOTALL)
    ]  # fmt: skip
    assert rows == ["chair", *(f"m{number:03}" for number in range(MEMBERS))]
    first = text(files["all/speakers.html"])
    assert "Ada Chair chair 120 Shutting 10 June 2030" in first
    assert "M003 Orr003 1 Staying 4 January 2030" in first


def test_every_hit_of_a_phrase_stands_once_on_its_pages(files):
    assert PHRASE in text(files["words.html"])
    pages = ["words/shut-the-gate.html", "words/shut-the-gate/2.html"]
    hits = [len(re.findall("<mark>", files[page].decode())) for page in pages]
    assert hits == [ROWS, MEMBERS - ROWS + 12]
    assert "12 in reporters’ prose It was time to shut the gate at last" in text(files[pages[1]])
    assert "in reporters’ prose It was" not in text(files[pages[0]])
    assert b"<mark>" not in files["words.html"]


def test_coverage_counts_each_article_and_its_page_has_every_stretch(files):
    pages = ["coverage.html", "coverage/2.html"]
    rows = [to for page in pages for to in linked(files[page]) if to.endswith("#stretches")]
    assert len(rows) == len(set(rows)) == MEMBERS + 12
    article = files["articles/c00.html"].decode()
    own = article[article.index('id="stretches"') :]
    assert re.findall(r'href="\.\./quotes/chair-(\d+)\.html">Ada Chair', own) == [
        f"{number:03}" for number in range(10)
    ]


def test_disagreements_fill_several_pages_and_quotations_lead_to_the_right_one(files):
    found = {
        page: re.findall(r'<section class="clash" id="clash-(\d+)"', files[page].decode())
        for page in ("disagreements.html", "disagreements/2.html")
    }
    assert [len(clashes) for clashes in found.values()] == [CLASHES, CLASHING - CLASHES]
    assert "../disagreements/2.html#clash-50" in linked(files["quotes/said-m050.html"])
    assert "../disagreements.html#clash-49" in linked(files["quotes/said-m049.html"])


# -- Feeds, sitemap, search


def test_feeds_keep_the_latest_fifty(files):
    for feed in ("feed.xml", "speakers/chair.xml"):
        assert files[feed].count(b"<entry>") == LATEST
    assert len(json.loads(files["feed.json"])["items"]) == LATEST
    assert files["speakers/m004.xml"].count(b"<entry>") == 1


def test_of_more_than_fifty_thousand_pages_there_are_several_sitemaps(outcome):
    addresses = [f"quotes/q{number}.html" for number in range(100_001)]
    index, *maps = sitemap(addresses, outcome.digest)
    assert (index.address, index.template) == ("sitemap.xml", "sitemaps.xml")
    assert index.sees["maps"] == [f"https://gate.example/{one.address}" for one in maps]
    assert [len(one.sees["pages"]) for one in maps] == [50_000, 50_000, 1]
    every = [to for one in maps for to, _ in one.sees["pages"]]
    assert sorted(every) == sorted(f"https://gate.example/{to}" for to in addresses)
    [alone] = sitemap(addresses[:50_000], outcome.digest)
    assert (alone.address, len(alone.sees["pages"])) == ("sitemap.xml", 50_000)


def scripts(files, path: str) -> list:
    """What the calls of the search's scripts are given."""
    found = []
    for to, script in files.items():
        if re.fullmatch(path, to):
            call = re.fullmatch(r"digestSearch\.\w+\((.*)\);\n", script.decode(), re.DOTALL)
            found.append(json.loads(f"[{call[1]}]"))
    return found


def test_each_word_and_choice_leads_to_the_statements_that_have_it_and_no_others(files, set_up):
    records = [one for _, shard in sorted(scripts(files, r"search/\d+\.js")) for one in shard]
    newest = [one.id for one in reversed(set_up.timeline.statements)]
    assert [one["id"] for one in records] == newest
    wanted: dict[str, set[int]] = {}
    for number, one in enumerate(records):
        facets = set_up.lines[one["id"]].facets
        told = [*one["words"], one["name"], one.get("role"), one["day"], one.get("stance")]
        terms = {word for part in filter(None, told) for word in words_of(fold(part))}
        terms |= {f"speaker={facets.speaker}", f"stance={facets.stance}"}
        for term in terms | {f"month={month[:4]}" for month in facets.months.split()}:
            wanted.setdefault(term, set()).add(number)
    found = {}
    for _, words in scripts(files, r"search/words/\d+\.js"):
        for word, steps in words.items():
            found[word] = {sum(steps[: at + 1]) for at in range(len(steps))}
    assert found == wanted


def test_the_index_tells_where_each_shard_begins_and_none_is_large(files):
    [[index]] = scripts(files, "search/index.js")
    shards = dict(scripts(files, r"search/\d+\.js"))
    at = 0
    for number, start in enumerate(index["starts"], 1):
        assert start == at
        at += len(shards[number])
    shelves = dict(scripts(files, r"search/words/\d+\.js"))
    first = [min(shelves[number]) for number in range(1, len(shelves) + 1)]
    assert index["first"] == first == sorted(first)
    # A question of seven words, and twenty results from as many shards: 500,000 bytes at most.
    assert max(len(files[f"search/words/{number}.js"]) for number in shelves) <= 31_000
    assert max(len(files[f"search/{number}.js"]) for number in shards) <= 13_000


@pytest.mark.parametrize(
    ("typed", "folded", "words"),
    [
        ("“We’re  done” — the U.S. élite", "\"we're done\"-the us elite",
         ["we're", "we", "done", "the", "us", "elite"]),
        ("J.D. Vance, 4th", "jd vance, 4th", ["jd", "vance", "4th"]),
        ("मुंबई में", "मुंबई में", ["मुंबई", "में"]),
        ("Ὀδυσσεύς Straße İstanbul", "οδυσσευς straße istanbul",
         ["οδυσσευς", "straße", "istanbul"]),
    ],
)  # fmt: skip
def test_words_are_folded_for_the_search_as_its_script_folds_them(typed, folded, words):
    assert fold(typed) == folded
    assert words_of(folded) == words


# -- Small digests


def test_a_digest_of_a_hundred_claims_stands_on_its_home_page_whole(a_digest, tmp_path):
    seeds, record = a_council(WHOLE - 40, 40)
    small = compose(Options(a_digest(tmp_path, seeds, record, SITE), cache=False))
    assert small.findings == []
    home = small.files["index.html"].decode()
    assert len(re.findall(r'<figure class="claim" id="', home)) == WHOLE + TOLD
    assert [to for to in small.files if to.startswith(("months/", "all/", "words/"))] == []
    assert "search/index.js" not in small.files
    assert 'href="index.html#act-1"' in home


def test_one_more_and_the_months_take_over_and_earlier_years_have_a_page(a_digest, tmp_path):
    seeds, record = a_council(WHOLE - 39, 40, apart=60)
    large = compose(Options(a_digest(tmp_path, seeds, record, SITE), cache=False))
    assert large.findings == []
    home = large.files["index.html"].decode()
    assert '<figure class="claim"' not in home
    assert "months/2030-01.html" in large.files
    years = [str(year) for year in range(2039, 2029, -1)]
    assert re.findall(r'<th scope="row">(\d+)</th>', home) == years[:YEARS]
    assert '<a href="all/months.html">Earlier years</a>' in home
    every = large.files["all/months.html"].decode()
    assert re.findall(r'<th scope="row">(\d+)</th>', every) == years


# -- Linear


def test_positions_of_all_evenings_come_from_one_walk(outcome, folder):
    """Each evening holds no more than twelve, and is what a slow look would find."""
    digest = check(Options(folder, cache=False)).digest
    timeline = arrange(digest)
    for evening in (date(2029, 12, 31), date(2030, 1, 5), date(2030, 5, 6), date(2030, 12, 31)):
        latest = {
            one.speaker.id: one
            for one in timeline.statements
            if one.stance and one.moment.working.said.latest <= evening
        }
        slow = sorted(latest.values(), key=lambda one: -timeline.places[None, one.id])
        assert list(timeline.positions(evening)) == slow[:SPOKE_LAST]


def test_groups_are_cut_only_where_one_is_too_large_alone():
    assert list(parts(["ab", "cde", "f"], 3)) == [["a", "b"], ["c", "d", "e"], ["f"]]
    assert list(parts(["abcd"], 3)) == [["a", "b", "c"], ["d"]]
    assert list(parts([[1, 5, 1]], 3, lambda one: one)) == [[1], [5], [1]]
    assert list(parts([], 3)) == []

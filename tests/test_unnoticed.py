"""Small promises of the pages that are easily broken without anybody noticing."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise

import pytest

from digest.build import Options, check, compose
from digest.site.edition import edition
from digest.site.links import check_links, collected
from digest.site.rights import what_is_shown
from digest.site.timeline import arrange
from tests.test_published_site import Elements

FILLER = "The council met for an hour and talked about the wall, the ferries and the rain. " * 40
HEAD = """
stances: {{stay: {{label: Staying, means: stays}}, go: {{label: Going, means: goes}}}}
speakers:
  ada-low: {{name: Ada Low, kind: official}}
{speakers}
articles:
{articles}
claims:
{claims}
"""


def claim(id, words, said="2030-01-06", more="", speaker="ada-low", printed=""):
    """A claim printed in the article a; its day is given with a reason."""
    said = "" if "at:" in more else f"    said: {said}\n    because: it was then\n"
    return (
        f"  {id}:\n    speaker: {speaker}\n{said}{more}"
        f'    printed: [{{in: a, words: "{words}"{printed or "}"}]\n'
    )


@pytest.fixture
def a_site(a_digest, tmp_path):
    """Checks and composes a record whose article a prints ``text``, and perhaps others."""

    def made(text, claims, rest="", site="title: A digest\n", others=None, articles=""):
        seeds = {"a.txt": f" date 2030-03-30 Ada Low and Bo Reed spoke.\n\n{text}\n\n{FILLER}"}
        seeds |= {name: f"{words}\n\n{FILLER}" for name, words in (others or {}).items()}
        listed = "  a: {file: a.txt, publisher: The Post, title: The end}\n" + articles
        reed = "  bo-reed: {name: Bo Reed, kind: analyst}" if "bo-reed" in claims else ""
        record = HEAD.format(speakers=reed, articles=listed, claims=claims) + rest
        folder = a_digest(tmp_path, seeds, record, site)
        outcome = compose(Options(folder, cache=False))
        assert outcome.findings == [], "\n".join(map(str, outcome.findings))
        return outcome

    return made


def read(html):
    """What a page says, its markup taken out."""
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def section(files, address, begins, ends="</section>"):
    """The text of a part of a page."""
    _, found, after = files[address].decode().partition(begins)
    return after.partition(ends)[0] if found else ""


# -- Rights


@pytest.mark.parametrize(("part", "found"), [(0.44, []), (0.46, ["rights-share"])])
def test_an_article_of_which_the_pages_would_print_more_than_45_percent_is_found(
    a_digest, tmp_path, part, found
):
    words = "We asked the council for a wall and a pier and a light at the end of it " * 9
    quoted = f"“{words.strip()}”"
    text = f" date 2030-03-30 {quoted} Ada Low said. "
    text += ("Rain fell on all of the town. " * 99)[: round(len(quoted) / part) - len(text)]
    article, claims = "  a: {file: a.txt, title: The end}", claim("low-wall", words.strip())
    record = HEAD.format(speakers="", articles=article, claims=claims)
    outcome = check(Options(a_digest(tmp_path, {"a.txt": text}, record)))
    assert [finding.rule for finding in outcome.findings] == found


def test_the_words_that_make_a_side_hold_a_day_are_counted_as_printed(a_site):
    rest = """
disagreements:
  tide:
    about: the tide
    sides:
      - {in: a, passage: The tide was high, holds: 2030-03-29, when: {words: on March 29}}
      - {in: a, passage: the tide was low, holds: low}
    follows: neither
    because: nobody looked
"""
    text = "“It is shut now,” Low said. The tide was high on March 29. He said the tide was low."
    outcome = a_site(text, claim("low-shut", "It is shut now,"), rest)
    article = outcome.digest.articles["a"].article
    shown = what_is_shown(outcome.digest)["a"].fixed
    assert "on March 29" in [span.of(article.text) for span in shown]


# -- Addresses


def astray(files):
    pages = collected((to, html) for to, html in files.items() if to.endswith(".html"))
    return list(check_links(pages, files, files.__getitem__))


def test_a_link_that_leads_nowhere_is_found_with_its_line():
    pages = {
        "index.html": b'<p id="here">\n<a href="quotes/a.html#there">.</a> <a href="#here">.</a>',
        "quotes/a.html": b'<b id="there">.</b>\n\n<a href="../index.html#here">.</a>',
        "style.css": b"",
    }
    assert astray(pages) == []
    for wrong in ("#there", "quotes/a.html#here", "quotes/b.html", "a.html", "../style.css"):
        html = pages["index.html"] + f'\n<a href="{wrong}">.</a>'.encode()
        [finding] = astray({**pages, "index.html": html})
        assert (finding.rule, finding.place.line) == ("link", 3), wrong
        assert f'"{wrong}"' in finding.message
    html = pages["quotes/a.html"] + b'<a href="index.html">.</a>'
    assert len(astray({**pages, "quotes/a.html": html})) == 1


def test_a_link_to_a_part_of_its_own_page_is_not_saved_by_the_page_beside_it():
    pages = {"a.html": b'<p id="here"></p><a href="#here">.</a>', "b.html": b'<a href="#here">'}
    [finding] = astray(pages)
    assert finding.place.path == "site/b.html"


def test_an_id_that_two_parts_of_a_page_have_is_found():
    html = b'<p id="one"></p>\n<p id="two"></p>\n<p id="one"></p>'
    [finding] = astray({"index.html": html})
    assert (finding.rule, finding.place.line) == ("id-twice", 3)


def test_with_an_address_of_its_own_the_site_tells_where_each_page_stands(a_site):
    text = "“It is shut now,” Low said. “It is open now,” Low said."
    claims = claim("low-shut", "It is shut now,")
    claims += claim("low-open", "It is open now,", more="    retracted: a slip\n")
    files = a_site(text, claims, site="title: A digest\nbase_url: https://a.example/b/\n").files
    lost = files["404.html"].decode()
    links = [link for link in re.findall(r' (?:href|src)="([^"]*)"', lost) if link != "#main"]
    assert len(links) > 8
    assert [link for link in links if not link.startswith("https://a.example/b/")] == []
    assert 'rel="canonical"' not in lost
    for page, address in {"index.html": "", "quotes/low-shut.html": "quotes/low-shut.html"}.items():
        canonical = f'<link rel="canonical" href="https://a.example/b/{address}">'
        assert files[page].decode().count(canonical) == 1
        assert files[page].decode().count('rel="canonical"') == 1


def test_without_one_it_names_no_canonical_address_and_has_no_page_for_lost_readers(a_site):
    files = a_site("“It is shut now,” Low said.", claim("low-shut", "It is shut now,")).files
    assert "404.html" not in files
    assert not any(b'rel="canonical"' in html for html in files.values())


# -- Days


WINDOW = "{earliest: 2030-01-30, latest: 2030-03-02}"


@pytest.fixture
def windowed(a_site):
    text = "“It is shut now,” Low said. Then she said: “I shall go to the sea.”"
    claims = claim("low-shut", "It is shut now,", more="    stance: stay\n")
    claims += claim("low-go", "I shall go to the sea.", WINDOW, "    stance: go\n")
    return a_site(text, claims)


@pytest.mark.parametrize(
    ("evening", "stands"),
    [
        (date(2030, 1, 5), None),
        (date(2030, 1, 6), "low-shut"),
        (date(2030, 1, 30), "low-shut"),
        (date(2030, 3, 1), "low-shut"),
        (date(2030, 3, 2), "low-go"),
    ],
)
def test_a_position_known_within_a_window_counts_from_its_last_day_on(windowed, evening, stands):
    found = arrange(windowed.digest).positions(evening)
    assert [one.id for one in found] == ([stands] if stands else [])


def test_a_statement_can_be_chosen_by_every_month_of_its_window(windowed):
    home = windowed.files["index.html"].decode()
    [months] = re.findall(r'id="low-go"[^>]* data-months="([^"]*)"', home)
    assert months == "2030-01 2030-02 2030-03"
    shard = windowed.files["search/1.js"].decode()
    assert '"months":"2030-01 2030-02 2030-03"' in shard
    offered = re.findall(r'<option value="(2030-\d\d)">\w+ 2030 \((\d)\)', home)
    assert offered == [("2030-01", "2"), ("2030-02", "1"), ("2030-03", "1")]


def test_an_event_stands_among_the_statements_of_its_day_as_the_record_orders_them(a_site):
    text = (
        "“One is for the day after it all,” Low said. “Two is for the day before it,” Low said."
        " “Three stands right between the two,” Low said. They met on January 6. They sang."
    )
    claims = claim("low-one", "One is for the day after it all,", more="    after: song\n")
    claims += claim("low-two", "Two is for the day before it,", more="    before: meeting\n")
    claims += claim("low-three", "Three stands right between the two,", more="    after: meeting\n")
    claims = claims.replace("    after: meeting\n", "    after: meeting\n    before: song\n")
    rest = """
events:
  song: {what: a song is sung, said: 2030-01-06, because: it was then, after: meeting, in: a}
  meeting: {what: a meeting is held, said: 2030-01-06, when: {words: on January 6, in: a}}
"""
    files = a_site(text, claims, rest).files
    order = ["Two is for", "A meeting is held", "Three stands", "A song is sung", "One is for"]
    for address, begins in (("days/2030-01-06.html", "Said on this day"), ("index.html", "listed")):
        told = section(files, address, begins, "</main>")
        places = [told.index(words) for words in order]
        assert places == sorted(places), address


def test_a_day_page_tells_only_where_those_stood_whom_the_site_leads_with(a_site):
    text = "“It is shut now,” Low said. “It was never open here,” Reed said."
    claims = claim("low-shut", "It is shut now,", more="    stance: stay\n")
    more = "    stance: go\n"
    claims += claim("reed-never", "It was never open here,", more=more, speaker="bo-reed")
    for leads, stood in (("", ["Ada Low", "Bo Reed"]), ("leads: {kind: official}\n", ["Ada Low"])):
        files = a_site(text, claims, site=f"title: A digest\n{leads}").files
        evening = read(section(files, "days/2030-01-06.html", 'id="evening"'))
        assert [name for name in ("Ada Low", "Bo Reed") if name in evening] == stood
        said = read(section(files, "days/2030-01-06.html", "Said on this day"))
        assert "Bo Reed" in said


# -- What is said of a statement


def test_the_seal_counts_only_outlets_that_print_the_words_in_their_language(a_site):
    first = claim("low-shut", "It is shut for all of us").partition("    printed:")[0]
    first += "    printed:\n      - {in: a, words: It is shut for all of us}\n"
    same = "      - {in: b, words: It is shut for all of us}\n"
    foreign = "      - {in: c, words: Es ist für uns alle zu}\n"
    b, c = "  b: {file: b.txt, title: B}\n", "  c: {file: c.txt, title: C, lang: de}\n"
    others = {"c.txt": " date 2030-03-30 „Es ist für uns alle zu“, sagte Low."}
    both = {"b.txt": " date 2030-03-30 “It is shut for all of us,” Low said.", **others}
    text = "“It is shut for all of us,” Low said."
    for printings, articles, seeds, more in (
        (foreign, c, others, []),
        (foreign + same, b + c, both, ["one more outlet"]),
    ):
        files = a_site(text, first + printings, others=seeds, articles=articles).files
        seal = read(section(files, "quotes/low-shut.html", '<p class="seal">', "<span"))
        assert "Exactly as printed by The Post" in seal
        assert re.findall(r"\w+ more outlets?", seal) == more


def test_a_printing_is_called_inferred_only_where_its_article_has_no_date_of_its_own(a_site):
    claims = claim("low-shut", "It is shut now,").replace(
        '[{in: a, words: "It is shut now,"}]',
        '[{in: a, words: "It is shut now,"}, {in: b, words: "It is shut now,"}]',
    )
    b = "  b: {file: b.txt, title: B, published: 2030-03-28, because: [of March 28]}\n"
    others = {"b.txt": "This is the paper of March 28.\n\n“It is shut now,” Ada Low said."}
    files = a_site("“It is shut now,” Low said.", claims, others=others, articles=b).files
    told = read(section(files, "quotes/low-shut.html", 'id="printed"', 'id="cite"'))
    assert "The end, 30 March 2030" in told
    assert "30 March 2030 (inferred)" not in told
    assert "B, 28 March 2030 (inferred)" in told


def test_notes_say_that_a_day_is_inferred_and_through_whom_words_came(a_site):
    text = "“It is shut for all of us,” Low said on March 29. “It is open for all,” Low said."
    given = "  low-shut:\n    speaker: ada-low\n    when: {words: on March 29}\n"
    given += '    printed: [{in: a, words: "It is shut for all of us,"}]\n'
    inferred = claim("low-open", "It is open for all,", printed=", via: [Radio Sea]}")
    files = a_site(text, given + inferred).files
    for address, notes in {"low-shut": [], "low-open": ["via Radio Sea", "day inferred"]}.items():
        page = section(files, f"quotes/{address}.html", '<p class="tags">', "</p>")
        found = re.findall(r">([^<>\n]+)</a>", page)
        assert [note for note in found if note != "fragment"] == notes
        home = section(files, "index.html", f'id="{address}"', "</figure>")
        assert [note for note in notes if f">{note}</a>" not in home] == []
        assert ("day inferred" in home) == bool(notes)


@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_a_quotation_that_fills_its_sentence_is_shown_with_the_one_before_it(a_site, between):
    text = (
        f"Nobody spoke. Low looked at the sea.{between}“The pier is shut for all of us now.” "
        "A gull flew by. “The wall is open for all of us,” Low said."
    )
    claims = claim("low-pier", "The pier is shut for all of us now.")
    claims += claim("low-wall", "The wall is open for all of us,")
    files = a_site(text, claims).files
    for name, before, is_shown in (
        ("low-pier", "Low looked at the sea.", True),
        ("low-pier", "Nobody spoke.", False),
        ("low-wall", "A gull flew by.", False),
    ):
        for page in (f"quotes/{name}.html", "articles/a.html"):
            begins = f'id="{name}"' if page.startswith("articles") else 'id="in-a"'
            context = read(section(files, page, begins))
            assert (before in context) == is_shown, (page, before, context)


def test_the_short_form_has_dots_where_words_go_on(a_site):
    text = "“The pier is shut for all of us, and the wall is open,” Low said."
    words = "The pier is shut for all of us, and the wall is open,"
    for short, point in {
        "The pier is shut": "“The pier is shut …”",
        "shut for all of us": "“… shut for all of us …”",
        "and the wall is open": "“… and the wall is open”",
        "The pier is shut for all of us, and the wall is open": f"“{words[:-1]}”",
    }.items():
        more = f'    short: "{short}"\n'
        outcome = a_site(text, claim("low-pier", words, more=more))
        assert edition(outcome.digest, {}).lines["low-pier"].point == point
        head = outcome.files["quotes/low-pier.html"].decode().partition("</title>")[0]
        assert f"Ada Low, 6 January 2030: {point} · A digest" in head


def test_the_page_of_corrections_tells_the_latest_first(a_site):
    days = ["2031-01-05", "2031-06-02", "2030-12-24"]
    text = " ".join(f"“The pier is shut on day {n},” Low said." for n in range(3))
    claims = ""
    for number, day in enumerate(days):
        more = f"    corrections: [{{day: {day}, what: x, was: y, because: z}}]\n"
        claims += claim(f"low-{number}", f"The pier is shut on day {number},", more=more)
    page = a_site(text, claims).files["corrections.html"].decode()
    assert re.findall(r'<time datetime="(\d{4}-\d\d-\d\d)"', page) == sorted(days, reverse=True)


# -- What was withdrawn


def test_of_a_withdrawn_claim_stay_only_its_tombstone_and_the_word_that_it_was_withdrawn(a_site):
    text = "\n\n".join(f"“The {n} pier is shut for all of us,” Low said." for n in ("1", "2", "3"))
    claims = "".join(
        claim(f"low-{n}", f"The {n} pier is shut for all of us,", more="    at: talk\n")
        for n in "123"
    ).replace("  low-2:\n", "  low-2:\n    stance: go\n    retracted: nobody said it\n")
    rest = """
events: {talk: {what: a talk, said: 2030-01-06, because: it was then, in: a}}
phrases: {a pier: [pier is shut]}
"""
    outcome = a_site(text, claims, rest, site="title: A\nbase_url: https://a.example\n")
    files = {to: text.decode("utf-8", "replace") for to, text in outcome.files.items()}
    holding = {to for to, told in files.items() if "The 2 pier" in told}
    assert holding <= {"coverage.html", "words.html"}  # which show all that articles quote
    naming = {to for to, told in files.items() if "low-2" in told}
    told = {"coverage.html", "words.html", "corrections.html", "corrections.xml"}
    assert naming <= told | {"quotes/low-2.html", "manifest.json"}  # its own canonical address
    assert "quotes/low-2.json" not in files
    # The others are where this one would be.
    for to in ("feed.xml", "feed.json", "speakers/ada-low.xml", "search/1.js", "claims.bib",
               "claims.ris", "claims.csl.json", "claims.csv", "claims.json", "quotes/low-1.html",
               "articles/a.html", "days/2030-01-06.html", "speakers/ada-low.html"):  # fmt: skip
        assert "The 3 pier" in files[to], to
        assert "low-3" in files[to], to
    assert re.search(r'"name":"Ada Low"', files["search/1.js"])


def test_neighbours_and_occasions_pass_over_a_withdrawn_claim(a_site):
    text = "\n\n".join(f"“The {n} pier is shut for all of us,” Low said." for n in ("1", "2", "3"))
    claims = "".join(
        claim(f"low-{n}", f"The {n} pier is shut for all of us,", more="    at: talk\n")
        for n in "123"
    ).replace("  low-2:\n", "  low-2:\n    retracted: nobody said it\n")
    rest = "\nevents: {talk: {what: a talk, said: 2030-01-06, because: it was then, in: a}}\n"
    files = a_site(text, claims, rest).files
    for begins in ('id="related"', 'id="near"'):
        near = section(files, "quotes/low-1.html", begins, "</ul>")
        assert re.findall(r'href="([^"]*)"', near) == ["../quotes/low-3.html"]
    assert [one["id"] for one in json.loads(files["claims.json"])["claims"]] == ["low-1", "low-3"]


# -- Every page of any digest


@pytest.fixture(scope="module", params=["a story in four languages", "one claim", "bare"])
def other_pages(request, root, a_digest, tmp_path_factory):
    """The elements of every page of the second digest, and of the smallest ones."""
    folder, language = root / "tests/second", "en"
    if request.param != "a story in four languages":
        folder = a_digest(
            tmp_path_factory.mktemp("one"),
            {"a.txt": f"“It is shut now,” Ada Low said.\n\n{FILLER}"},
            "articles: {a: {file: a.txt}}\nspeakers: {ada-low: {name: Ada Low}}\nclaims:\n"
            "  low-shut: {speaker: ada-low, said: {latest: 2030-01-06}, because: it was then,\n"
            '    printed: [{in: a, words: "It is shut now,"}]}\n',
            "title: A digest\nlanguage: de\nbase_url: https://a.example\n",
        )
        language = "de"
        if request.param == "bare":
            (folder / "data/pages/about.md").unlink()
    outcome = compose(Options(folder, cache=False))
    assert outcome.findings == []
    pages = {to: html for to, html in outcome.files.items() if to.endswith(".html")}
    assert len(pages) > 8
    return language, {to: Elements(html.decode()).found for to, html in pages.items()}


def test_every_page_of_any_digest_has_one_heading_of_the_first_level(other_pages):
    _, pages = other_pages
    counts = {to: [tag for tag, _ in found].count("h1") for to, found in pages.items()}
    assert set(counts.values()) == {1}, counts


def test_no_page_of_any_digest_names_two_parts_alike(other_pages):
    for to, found in other_pages[1].items():
        ids = [attributes["id"] for _, attributes in found if "id" in attributes]
        assert sorted(ids) == sorted(set(ids)), to


def test_no_page_of_any_digest_skips_a_level_of_headings(other_pages):
    for to, found in other_pages[1].items():
        levels = [int(tag[1]) for tag, _ in found if re.fullmatch("h[1-6]", tag)]
        assert levels[:1] == [1], to
        assert all(after - before <= 1 for before, after in pairwise(levels)), (to, levels)


def test_every_page_of_any_digest_says_its_language(other_pages):
    language, pages = other_pages
    for to, found in pages.items():
        assert [of for tag, of in found if tag == "html"] == [{"lang": language}], to


def test_what_names_a_part_of_a_page_names_one_that_is_there(other_pages):
    for to, found in other_pages[1].items():
        ids = {attributes["id"] for _, attributes in found if "id" in attributes}
        for _, attributes in found:
            for name in ("aria-labelledby", "aria-describedby"):
                assert set((attributes.get(name) or "").split()) <= ids, (to, attributes)

"""What feed readers and crawlers are given: complete, dated from the record, and inert."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.build import Options, check
from digest.site.edition import edition
from digest.site.feeds import feeds, json_feed, sitemap, updated
from digest.site.lines import told
from digest.site.pages import shared
from digest.site.render import render
from digest.site.templates import templates

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
BASE = "https://digest.example/walking"


def based(digest):
    """The same digest, published at an address."""
    site = msgspec.structs.replace(digest.site, base_url=BASE)
    return msgspec.structs.replace(digest, site=site)


def printed(pages, set_up):
    """Pages by address, as XML."""
    texts = render(pages, shared(set_up), templates(Path(__file__).parents[1]))
    return {to: ElementTree.fromstring(text) for to, text in texts}


def rendered(digest):
    """Every Atom feed by its address."""
    set_up = edition(digest, {})
    return printed((make() for _, make in feeds(set_up)), set_up)


def texts(parent, *names):
    return [one.text for one in parent.iterfind("/".join(ATOM + name for name in names))]


@pytest.fixture(scope="module")
def atom(digest):
    return rendered(digest)


def test_the_feed_has_every_statement_up_to_fifty_and_the_latest_first(digest, atom):
    due = sorted((updated(one, digest) for one in (*digest.claims, *digest.reports)), reverse=True)
    told_days = texts(atom["feed.xml"], "entry", "updated")
    assert told_days == [f"{day}T00:00:00Z" for day in due[:50]]


def test_each_named_speaker_has_a_feed_of_their_own_statements(digest, atom):
    named = {one.id for one in digest.speakers.values() if one.entry.name}
    assert {to for to in atom if to.startswith("speakers/")} == {
        f"speakers/{id}.xml" for id in named
    }
    for id in named:
        own = [one for one in (*digest.claims, *digest.reports) if one.speaker.id == id]
        titles = texts(atom[f"speakers/{id}.xml"], "entry", "title")
        assert len(titles) == min(len(own), 50)
        assert all(title.startswith(f"{digest.speakers[id].name}, ") for title in titles)


def test_every_feed_has_what_atom_demands(atom):
    for feed in atom.values():
        assert [len(texts(feed, name)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert texts(feed, "author", "name") == ["Walking Away"]
        rels = [one.get("rel") for one in feed.iterfind(f"{ATOM}link")]
        assert rels == ["self", "alternate"]
        for entry in feed.iterfind(f"{ATOM}entry"):
            for name in ("id", "title", "updated", "content"):
                assert len(entry.findall(ATOM + name)) == 1


def test_a_feed_is_as_new_as_its_newest_entry(atom):
    for feed in atom.values():
        days = texts(feed, "entry", "updated")
        assert not days or texts(feed, "updated") == [max(days)]


def test_no_two_entries_of_a_feed_and_no_two_feeds_have_one_id(atom):
    for feed in atom.values():
        ids = texts(feed, "entry", "id")
        assert len(ids) == len(set(ids))
    own = [texts(feed, "id")[0] for feed in atom.values()]
    assert len(own) == len(set(own))


def test_an_entry_has_one_id_in_every_feed_that_lists_it(atom):
    ids = {
        (entry.find(f"{ATOM}title").text, entry.find(f"{ATOM}id").text)
        for feed in atom.values()
        for entry in feed.iterfind(f"{ATOM}entry")
    }
    assert len({id for _, id in ids}) == len(ids)


def test_without_a_base_url_ids_are_made_from_addresses_and_never_change(atom):
    assert texts(atom["feed.xml"], "id") == ["urn:uuid:293ad36a-eb6c-5a16-95b2-596f41e26a96"]
    ids = {
        entry.find(f"{ATOM}link").get("href"): entry.find(f"{ATOM}id").text
        for entry in atom["feed.xml"].iterfind(f"{ATOM}entry")
    }
    rough = "urn:uuid:20f5bb62-9fdc-50a1-b4da-dcdd727a66c9"
    assert ids["quotes/rough-patience-not-limitless.html"] == rough


def test_without_a_base_url_links_are_relative_to_the_feeds_own_place(site, atom):
    for to, feed in atom.items():
        for link in feed.iter(f"{ATOM}link"):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(to), link.get("href")))
            page, _, part = target.partition("#")
            assert page in site or page in atom, link.get("href")
            assert not part or f'id="{part}"'.encode() in site[page]


def test_with_a_base_url_ids_are_permalinks_and_every_link_is_absolute(digest):
    found = rendered(based(digest))
    for feed in found.values():
        assert all(one.get("href").startswith(f"{BASE}/") for one in feed.iter(f"{ATOM}link"))
        for entry in feed.iterfind(f"{ATOM}entry"):
            assert entry.find(f"{ATOM}id").text == entry.find(f"{ATOM}link").get("href")
    assert f"{BASE}/quotes/vance-good-faith.html" in texts(found["feed.xml"], "entry", "id")


def test_the_words_in_a_feed_are_those_of_the_page_with_their_marks(digest, atom):
    lines = edition(digest, {}).lines
    due = {told(line.words) for line in lines.values() if line.quoted}
    quoted = {"".join(one.itertext()) for one in atom["feed.xml"].iter(f"{XHTML}blockquote")}
    assert quoted <= due
    assert len(quoted) > 30


def test_prose_is_never_set_as_a_quotation_in_a_feed(digest, atom):
    for feed in atom.values():
        quoted = {"".join(one.itertext()) for one in feed.iter(f"{XHTML}blockquote")}
        assert not quoted & {report.passage.text for report in digest.reports}


def test_a_feed_without_entries_is_as_old_as_the_record(digest, atom):
    corrections = atom["corrections.xml"]
    assert not texts(corrections, "entry", "id")
    newest = max(updated(one, digest) for one in (*digest.claims, *digest.reports))
    assert texts(corrections, "updated") == [f"{newest}T00:00:00Z"]


def test_the_json_feed_tells_what_the_atom_feed_tells(digest, atom):
    feed = json.loads(json_feed(edition(digest, {})))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [one["id"] for one in feed["items"]] == texts(atom["feed.xml"], "entry", "id")
    assert [one["title"] for one in feed["items"]] == texts(atom["feed.xml"], "entry", "title")
    days = [one["date_modified"] for one in feed["items"]]
    assert days == texts(atom["feed.xml"], "entry", "updated")
    bodies = [" ".join(body.itertext()).split() for body in atom["feed.xml"].iter(f"{XHTML}div")]
    assert [one["content_text"].split() for one in feed["items"]] == bodies


def test_a_json_feed_names_itself_only_by_an_absolute_address(digest):
    assert "feed_url" not in json.loads(json_feed(edition(digest, {})))
    feed = json.loads(json_feed(edition(based(digest), {})))
    assert feed["feed_url"] == f"{BASE}/feed.json"


SEEDS = {"a.txt": "2025-05-21\n\nAnn said: “We go.” She said: “We stay.” Ben said: “No more.”\n"}
RECORD = """
stances: {{open: {{label: "<b>Open</b> & more", means: x}}}}
articles: {{one: {{file: a.txt, publisher: "P & Q ]]> <i>", published: 2025-05-21,
  outside: {{published: header, publisher: header}}}}}}
speakers:
  ann: {{name: Ann, role: {role}}}
  ben: {{name: Ben}}
claims:
  go:
    {{speaker: ann, stance: open, said: 2025-05-21, because: x,
     printed: [{{in: one, words: We go.}}],
     corrections: [
       {{day: 2026-02-01, what: day, was: {was}, because: a slip}},
       {{day: 2026-01-01, what: speaker, was: Ben, because: a slip}},
       {{day: 2026-02-01, what: role, was: Chief, because: another}}]}}
  stay: {{speaker: ann, said: 2025-05-21, because: x, retracted: {why},
    printed: [{{in: one, words: We stay.}}], formerly: [remain]}}
  no-more: {{speaker: ben, said: 2025-05-21, because: x,
    printed: [{{in: one, words: No more., lang: la}}]}}
"""


@pytest.fixture
def corrected(tmp_path, a_digest):
    """A digest with two days of corrections and a withdrawn quotation, in awkward words."""

    def write(awkward="plain", site="title: A digest\n"):
        quoted = json.dumps(awkward, ensure_ascii=False)
        record = RECORD.format(role=quoted, was=quoted, why=quoted)
        outcome = check(Options(a_digest(tmp_path, SEEDS, record, site), cache=False))
        assert outcome.digest, outcome.findings
        return outcome.digest

    return write


def test_the_feed_of_corrections_has_an_entry_for_each_claim_and_day_and_for_what_was_withdrawn(
    corrected,
):
    feed = rendered(corrected())["corrections.xml"]
    titles = texts(feed, "entry", "title")
    assert titles == [
        "Corrected: Ann, 21 May 2025: “We go.”",
        "Corrected: Ann, 21 May 2025: “We go.”",
        "Withdrawn: Ann, 21 May 2025",
    ]
    days = ["2026-02-01", "2026-01-01", "2025-05-21"]
    assert texts(feed, "entry", "updated") == [f"{day}T00:00:00Z" for day in days]
    body = [list(one.itertext()) for one in feed.iter(f"{XHTML}div")]
    assert "day. Was: plain. a slip" in body[0]
    assert "role. Was: Chief. another" in body[0]


def test_each_day_of_corrections_of_one_claim_has_an_id_of_its_own(corrected):
    for site in ("title: A digest\n", f"title: A digest\nbase_url: {BASE}\n"):
        feeds_of_it = rendered(corrected(site=site))
        ids = [one for feed in feeds_of_it.values() for one in texts(feed, "entry", "id")]
        assert len(set(ids)) == 5  # two statements, two days of corrections, one withdrawal


def test_the_language_of_words_is_told_where_it_is_not_the_sites(corrected):
    found = rendered(corrected())["feed.xml"].iter(f"{XHTML}blockquote")
    languages = {"".join(one.itertext()): one.get("lang") for one in found}
    assert languages == {"“We go.”": None, "“No more.”": "la"}


def test_only_the_outlet_that_printed_these_very_words_is_named(digest, atom):
    lines = edition(digest, {}).lines
    [line] = [one for id, one in lines.items() if id == "vance-not-going-anywhere"]
    assert line.differs
    bodies = [list(one.itertext()) for one in atom["feed.xml"].iter(f"{XHTML}div")]
    [body] = [one for one in bodies if told(line.words) in one]
    assert "Exactly as printed by Fox News Digital" in body


def test_the_words_of_a_withdrawn_quotation_stand_in_no_feed(corrected):
    digest = corrected()
    whole = json_feed(edition(digest, {}))
    whole += "".join("".join(feed.itertext()) for feed in rendered(digest).values())
    assert "We go." in whole
    assert "We stay" not in whole


def test_a_corrected_statement_comes_first_with_the_day_of_its_last_correction(corrected):
    feed = rendered(corrected())["feed.xml"]
    assert texts(feed, "entry", "title")[0] == "Ann, 21 May 2025: “We go.”"
    assert texts(feed, "entry", "updated") == ["2026-02-01T00:00:00Z", "2025-05-21T00:00:00Z"]


AWKWARD = "</script> ]]> <!-- & &amp; \"' \\ Зеленський “語” 👩 {{ 7*7 }}"


def test_awkward_words_come_out_of_every_feed_as_they_went_in(corrected):
    title = json.dumps(AWKWARD, ensure_ascii=False)
    digest = corrected(AWKWARD, f"title: {title}\neditor: {title}\ntagline: {title}\n")
    found = rendered(digest)
    assert texts(found["feed.xml"], "title") == [AWKWARD]
    assert texts(found["feed.xml"], "author", "name") == [AWKWARD]
    assert "<b>Open</b> & more" in [
        one.get("term") for one in found["feed.xml"].iter(f"{ATOM}category")
    ]
    paragraphs = [one.text for one in found["speakers/ann.xml"].iter(f"{XHTML}p")]
    assert f"Ann, {AWKWARD}, 21 May 2025" in paragraphs
    assert "Exactly as printed by P & Q ]]> <i>" in paragraphs
    assert AWKWARD in [one.text for one in found["corrections.xml"].iter(f"{XHTML}p")]
    feed = json.loads(json_feed(edition(digest, {})))
    assert feed["title"] == feed["description"] == AWKWARD
    assert f"Ann, {AWKWARD}, 21 May 2025" in feed["items"][0]["content_text"]


@settings(deadline=None)
@given(st.text(min_size=1))
def test_no_text_whatever_makes_a_feed_that_is_no_xml(digest, text):
    site = msgspec.structs.replace(digest.site, title=text)
    withdrawn = msgspec.structs.replace(digest.claims[0], retracted=text)
    small = msgspec.structs.replace(digest, site=site, claims=(withdrawn,), reports=())
    feed = rendered(small)["corrections.xml"]
    held = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    held = held.replace("\r\n", "\n").replace("\r", "\n")  # as every reader of XML does
    assert [one.text for one in feed.iter(f"{XHTML}p")] == [held]
    assert texts(feed, "title") == [f"Corrections · {held}"]


# -- The sitemap


def mapped(addresses, digest):
    return printed(sitemap(addresses, digest), edition(digest, {}))


def test_there_is_no_sitemap_without_a_base_url(digest, site):
    assert mapped(site, digest) == {}


def test_the_sitemap_lists_every_page_and_nothing_else(digest, site):
    [(to, tree)] = mapped([*site, "404.html"], based(digest)).items()
    assert to == "sitemap.xml"
    found = [one.text for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = sorted(one for one in site if one.endswith(".html"))
    assert found == [f"{BASE}/{'' if page == 'index.html' else page}" for page in pages]


def test_the_sitemap_leaves_out_what_moved_or_was_withdrawn_and_dates_what_was_corrected(corrected):
    digest = corrected(site="title: A digest\nbase_url: https://a.example/b&c/\n")
    quotes = ["quotes/go.html", "quotes/stay.html", "quotes/remain.html", "quotes/no-more.html"]
    tree = mapped(quotes, digest)["sitemap.xml"]
    assert [[part.text for part in url] for url in tree] == [
        ["https://a.example/b&c/quotes/go.html", "2026-02-01"],
        ["https://a.example/b&c/quotes/no-more.html"],
    ]

"""The page of one quotation: what it says of the words, and in what order."""

from __future__ import annotations

import re

import pytest

from digest.build import compose
from digest.dates import MONTHS
from digest.model.options import Options
from digest.site.difference import comparable, difference
from digest.site.edition import edition
from digest.site.quotation import quotation, report_to


@pytest.fixture(scope="module")
def page(digest):
    setting = edition(digest, {})
    claims = {claim.id: claim for claim in digest.claims}
    return lambda name: quotation(claims[name], setting)


def rows(claim, language="en"):
    return [
        [(word.text, word.kind) for word in row] for row in difference(comparable(claim, language))
    ]


def claim(digest, id):
    return next(one for one in digest.claims if one.id == id)


def test_a_word_that_one_outlet_alone_has_is_told_in_both_rows(digest):
    assert rows(claim(digest, "vance-a-bit-of-impasse")) == [
        [("a bit of", "same"), ("[an]", "only"), ("impasse", "same")],
        [("a bit of", "same"), ("no “[an]” here", "none"), ("impasse", "same")],
    ]


def test_a_part_of_a_quotation_is_no_other_wording_where_it_ends(digest):
    first, second = rows(claim(digest, "vance-not-going-anywhere"))
    assert [text for text, kind in first if kind == "only"] == ["anytime"]
    assert [text for text, kind in second if kind == "only"] == ["any time"]
    assert second[0] == ("…", "more")


@pytest.mark.parametrize(
    ("id", "told"),
    [
        (
            "vance-more-than-open",
            "Exactly as printed by Fox News Digital and one more outlet, with the same words",
        ),
        (
            "vance-a-bit-of-impasse",
            "Exactly as printed by Fox News Digital; one more outlet prints it differently",
        ),
        ("bruce-no-longer-fly-around", "Exactly as printed by The American Conservative"),
    ],
)
def test_the_seal_says_by_whom_it_was_printed_and_whether_in_the_same_words(page, id, told):
    assert page(id)["seal"] == told


def test_a_fragment_is_large_only_inside_what_carries_it(page, digest):
    for one in digest.claims:
        words = sum(len(part.text.split()) for part in one.printings[0].segments)
        carrier = page(one.id)["line"].carrier
        assert bool(carrier) == (words < 6), one.id
        if carrier:
            marked = [piece.text for piece in carrier.pieces if piece.marked]
            assert [words.strip('“”,."') for words in marked] == [
                one.printings[0].segments[0].text.strip(",.")
            ]
            assert all(words[0] in '“"' and words[-1] in '”"' for words in marked)


def test_the_chain_shows_what_we_have_not_seen(page):
    [printing] = page("official-excuses")["printings"]
    assert [(hop.name, hop.seen) for hop in printing.chain] == [
        ("a European official", False),
        ("Financial Times", False),
        ("Newsweek", False),
        ("TheFeedWired", True),
        ("our copy", True),
    ]


def test_the_order_of_the_day_is_told(page):
    assert page("vance-more-than-open")["order"] == "before: Trump and Putin speak over the phone"
    assert page("trump-two-parties")["order"] == "after: Trump and Putin speak over the phone"
    assert page("vance-good-faith")["order"] is None


def test_earlier_and_later_are_told_once_each(page, digest):
    for one in digest.claims:
        others = [line.id for _, line in page(one.id)["neighbours"]]
        assert len(others) == len(set(others))
        assert one.id not in others


def test_what_was_said_on_the_same_occasion_is_related(page):
    related = [line.id for line in page("vance-more-than-open")["related"]]
    assert related == ["vance-a-bit-of-impasse", "vance-fundamental-mistrust",
                       "vance-this-is-not-our-war"]  # fmt: skip


def test_a_problem_is_reported_with_the_id_filled_in():
    assert report_to(None, "x") is None
    assert report_to("Write to desk@example.org, or phone", "x") is None
    assert report_to("mailto:desk@example.org", "x") == "mailto:desk@example.org?subject=x"
    assert report_to("desk@example.org", "x") == "mailto:desk@example.org?subject=x"
    assert report_to("https://example.org/new", "x") == "https://example.org/new"


def test_the_page_names_the_way_to_report_a_problem(root):
    site = compose(Options(root / "tests/second", cache=False)).files
    page = next(html for to, html in site.items() if re.fullmatch(r"quotes/[\w-]+\.html", to)
                and b"Report a problem" in html).decode()  # fmt: skip
    assert re.search(r'href="(mailto:|https://)[^"]+">Report a problem', page)


def test_the_timeline_puts_a_days_events_where_the_day_had_them(site):
    html = site["index.html"].decode()
    places = [html.index(f'id="{id}"') for id in ("vance-more-than-open", "trump-two-parties")]
    call = html.index("<span>Trump and Putin speak over the phone</span>")
    assert places[0] < call < places[1]


def test_months_stand_in_the_order_of_the_year(site):
    timeline = site["index.html"].decode().split('id="others"')[0]
    found = re.findall(r'<h3 id="in-2025-\d\d">(\w+) 2025</h3>', timeline)
    assert found == MONTHS[:5]

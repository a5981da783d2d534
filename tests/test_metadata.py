"""What pages say of themselves to programs: true, complete, and unable to break out."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import chain

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.build import Options, check
from digest.site.annotation import annotated, annotation, beside
from digest.site.context import is_fragment
from digest.site.edition import edition
from digest.site.linked import json_ld
from digest.site.metadata import (
    of_article,
    of_home,
    of_quote,
    of_site,
    of_speaker,
    shortened,
)
from digest.site.rights import share, what_is_shown
from digest.site.views import UNNAMED
from digest.wording import Span

BASE = "https://digest.example/walking"


@pytest.fixture(scope="module")
def set_up(digest):
    return edition(digest, {})


@pytest.fixture(scope="module")
def based(digest):
    """The same digest, published at an address."""
    site = msgspec.structs.replace(digest.site, base_url=f"{BASE}/")
    return edition(msgspec.structs.replace(digest, site=site), {})


@pytest.fixture(scope="module")
def quotes(digest, set_up):
    return {claim.id: of_quote(claim, set_up) for claim in digest.claims}


def every(edition):
    """The metadata of every page that has some of its own."""
    digest = edition.digest
    yield of_home(edition)
    yield from (of_quote(claim, edition) for claim in digest.claims if not claim.retracted)
    yield from (of_speaker(one, edition) for one in digest.speakers.values())
    yield from (of_article(one, edition) for one in digest.articles.values())


# -- What is said


def test_a_description_says_who_when_and_the_words(digest, quotes):
    assert quotes["vance-good-progress"].description.startswith(
        "JD Vance, Vice President, 1 May 2025"
    )
    for claim in digest.claims:
        description = quotes[claim.id].description
        assert description.startswith(claim.speaker.name)
        assert claim.printings[0].segments[0].text.split()[0] in description
        assert len(description) < 400


def test_a_fragment_is_never_told_without_who_quotes_it(digest, quotes):
    fragments = [claim for claim in digest.claims if is_fragment(claim.printings[0])]
    assert len(fragments) > 3
    for claim in digest.claims:
        outlet = digest.articles[claim.printings[0].article].publisher or UNNAMED
        told = f"a fragment quoted by {outlet}: " in quotes[claim.id].description
        assert told == (claim in fragments)


def test_a_card_shows_the_words_with_speaker_and_day(quotes):
    shown = dict(quotes["vance-good-faith"].properties)
    assert shown["og:type"] == "article"
    assert shown["og:title"].startswith("JD Vance, 8 May 2025: ")
    assert "And if that happens, yeah, we’re going to walk away." in shown["og:title"]
    assert shown["og:description"] == quotes["vance-good-faith"].description


def test_addresses_are_told_only_where_the_sites_own_is_known(quotes, based, digest):
    assert all("og:url" not in dict(one.properties) for one in quotes.values())
    claim = digest.claims[0]
    told = dict(of_quote(claim, based).properties)
    assert told["og:url"] == f"{BASE}/quotes/{claim.id}.html"
    assert dict(of_home(based).properties)["og:url"] == f"{BASE}/"


@pytest.mark.parametrize(
    ("base_url", "copied", "has_a_picture"),
    [
        (None, {"card.png": b""}, False),
        (BASE, {}, False),
        (BASE, {"card.png": b""}, True),
        (f"{BASE}/", {"card.png": b""}, True),
    ],
)
def test_a_picture_is_named_only_if_it_is_there_and_has_an_address(
    digest, base_url, copied, has_a_picture
):
    told = dict(of_site(msgspec.structs.replace(digest.site, base_url=base_url), copied))
    assert told["og:site_name"] == "Walking Away"
    assert told.get("og:image") == (f"{BASE}/card.png" if has_a_picture else None)
    assert ("og:image:alt" in told) == ("og:image:width" in told) == has_a_picture


# -- For reference managers


def test_the_cited_author_is_never_the_speaker(digest, set_up, quotes):
    for claim in digest.claims:
        names = [content for name, content in quotes[claim.id].names if name == "citation_author"]
        assert names == []  # none of the five articles has a byline
    article = digest.articles["reset"]
    entry = msgspec.structs.replace(article.entry, byline="Jane van Doe and TheDesk")
    signed = msgspec.structs.replace(article, entry=entry)
    told = [
        content for name, content in of_article(signed, set_up).names if name == "citation_author"
    ]
    assert told == ["Jane van Doe", "TheDesk"]


def test_an_article_with_a_title_is_cited_as_a_newspaper_article(quotes):
    assert quotes["bruce-no-longer-fly-around"].names == (
        ("DC.type", "newsItem"),
        ("citation_title", "Trump’s Russia–Ukraine Reset"),
        ("prism.publicationName", "The American Conservative"),
    )


def test_no_title_is_invented_for_an_article_without_one(digest, quotes):
    untitled = [c for c in digest.claims if not digest.articles[c.printings[0].article].title]
    assert untitled
    titles = {dict(quotes[claim.id].names)["citation_title"] for claim in untitled}
    assert all(title.startswith("[Untitled: ") and title.endswith(" …]") for title in titles)


def test_a_day_of_publication_is_cited_only_if_it_is_printed(digest, set_up):
    def cited(id):
        article = msgspec.structs.replace(
            digest.articles[id],
            entry=msgspec.structs.replace(digest.articles[id].entry, title="A title"),
        )
        return dict(of_article(article, set_up).names).get("citation_publication_date")

    assert cited("kremlin-catnip") == "2025-05-21"  # its header has the day
    assert cited("a-bit-of-impasse") is None  # worked out from passages
    assert cited("reset") is None  # a window


# -- JSON-LD


def linked(metadata):
    return json.loads(metadata.json_ld)


def test_a_quotation_is_linked_to_its_speaker_and_its_articles(digest, quotes):
    told = linked(quotes["vance-more-than-open"])
    assert told["@type"] == ["Quotation", "Claim"]
    assert told["@id"] == "../quotes/vance-more-than-open.html"
    assert told["text"].startswith("We’re more than open to walking away")
    assert " […] " in told["text"]
    assert told["spokenByCharacter"] == {
        "@type": "Person",
        "@id": "../speakers/jd-vance.html",
        "name": "JD Vance",
        "alternateName": ["J.D. Vance"],
        "jobTitle": "Vice President",
    }
    assert told["dateCreated"] == "2025-05-19"
    ids = [one["@id"] for one in told["appearance"]]
    assert ids == ["../articles/kremlin-catnip.html", "../articles/a-bit-of-impasse.html"]
    assert told["firstAppearance"] == {"@id": "../articles/a-bit-of-impasse.html"}
    assert told["isPartOf"] == {"@id": ids[0]}


def test_nothing_unknown_is_told(digest, set_up, quotes):
    assert not any("null" in json.dumps(linked(one)) for one in every(set_up))
    for claim in digest.claims:
        told = linked(quotes[claim.id])
        known = claim.moment.working.said.day
        assert told.get("dateCreated") == (known.isoformat() if known else None)
        for article in told["appearance"]:
            assert ("headline" in article) == (
                "reset" in article["@id"] or "next" in article["@id"]
            )


def test_a_first_appearance_is_told_only_where_days_leave_no_doubt(digest, set_up, quotes):
    doubtful = linked(quotes["vance-not-going-anywhere"])
    assert len(doubtful["appearance"]) == 2
    first = {one["@id"] for one in doubtful["appearance"]} & {doubtful["firstAppearance"]["@id"]}
    assert first == {"../articles/reset.html"}  # of 5–11 May; the other is of 21 May
    blurred = {
        id: msgspec.structs.replace(one, published=digest.articles["what-happens-next"].published)
        for id, one in digest.articles.items()
    }
    unsure = edition(msgspec.structs.replace(digest, articles=blurred), {})
    [claim] = [one for one in digest.claims if one.id == "vance-not-going-anywhere"]
    assert "firstAppearance" not in linked(of_quote(claim, unsure))
    handed_on = tuple(
        msgspec.structs.replace(one, via=("The New York Times",)) for one in claim.printings
    )
    at_second_hand = msgspec.structs.replace(claim, printings=handed_on)
    assert "firstAppearance" not in linked(of_quote(at_second_hand, set_up))


def test_nobody_without_a_name_becomes_a_person_with_a_page(quotes):
    told = linked(quotes["official-excuses"])["spokenByCharacter"]
    assert told == {"@type": "Person", "description": "a European official"}


def test_an_opinion_piece_is_called_one(quotes):
    kinds = {
        article["@id"]: article["@type"]
        for one in quotes.values()
        for article in linked(one)["appearance"]
    }
    assert kinds["../articles/reset.html"] == "OpinionNewsArticle"
    assert kinds["../articles/what-happens-next.html"] == "NewsArticle"


def test_no_quotation_is_rated(set_up):
    assert all("Review" not in one.json_ld for one in every(set_up))


def test_home_offers_the_record_as_a_data_set(set_up, based, site):
    website, dataset = linked(of_home(set_up))["@graph"]
    assert (website["@type"], dataset["@type"]) == ("WebSite", "Dataset")
    files = [one["contentUrl"] for one in dataset["distribution"]]
    assert set(files) <= set(site)
    assert dataset["temporalCoverage"] == "2025-01-06/2025-05-21"
    far = linked(of_home(based))["@graph"][1]["distribution"]
    assert [one["contentUrl"] for one in far] == [f"{BASE}/{file}" for file in files]


# -- Nothing breaks out


class Scripts(HTMLParser):
    """The text of every script of a page, and every tag outside of them."""

    def __init__(self, html):
        super().__init__()
        self.scripts, self.tags = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        if self.scripts:
            self.scripts[-1] += data


@given(st.text(), st.sampled_from(["</script>", "<!--<script>", "]]>", "&lt;", "\u2028", "'\""]))
def test_no_text_whatever_ends_a_block_of_json_ld(text, awkward):
    block = json_ld({"@type": "Quotation", "text": text + awkward + text})
    assert not re.search("[<>&\u2028\u2029]", block)
    page = Scripts(f'<script type="application/ld+json">{block}</script>')
    assert page.tags == ["script"]
    assert json.loads(page.scripts[0])["text"] == text + awkward + text


AWKWARD = "</script><img> ]]> & &amp; ' \\ Зеленський 語 👩‍👧"
RECORD = """
stances: {{open: {{label: {awkward}, means: x}}}}
articles: {{one: {{file: a.txt, title: {awkward}, publisher: {awkward}, byline: {awkward},
  published: 2025-05-21, lang: uk, outside: {{title: x, publisher: x, byline: x, published: x}}}}}}
speakers: {{ann: {{name: {awkward}, role: {awkward}}}}}
claims:
  go: {{speaker: ann, stance: open, said: 2025-05-21, because: x,
    printed: [{{in: one, words: {awkward}}}], formerly: [went]}}
"""


@pytest.fixture
def awkward(tmp_path, a_digest):
    """A digest whose words, names and titles would all like to be markup."""
    seeds = {"a.txt": f"2025-05-21\n\nBefore it {AWKWARD} said: “{AWKWARD}” And after.\n"}
    told = json.dumps(AWKWARD, ensure_ascii=False)
    folder = a_digest(tmp_path, seeds, RECORD.format(awkward=told), f"title: {told}\n")
    outcome = check(Options(folder, cache=False))
    assert outcome.digest, outcome.findings
    return edition(outcome.digest, {})


def test_awkward_words_come_out_of_the_metadata_as_they_went_in(awkward):
    [claim] = awkward.digest.claims
    told = of_quote(claim, awkward)
    assert AWKWARD in told.description
    assert dict(told.names)["citation_title"] == AWKWARD
    assert dict(told.names)["citation_publication_date"] == "2025-05-21"
    thing = linked(told)
    assert thing["text"] == AWKWARD
    assert thing["inLanguage"] == "uk"
    assert thing["spokenByCharacter"]["name"] == AWKWARD
    assert thing["appearance"][0]["publisher"] == {"@type": "Organization", "name": AWKWARD}
    assert not any(re.search("[<>&]", one.json_ld) for one in every(awkward))


@given(st.text(), st.integers(3, 300))
def test_a_shortened_text_is_never_longer_than_asked_and_begins_as_the_text_does(text, most):
    flat, short = " ".join(text.split()), shortened(text, most)
    assert len(short) <= most
    assert short == flat or (short.endswith(" …") and flat.startswith(short[:-2]))


# -- Annotations


def targets(written):
    """Every target of a claim's annotations: its file, place, words, and what is around them."""
    for one in json.loads(written)["items"]:
        for target in one["target"]:
            place, words = target["selector"]
            yield target["source"], place, words


def test_every_annotation_selects_its_words_in_the_file_that_it_names(digest, set_up):
    texts = {one.article.file: one.article for one in digest.articles.values()}
    checked = 0
    for claim in digest.claims:
        for about, place, words in targets(annotation(claim, set_up)):
            article = texts[about["file"]]
            assert article.sha256 == about["sha256"]
            start, end = place["start"], place["end"]
            assert article.text[start:end] == words["exact"]
            assert article.text[:start].endswith(words.get("prefix", ""))
            assert article.text[end:].startswith(words.get("suffix", ""))
            assert len(words.get("prefix", "")) <= 32
            assert len(words.get("suffix", "")) <= 32
            checked += 1
    assert checked > 40


def test_there_is_an_annotation_for_each_appearance(claims_json, digest, set_up):
    due = {claim["id"]: len(claim["appearances"]) for claim in claims_json["claims"]}
    for claim in digest.claims:
        assert len(json.loads(annotation(claim, set_up))["items"]) == due[claim.id]


def test_annotations_print_nothing_of_an_article_that_pages_do_not(digest, set_up):
    shown = what_is_shown(digest)
    added = {id: [] for id in digest.articles}
    by_file = {one.article.file: id for id, one in digest.articles.items()}
    for claim in digest.claims:
        for about, place, words in targets(annotation(claim, set_up)):
            start = place["start"] - len(words.get("prefix", ""))
            end = place["end"] + len(words.get("suffix", ""))
            added[by_file[about["file"]]].append(Span(start, end))
    assert sum(map(len, added.values())) > 40
    for id, curated in digest.articles.items():
        printed = list(shown[id].at(set_up.widths[id], curated))
        assert share(curated, chain(printed, added[id])) == share(curated, printed)


def test_at_most_thirty_two_characters_of_context_stand_around_annotated_words(tmp_path, a_digest):
    told = "Ann, who had come a long way, said “we go” before anybody there could answer her."
    other = "\n\n".join(f"This is paragraph {n}, and it is about other things." for n in range(9))
    seeds = {"a.txt": f"2025-05-21\n\nEarlier. {told} Later.\n\n{other}\n"}
    record = """
articles: {one: {file: a.txt, published: 2025-05-21}}
speakers: {ann: {name: Ann}}
claims: {go: {speaker: ann, said: 2025-05-21, because: x, printed: [{in: one, words: we go}]}}
"""
    outcome = check(Options(a_digest(tmp_path, seeds, record), cache=False))
    assert outcome.digest, outcome.findings
    set_up = edition(outcome.digest, {})
    [(_, _, words)] = targets(annotation(outcome.digest.claims[0], set_up))
    before, after = told.split("we go")
    assert words["prefix"] == before[-32:]
    assert words["suffix"] == after[:32]


def test_an_annotation_is_small(digest, set_up):
    sizes = sorted(len(annotation(claim, set_up).encode()) for claim in digest.claims)
    assert sizes[len(sizes) // 2] < 3000


def test_annotations_stand_beside_every_quotation_that_stands_and_at_its_old_addresses(awkward):
    found = {beside(page): annotation(claim, awkward) for page, claim in annotated(awkward)}
    assert list(found) == ["quotes/go.json", "quotes/went.json"]
    assert found["quotes/go.json"] == found["quotes/went.json"]
    [(_, _, words)] = targets(found["quotes/go.json"])
    assert words["exact"] == AWKWARD
    withdrawn = msgspec.structs.replace(awkward.digest.claims[0], retracted="a mistake")
    gone = msgspec.structs.replace(awkward.digest, claims=(withdrawn,))
    assert list(annotated(edition(gone, {}))) == []


def test_an_annotation_leads_to_the_quotation_and_to_the_article(based, digest):
    claim = digest.claims[0]
    whole = json.loads(annotation(claim, based))
    assert whole["id"] == f"{BASE}/quotes/{claim.id}.json"
    [one] = whole["items"]
    assert one["body"]["id"] == f"{BASE}/quotes/{claim.id}.html"
    article = claim.printings[0].article
    assert one["target"][0]["source"]["id"] == f"{BASE}/articles/{article}.html#file"

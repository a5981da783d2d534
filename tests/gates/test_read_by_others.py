"""The site as other people's programs read it: feed readers, crawlers, validators."""

from __future__ import annotations

import json
import posixpath
from copy import deepcopy
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import extruct
import feedparser
import jsonschema
import msgspec
import pytest
import rdflib

from digest.build import Options, check
from digest.site.annotation import annotated, annotation, beside
from digest.site.edition import edition
from digest.site.feeds import feeds, json_feed, sitemap
from digest.site.lines import told
from digest.site.metadata import headline, of_article, of_home, of_quote, of_speaker
from digest.site.pages import shared
from digest.site.render import render
from digest.site.templates import templates

# rdflib's own parser of JSON-LD uses what rdflib itself gave up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

ROOT = Path(__file__).parents[2]
BASE = "https://digest.example/walking"
SCHEMA = rdflib.Namespace("https://schema.org/")
FOAF = rdflib.FOAF
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
AWKWARD = "</script><b>bold</b> ]]> & &amp; &lt; ' Зеленський 語 👩‍👧"
# The terms of the W3C's context for annotations that these use, so that nothing is fetched.
ANNOTATION = {
    "oa": "http://www.w3.org/ns/oa#",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "AnnotationPage": "https://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "items": {
        "@type": "@id",
        "@id": "https://www.w3.org/ns/activitystreams#items",
        "@container": "@list",
    },
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "identifying": "oa:identifying",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": "oa:end"},
    "format": "http://purl.org/dc/elements/1.1/format",
    "name": "http://xmlns.com/foaf/0.1/name",
}


@pytest.fixture(scope="module")
def based(digest):
    """The digest as it is published at an address."""
    site = msgspec.structs.replace(digest.site, base_url=BASE)
    return edition(msgspec.structs.replace(digest, site=site), {})


def atom(edition):
    pages = render((make() for _, make in feeds(edition)), shared(edition), templates(ROOT))
    return {to: feedparser.parse(text.encode()) for to, text in pages}


@pytest.fixture(scope="module")
def read(based):
    """Every Atom feed as a feed reader takes it."""
    return atom(based)


# -- Feeds


def test_a_feed_reader_finds_no_fault_in_any_feed(read):
    assert {"feed.xml", "corrections.xml", "speakers/jd-vance.xml"} <= set(read)
    for to, feed in read.items():
        assert feed.bozo == 0, (to, feed.get("bozo_exception"))
        assert feed.version == "atom10"
        assert feed.feed.id == f"{BASE}/{to}"


def test_a_feed_reader_shows_the_words_escaped_once(based, read):
    lines = {f"{BASE}/{line.to or f'index.html#{id}'}": line for id, line in based.lines.items()}
    for entry in read["feed.xml"].entries:
        line = lines[entry.id]
        body = entry.content[0].value
        words = escape(told(line.words), quote=False)
        assert (f"<blockquote><p>{words}</p></blockquote>" in body) == line.quoted
        assert f"<p>{words}</p>" in body
        assert entry.title == headline(line)


def test_a_feed_reader_knows_entries_by_their_permalinks(read):
    ids = [entry.id for entry in read["feed.xml"].entries]
    assert len(ids) == len(set(ids)) == 50
    assert all(entry.id == entry.link for entry in read["feed.xml"].entries)


def test_a_feed_reader_sees_the_newest_day_as_the_feeds_own(read):
    for feed in read.values():
        days = [entry.updated_parsed for entry in feed.entries]
        assert days == sorted(days, reverse=True)
        assert not days or feed.feed.updated_parsed == days[0]


JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "feed_url": {"type": "string", "pattern": "^https?://"},
        "description": {"type": "string"},
        "language": {"type": "string"},
        "authors": {"type": "array", "items": {"$ref": "#/$defs/author"}, "minItems": 1},
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
    },
    "additionalProperties": False,
    "$defs": {
        "author": {
            "type": "object",
            "properties": {"name": {"type": "string"}},
            "minProperties": 1,
        },
        "item": {
            "type": "object",
            "required": ["id", "content_text"],
            "properties": {
                "id": {"type": "string", "minLength": 1},
                "url": {"type": "string"},
                "title": {"type": "string"},
                "content_text": {"type": "string", "minLength": 1},
                "date_modified": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "language": {"type": "string"},
                "tags": {"type": "array", "items": {"type": "string"}},
            },
            "additionalProperties": False,
        },
    },
}


def test_the_json_feed_is_json_feed_1_1(based, digest):
    for published in (based, edition(digest, {})):
        jsonschema.Draft202012Validator(JSON_FEED).validate(json.loads(json_feed(published)))


def test_the_sitemap_lists_addresses_below_the_sites_own(based, site):
    pages = render(sitemap(site, based.digest), shared(based), templates(ROOT))
    [text] = [text for _, text in pages]
    urls = [url[0].text for url in ElementTree.fromstring(text)]
    assert f"{BASE}/" in urls
    assert f"{BASE}/quotes/vance-good-faith.html" in urls
    assert all(url.startswith(f"{BASE}/") for url in urls)


# -- JSON-LD and cards


def triples(json_ld, base="https://page.example/quotes/x.html"):
    """What a crawler understands of it, with schema.org's terms known and nothing fetched."""
    thing = json.loads(json_ld)
    assert thing.pop("@context") == "https://schema.org"
    local = {"@context": {"@vocab": str(SCHEMA)}, **thing}
    return rdflib.Graph().parse(data=json.dumps(local), format="json-ld", base=base)


def test_a_crawler_learns_who_said_what_and_in_which_articles(based):
    for claim in based.digest.claims:
        graph = triples(of_quote(claim, based).json_ld)
        quotation = rdflib.URIRef(f"{BASE}/quotes/{claim.id}.html")
        assert (quotation, rdflib.RDF.type, SCHEMA.Quotation) in graph
        assert (quotation, rdflib.RDF.type, SCHEMA.Claim) in graph
        [speaker] = graph.objects(quotation, SCHEMA.spokenByCharacter)
        known = SCHEMA.name if claim.speaker.entry.name else SCHEMA.description
        assert str(graph.value(speaker, known)) == claim.speaker.name
        articles = {f"{BASE}/articles/{one.article}.html" for one in claim.printings}
        assert {str(one) for one in graph.objects(quotation, SCHEMA.appearance)} == articles
        [text] = graph.objects(quotation, SCHEMA.text)
        assert claim.printings[0].segments[0].text in str(text)


def test_a_crawler_finds_the_files_of_the_data_set(based):
    graph = triples(of_home(based).json_ld)
    [dataset] = graph.subjects(rdflib.RDF.type, SCHEMA.Dataset)
    files = {str(graph.value(one, SCHEMA.contentUrl))
             for one in graph.objects(dataset, SCHEMA.distribution)}  # fmt: skip
    assert files == {f"{BASE}/claims.json", f"{BASE}/claims.csv"}


def test_without_a_base_url_a_thing_is_known_by_where_its_page_stands(digest):
    claim = digest.claims[0]
    graph = triples(of_quote(claim, edition(digest, {})).json_ld, f"{BASE}/quotes/{claim.id}.html")
    assert rdflib.URIRef(f"{BASE}/quotes/{claim.id}.html") in set(graph.subjects())


RECORD = """
articles: {{one: {{file: a.txt, title: {words}, publisher: {words}, published: 2025-05-21,
  outside: {{title: x, publisher: x, published: x}}}}}}
speakers: {{ann: {{name: {words}, role: {words}}}}}
claims:
  go: {{speaker: ann, said: 2025-05-21, because: x, printed: [{{in: one, words: {words}}}]}}
"""


@pytest.fixture
def awkward(tmp_path, a_digest):
    """A digest whose words, names and titles would all like to be markup."""
    seeds = {"a.txt": f"2025-05-21\n\nBefore it {AWKWARD} said: “{AWKWARD}” And after.\n"}
    words = json.dumps(AWKWARD, ensure_ascii=False)
    folder = a_digest(tmp_path, seeds, RECORD.format(words=words), f"title: {words}\n")
    outcome = check(Options(folder, cache=False))
    assert outcome.digest, outcome.findings
    return edition(outcome.digest, {})


def page_of(metadata):
    """A page with this head, set as the site's pages set it."""
    lines = "".join(f'<meta property="{p}" content="{escape(c)}">' for p, c in metadata.properties)
    block = f'<script type="application/ld+json">{metadata.json_ld}</script>'
    return f"<!doctype html><html><head>{lines}{block}</head><body></body></html>"


def test_awkward_words_reach_other_programs_as_they_are(awkward):
    [claim] = awkward.digest.claims
    [speaker] = awkward.digest.speakers.values()
    [article] = awkward.digest.articles.values()
    for metadata, property in (
        (of_quote(claim, awkward), "text"),
        (of_speaker(speaker, awkward), "name"),
        (of_article(article, awkward), "headline"),
    ):
        found = extruct.extract(page_of(metadata), syntaxes=["json-ld", "opengraph"])
        [thing] = found["json-ld"]
        assert thing[property] == AWKWARD
        shown = dict(found["opengraph"][0]["properties"])
        assert AWKWARD in shown["og:title"]
        understood = triples(metadata.json_ld).objects(None, SCHEMA[property])
        assert AWKWARD in {str(one) for one in understood}
    [entry] = atom(awkward)["feed.xml"].entries
    body = entry.content[0].value
    assert f"“{escape(AWKWARD, quote=False)}”" in body
    assert "<b>" not in body


def test_every_page_of_the_site_that_has_json_ld_has_one_block_that_parses(site):
    for to, content in site.items():
        if to.endswith(".html") and b"application/ld+json" in content:
            found = extruct.extract(content.decode(), syntaxes=["json-ld"])["json-ld"]
            assert len(found) == 1, to


# -- Annotations


def test_an_annotation_is_read_as_one(digest):
    names = {claim.id: claim.speaker.name for claim in digest.claims}
    set_up = edition(digest, {})
    for page, quoted in annotated(set_up):
        to, claim = beside(page), posixpath.splitext(posixpath.basename(page))[0]
        whole = json.loads(annotation(quoted, set_up))
        remote, own = whole.pop("@context")
        assert remote == "http://www.w3.org/ns/anno.jsonld"
        local = json.dumps({"@context": [ANNOTATION, own], **whole})
        graph = rdflib.Graph().parse(data=local, format="json-ld", base=f"{BASE}/{to}")
        for one in graph.subjects(rdflib.RDF.type, OA.Annotation):
            body = graph.value(one, OA.hasBody)
            assert str(body) == f"{BASE}/quotes/{claim}.html"
            speaker = graph.value(body, SCHEMA.spokenByCharacter)
            assert str(graph.value(speaker, FOAF.name)) == names[claim]
            targets = list(graph.objects(one, OA.hasTarget))
            assert targets
            for target in targets:
                assert str(graph.value(target, OA.hasSource)).startswith(f"{BASE}/articles/")
                kinds = {
                    graph.value(selector, rdflib.RDF.type)
                    for selector in graph.objects(target, OA.hasSelector)
                }
                assert kinds == {OA.TextPositionSelector, OA.TextQuoteSelector}


# -- claims.json and its schema


@pytest.fixture(scope="module")
def schema():
    text = (ROOT / "templates/static/claims.schema.json").read_text(encoding="utf-8")
    found = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


@pytest.fixture(scope="module")
def validator(schema):
    form = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, format_checker=form)


def test_claims_json_is_as_its_schema_says(validator, claims_json):
    assert [f"{one.json_path}: {one.message}" for one in validator.iter_errors(claims_json)] == []


def test_the_record_of_a_small_digest_is_as_the_schema_says(validator, awkward):
    from digest.site.exports import claims_json as exported

    validator.validate(json.loads(exported(awkward.digest)))


def test_the_schema_is_published_with_the_record(site, schema):
    assert json.loads(site["claims.schema.json"]) == schema


BREAKS = {
    "a field nobody described": lambda told: told["claims"][0].update(mood="angry"),
    "a field nobody described, in a segment": lambda told: told["claims"][0]["appearances"][0][
        "segments"
    ][0].update(page=1),
    "no words": lambda told: told["claims"][0]["appearances"][0]["segments"][0].pop("text"),
    "no appearance": lambda told: told["claims"][0].update(appearances=[]),
    "a day that is none": lambda told: told["claims"][0]["said"].update(latest="2025-13-41"),
    "a day that is unknown": lambda told: told["reports"][0]["said"].update(latest=None),
    "an offset before the file": lambda told: told["dismissed"][0].update(start=-1),
    "an offset that is no number": lambda told: told["dismissed"][0].update(end="7"),
    "a hash cut short": lambda told: told["articles"][0].update(sha256="052355"),
    "a file outside seeds/": lambda told: told["articles"][0].update(file="../seeds/a.txt"),
    "an id with a capital": lambda told: told["speakers"][0].update(id="JD-Vance"),
    "a disagreement with one side": lambda told: told["disagreements"][0]["sides"].__delitem__(
        slice(1, None)
    ),
    "a part missing": lambda told: told.pop("reports"),
    "a part too many": lambda told: told.update(phrases=[]),
}


@pytest.mark.parametrize("what", BREAKS)
def test_the_schema_refuses(what, validator, claims_json):
    broken = deepcopy(claims_json)
    BREAKS[what](broken)
    assert list(validator.iter_errors(broken)), what


def objects(node):
    """Every part of a schema that describes an object's fields."""
    if isinstance(node, dict):
        if "properties" in node:
            yield node
        for name, part in node.items():
            if name != "properties":
                yield from objects(part)
            else:
                for field in part.values():
                    yield from objects(field)
    elif isinstance(node, list):
        for part in node:
            yield from objects(part)


def test_every_field_of_the_schema_is_described_and_no_other_is_allowed(schema):
    found = list(objects(schema))
    assert len(found) > 10
    for one in found:
        assert one["additionalProperties"] is False, one.get("description")
        for name, field in one["properties"].items():
            assert field.get("description", "").endswith("."), name


def keys(node):
    """Every key of a document, wherever it stands, but those of ``outside``, which are ours."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            if key != "outside":
                yield from keys(value)
    elif isinstance(node, list):
        for part in node:
            yield from keys(part)


def test_every_key_of_claims_json_is_described_and_every_described_field_occurs(
    schema, claims_json
):
    described = {name for one in objects(schema) for name in one["properties"]}
    assert described - set(keys(claims_json)) <= {"lang"}  # every article here has the site's
    assert set(keys(claims_json)) <= described

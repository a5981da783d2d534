"""What stands in the published files: exact, inert, and leading somewhere."""

from __future__ import annotations

import csv
import io
import json
import re
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "script-src 'self'; base-uri 'none'; form-action 'none'"
)


OF_THE_WHOLE = ["index", "words", "disagreements", "coverage", "corrections", "about", "data"]


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@pytest.fixture(scope="module")
def pages(site):
    return {to: Elements(html.decode()).found for to, html in site.items() if to.endswith(".html")}


def test_there_is_a_page_for_every_claim_speaker_article_and_known_day(pages, claims_json):
    due = {f"quotes/{claim['id']}.html" for claim in claims_json["claims"]}
    due |= {f"speakers/{one['id']}.html" for one in claims_json["speakers"] if one["named"]}
    due |= {f"articles/{one['id']}.html" for one in claims_json["articles"]}
    said = [one["said"] for one in claims_json["claims"] + claims_json["reports"]]
    due |= {f"days/{one['latest']}.html" for one in said if one["earliest"] == one["latest"]}
    assert set(pages) == due | {f"{name}.html" for name in OF_THE_WHOLE}


def test_every_page_carries_the_policy_and_nothing_inline(pages):
    for address, elements in pages.items():
        policies = [a["content"] for tag, a in elements if tag == "meta" and "http-equiv" in a]
        assert policies == [POLICY], address
        assert not [tag for tag, a in elements if tag in ("style", "iframe", "base")]
        scripts = [a for tag, a in elements if tag == "script"]
        inert = {"type": "application/ld+json"}  # a block of JSON: nothing runs it
        assert [a for a in scripts if a != inert and not a["src"].endswith("digest.js")] == []
        assert not [a for _, a in elements if "style" in a or any(k.startswith("on") for k in a)]


def test_no_page_asks_anything_of_another_host(pages):
    links = [a[k] for found in pages.values() for _, a in found for k in ("href", "src") if k in a]
    assert links
    assert [link for link in links if re.match(r"[a-z]+:|//|/", link)] == []


def test_every_page_has_one_heading_a_language_and_a_way_to_its_content(pages):
    for address, elements in pages.items():
        tags = [tag for tag, _ in elements]
        assert tags.count("h1") == 1, address
        assert tags.count("main") == 1
        assert ("html", {"lang": "en"}) in elements
        ids = [a["id"] for _, a in elements if "id" in a]
        assert len(ids) == len(set(ids)), address


def test_headings_do_not_skip_a_level(pages):
    for address, elements in pages.items():
        levels = [int(tag[1]) for tag, _ in elements if re.fullmatch("h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels)), address


def test_every_span_of_claims_json_is_its_files_own_characters(root, claims_json):
    texts = {p.name: p.read_bytes().decode() for p in (root / "seeds").glob("*.txt")}
    spans = [
        (appearance["file"], segment)
        for claim in claims_json["claims"]
        for appearance in claim["appearances"]
        for segment in appearance["segments"]
    ]
    spans += [(report["passage"]["file"], report["passage"]) for report in claims_json["reports"]]
    spans += [(one["file"], one) for one in claims_json["dismissed"]]
    spans += [(side["file"], side) for one in claims_json["disagreements"] for side in one["sides"]]
    assert len(spans) > 100
    for file, span in spans:
        assert texts[file][span["start"] : span["end"]] == span["text"]


def test_claims_json_has_the_fields_that_other_programs_read(claims_json):
    assert list(claims_json) == [
        "claims", "reports", "articles", "speakers", "dismissed", "disagreements",
    ]  # fmt: skip
    for claim in claims_json["claims"]:
        assert {
            "id",
            "url",
            "speaker",
            "said",
            "stance",
            "condition",
            "leaving",
            "venue",
            "appearances",
        } <= set(claim)
        assert {"id", "name", "role", "side", "kind"} <= set(claim["speaker"])
        assert set(claim["said"]) == {"earliest", "latest", "because"}
        for appearance in claim["appearances"]:
            assert {"article", "file", "segments", "via"} <= set(appearance)
    again = [a for c in claims_json["claims"] for a in c["appearances"] if a.get("again")]
    assert [a["segments"][0]["text"] for a in again].count("walk away") == 1


def test_every_appearance_is_a_row_of_claims_csv_with_its_exact_words(site, claims_json):
    rows = list(csv.DictReader(io.StringIO(site["claims.csv"].decode(), newline="")))
    told = [
        (claim["id"], appearance["file"], " […] ".join(s["text"] for s in appearance["segments"]))
        for claim in claims_json["claims"]
        for appearance in claim["appearances"]
    ]
    assert [(row["id"], row["file"], row["words"]) for row in rows] == told


def test_the_manifest_names_every_file_with_its_hash(site):
    listed = json.loads(site["manifest.json"])["files"]
    assert listed == {
        path: sha256(content).hexdigest()
        for path, content in sorted(site.items())
        if path != "manifest.json"
    }


def test_no_address_caption_or_boilerplate_of_an_article_is_printed(site):
    texts = (content for path, content in site.items() if not path.endswith((".woff2", ".png")))
    text = b"\n".join(texts).decode()
    for apart in (
        "support@",
        "posterbot",
        "Getty Images",
        "Newsweek AI is in beta",
        "plenary session",
    ):
        assert apart not in text


def test_the_quotation_page_never_claims_that_words_are_as_spoken(site):
    for address, html in site.items():
        if address.startswith("quotes/") and address.endswith(".html"):
            assert "Exactly as printed" in html.decode(), address
            assert "as spoken" not in html.decode()


def test_text_that_looks_like_markup_is_shown_and_not_obeyed(a_digest, tmp_path):
    from digest.build import Options, compose

    words = "</script><script>alert(1)</script> {{ 7*7 }} <b onclick=x> & \\g<1> %s"
    filler = "The rest of the article says much more about it, at length. " * 10
    folder = a_digest(
        tmp_path,
        {"a.txt": f" date 2030-01-02 “{words}” Ada Low said on Wednesday. {filler}"},
        'articles:\n  a: {file: a.txt, publisher: "<i>Post</i>"}\n'
        "speakers:\n  ada-low: {name: Ada Low, kind: official, role: '\"><script>'}\n"
        "claims:\n  low-says:\n    speaker: ada-low\n    said: 2030-01-02\n"
        f"    when: {{words: on Wednesday}}\n    note: '<script>x</script> [a](javascript:b)'\n"
        f"    printed:\n      - in: a\n        words: '{words}'\n",
    )
    outcome = compose(Options(folder, cache=False))
    assert outcome.files, outcome.findings
    for address, html in outcome.files.items():
        if address.endswith(".html"):
            found = Elements(html.decode()).found
            assert not [a for tag, a in found if tag == "i" or ((tag == "script" and "src" not in a)
                        and a.get("type") != "application/ld+json")], address  # fmt: skip
            assert not [a for _, a in found if "onclick" in a or "javascript:" in a.get("href", "")]
    told = json.loads(outcome.files["claims.json"])["claims"][0]
    assert told["appearances"][0]["segments"][0]["text"] == words

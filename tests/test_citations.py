"""Citations say what is known of an article, who spoke, and no more."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.build import check
from digest.model.options import Options
from digest.site.bibliography import (
    _LIGATURE,
    _MARKUP,
    Reference,
    Work,
    as_bibtex,
    as_ris,
    as_wikitext,
)
from digest.site.citation import bibliography, citing

BASE = "https://example.org/w"
FILLER = "The council met for an hour and talked about the wall, the ferries and the weather. " * 4
HARSH = (
    "{a} }b{ 100 % c\\d | e]] [[f <b>g</b> & &amp; h''i--j ~~~~ __k__ $5 #6 ^7 @misc{l, "
    "«Привет» 中文 مرحبا ‘n’ o's ER  - , =p</script>"
)


@pytest.fixture(scope="module")
def at_home(digest):
    """The record as if it were published at an address of its own."""
    return msgspec.structs.replace(
        digest, site=msgspec.structs.replace(digest.site, base_url=f"{BASE}/")
    )


def cited(id, digest):
    return citing(digest)(next(claim for claim in digest.claims if claim.id == id))


def a_claim_in(write, tmp_path, article="", words="It is shut,", text=None):
    """The only claim of a small digest, cited; ``article`` is more of its article's entry."""
    text = f"{text or f' date 2030-01-02 “{words}” Ada Low said.'} {FILLER}\n"
    record = (
        f"articles: {{a: {{file: a.txt, {article}}}}}\n"
        "speakers: {ada-low: {name: Ada Low}}\n"
        "claims:\n  low-shut:\n    speaker: ada-low\n    said: {latest: 2030-01-01}\n"
        "    because: it is told as past\n"
        f"    printed: [{{in: a, words: {json.dumps(words)}}}]\n"
    )
    outcome = check(Options(write(tmp_path, {"a.txt": text}, record)))
    assert outcome.digest, "\n".join(map(str, outcome.findings))
    assert outcome.findings == []
    return cited("low-shut", outcome.digest)


def test_a_quotation_of_a_dated_article_in_every_form(at_home):
    words = (
        "What would bother me is if we conclude that the Russians are not engaging in "
        "negotiations in good faith. And if that happens, yeah, we’re going to walk away."
    )
    said = "JD Vance (Vice President), 8 May 2025, via Fox News, quoted in Euromaidan Press"
    title = "[Untitled: On 8 May, US Vice President JD Vance …]"
    place = "https://example.org/w/quotes/vance-good-faith.html"
    note = f"Not told by the file itself: publisher. Verified as printed: Walking Away, {place}"
    found = cited("vance-good-faith", at_home)
    assert found.permalink == place
    assert found.text == words
    assert found.plain == (
        f"{title}. [Euromaidan Press], 9 May 2025. "
        f"Words of {said}: “{words}” (as printed). Verified: Walking Away, {place}"
    )
    assert found.bibtex == (
        "@article{vance-good-faith,\n"
        "  entrysubtype = {newspaper},\n"
        f"  title = {{{{{title}}}}},\n"
        "  journaltitle = {Euromaidan Press},\n"
        "  date = {2025-05-09},\n"
        f"  note = {{{note}}},\n"
        f"  annotation = {{Words of {said}: “{words}”}},\n"
        "}\n"
    )
    assert found.ris == (
        "TY  - NEWS\r\n"
        "ID  - vance-good-faith\r\n"
        f"TI  - {title}\r\n"
        "T2  - Euromaidan Press\r\n"
        "PY  - 2025\r\n"
        "DA  - 2025/05/09/\r\n"
        "LA  - en\r\n"
        f"N1  - {note}\r\n"
        f"N1  - Words of {said}: “{words}”\r\n"
        "ER  - \r\n"
    )
    assert found.csl == {
        "id": "vance-good-faith",
        "type": "article-newspaper",
        "title": title,
        "container-title": "Euromaidan Press",
        "issued": {"date-parts": [[2025, 5, 9]]},
        "language": "en",
        "note": note,
        "annote": f"Words of {said}: “{words}”",
    }
    assert found.wikitext == (
        "{{cite news |title=&#91;Untitled: On 8 May, US Vice President JD Vance …&#93; "
        f"|newspaper=Euromaidan Press |date=9 May 2025 |language=en |quote={words}}}}} "
        f"Words of {said}. {note}"
    )
    assert found.embed == (
        f'<figure><blockquote cite="{place}" lang="en" dir="auto"><p>{words}</p></blockquote>\n'
        f"<figcaption>{said}, as printed by Euromaidan Press, 9 May 2025. "
        f'Verified: <a href="{place}">Walking Away</a></figcaption></figure>\n'
    )
    assert found.landing is None


def test_a_quotation_through_another_outlet_in_a_reprint_with_a_window_in_every_form(at_home):
    words = (
        "I was very disappointed that missiles were [launched] by Russia, […] I want "
        "[Russian President Vladimir Putin] to stop shooting, sit down and sign a deal."
    )
    said = (
        "Donald Trump (President), 27 April 2025 [inferred], via Financial Times, "
        "quoted in Newsweek"
    )
    title = "Trump Threatens To Pull US Out of Russia-Ukraine Talks. What Happens Next"
    dated = "n.d. [between 28 April and 4 May 2025]"
    place = "https://example.org/w/quotes/trump-stop-shooting.html"
    verified = f"Verified as printed: Walking Away, {place}"
    found = cited("trump-stop-shooting", at_home)
    assert found.permalink == place
    assert found.text == words
    assert found.plain == (
        f"“{title}”. Newsweek, by way of TheFeedWired, {dated}. "
        f"Words of {said}: “{words}” (as printed). Verified: Walking Away, {place}"
    )
    assert found.bibtex == (
        "@article{trump-stop-shooting,\n"
        "  entrysubtype = {newspaper},\n"
        f"  title = {{{{{title}}}}},\n"
        "  journaltitle = {Newsweek},\n"
        f"  year = {{{dated}}},\n"
        f"  note = {{By way of TheFeedWired. {verified}}},\n"
        f"  annotation = {{Words of {said}: “{words}”}},\n"
        "}\n"
    )
    assert found.ris == (
        "TY  - NEWS\r\n"
        "ID  - trump-stop-shooting\r\n"
        f"TI  - {title}\r\n"
        "T2  - Newsweek\r\n"
        "LA  - en\r\n"
        f"N1  - Published: {dated}. By way of TheFeedWired. {verified}\r\n"
        f"N1  - Words of {said}: “{words}”\r\n"
        "ER  - \r\n"
    )
    assert found.csl == {
        "id": "trump-stop-shooting",
        "type": "article-newspaper",
        "title": title,
        "container-title": "Newsweek",
        "issued": {"literal": dated},
        "language": "en",
        "note": f"By way of TheFeedWired. {verified}",
        "annote": f"Words of {said}: “{words}”",
    }
    assert found.wikitext == (
        f"{{{{cite news |title={title} |newspaper=Newsweek |via=TheFeedWired |date=n.d. "
        "|orig-date=between 28 April and 4 May 2025 |language=en "
        "|quote=I was very disappointed that missiles were &#91;launched&#93; by Russia, "
        "&#91;…&#93; I want &#91;Russian President Vladimir Putin&#93; to stop shooting, sit down "
        "and sign a deal.}} Words of Donald Trump (President), 27 April 2025 &#91;inferred&#93;, "
        f"via Financial Times, quoted in Newsweek. {verified}"
    )
    assert found.embed == (
        f'<figure><blockquote cite="{place}" lang="en" dir="auto"><p>{words}</p></blockquote>\n'
        f"<figcaption>{said}, as printed by Newsweek, {dated}. "
        f'Verified: <a href="{place}">Walking Away</a></figcaption></figure>\n'
    )
    assert found.landing is None


def test_a_quotation_of_an_article_without_title_outlet_or_day_in_every_form(digest):
    words = (
        "I think the president’s going to say to President Putin, ‘Look, are you serious? Are you "
        "real about this?’ Because the proposal from the United States has always been: Look, "
        "there are a lot of economic benefits to thawing relations between Russia and the rest of "
        "the world, but you’re not going to get those benefits if you keep on killing a lot of "
        "innocent people, […] If you’re willing to stop the killing, the United States is willing "
        "to be a partner for peace."
    )
    said = "JD Vance (Vice President), 19 May 2025 [inferred]"
    title = "[Untitled: With President Donald Trump set to speak on …]"
    dated = "n.d. [19 May 2025, inferred]"
    outlet = "an outlet that the file does not name"
    place = "quotes/vance-are-you-serious.html"
    note = f"Printed by {outlet}. Verified as printed: Walking Away, {place}"
    found = cited("vance-are-you-serious", digest)
    assert found.permalink == place
    assert found.text == words
    assert found.plain == (
        f"{title}. [{outlet}], {dated}. "
        f"Words of {said}: “{words}” (as printed). Verified: Walking Away, {place}"
    )
    assert found.bibtex == (
        "@article{vance-are-you-serious,\n"
        "  entrysubtype = {newspaper},\n"
        f"  title = {{{{{title}}}}},\n"
        f"  year = {{{dated}}},\n"
        f"  note = {{{note}}},\n"
        f"  annotation = {{Words of {said}: “{words}”}},\n"
        "}\n"
    )
    assert found.ris == (
        "TY  - NEWS\r\n"
        "ID  - vance-are-you-serious\r\n"
        f"TI  - {title}\r\n"
        "LA  - en\r\n"
        f"N1  - Published: {dated}. {note}\r\n"
        f"N1  - Words of {said}: “{words}”\r\n"
        "ER  - \r\n"
    )
    assert found.csl == {
        "id": "vance-are-you-serious",
        "type": "article-newspaper",
        "title": title,
        "issued": {"literal": dated},
        "language": "en",
        "note": note,
        "annote": f"Words of {said}: “{words}”",
    }
    assert found.wikitext == (
        "{{cite news |title=&#91;Untitled: With President Donald Trump set to speak on …&#93; "
        "|date=n.d. |orig-date=19 May 2025, inferred |language=en "
        f"|quote={words.replace('[', '&#91;').replace(']', '&#93;')}}}}} "
        f"Words of JD Vance (Vice President), 19 May 2025 &#91;inferred&#93;. {note}"
    )
    assert found.embed == (
        f'<figure><blockquote lang="en" dir="auto"><p>{words}</p></blockquote>\n'
        f"<figcaption>{said}, as printed by {outlet}, {dated}. "
        "Verified: Walking Away</figcaption></figure>\n"
    )
    assert found.landing is None


@pytest.mark.parametrize(
    ("id", "begins"),
    [
        (
            "vance-more-than-open",
            "[Untitled: Vice President JD Vance’s suggestion this week that …]. "
            "[Fox News Digital], 21 May 2025. Words of JD Vance (Vice President), 19 May 2025: “",
        ),
        (
            "bruce-no-longer-fly-around",
            "“Trump’s Russia–Ukraine Reset” [opinion]. The American Conservative, n.d. [between 5 "
            "and 11 May 2025]. Words of Tammy Bruce (State Department spokesperson), 2 May 2025 "
            "[inferred]: “",
        ),
        (
            "official-excuses",
            "“Trump Threatens To Pull US Out of Russia-Ukraine Talks. What Happens Next”. "
            "Newsweek, by way of TheFeedWired, n.d. [between 28 April and 4 May 2025]. "
            "Words of a European official, by 4 May 2025, via Financial Times, "
            "quoted in Newsweek: “",
        ),
    ],
)
def test_what_the_file_does_not_tell_stands_in_square_brackets(digest, id, begins):
    assert cited(id, digest).plain.startswith(begins)


def test_no_speaker_is_the_author_of_an_article(digest):
    for claim in digest.claims:
        found = citing(digest)(claim)
        assert "author" not in found.csl
        assert "author" not in found.bibtex
        assert "AU  - " not in found.ris
        assert "|author" not in found.wikitext


def test_every_form_holds_each_segment_as_the_article_prints_it(digest):
    for claim in digest.claims:
        first = claim.printings[0]
        file = digest.articles[first.article].article.text
        found = citing(digest)(claim)
        assert found.text.split(" […] ") == [one.span.of(file) for one in first.segments]
        for form in (found.plain, found.csl["annote"], found.bibtex, found.ris):
            assert f": “{found.text}”" in form
        assert found.text in unescape(found.wikitext)
        assert found.text in unescape(found.embed)


def test_two_stretches_that_nothing_interrupts_are_joined_without_a_gap_mark(a_digest, tmp_path):
    text = " date 2030-01-02 Ada Low said: “It is shut.” “It was shut.” On Monday.\n"
    record = (
        "articles: {a: {file: a.txt}}\nspeakers: {ada-low: {name: Ada Low}}\n"
        "claims:\n  low-shut:\n    speaker: ada-low\n    said: {latest: 2030-01-02}\n"
        "    printed: [{in: a, words: [It is shut., It was shut.]}]\n"
    )
    outcome = check(Options(a_digest(tmp_path, {"a.txt": text}, record)))
    found = cited("low-shut", outcome.digest)
    assert found.text == "It is shut.\nIt was shut."
    assert "N1  - Words of Ada Low, by 2 January 2030: “It is shut. It was shut.”" in found.ris


def test_the_bibliography_has_every_claim_that_stands_in_the_order_of_the_record(digest):
    first, *others = digest.claims
    fewer = msgspec.structs.replace(
        digest, claims=(msgspec.structs.replace(first, retracted="never said"), *others)
    )
    files = the_files(fewer)
    assert set(files) == {"claims.bib", "claims.ris", "claims.csl.json"}
    assert json.loads(files["claims.csl.json"]) == [citing(fewer)(one).csl for one in others]
    assert files["claims.bib"] == "\n".join(citing(fewer)(one).bibtex for one in others)
    assert files["claims.ris"] == "\r\n".join(citing(fewer)(one).ris for one in others)
    assert files == the_files(fewer)


def test_every_line_of_ris_ends_with_a_carriage_return_and_a_line_feed(digest):
    told = the_files(digest)["claims.ris"]
    assert told.count("\n") == told.count("\r\n") == told.count("\r")
    assert told.endswith("ER  - \r\n")


def the_files(digest):
    """The text of each file of citations, by its name."""
    standing = [claim for claim in digest.claims if not claim.retracted]
    cited = [*map(citing(digest), standing)]
    return {name: content.decode() for name, content in bibliography(cited)}


def test_a_permalink_is_absolute_only_where_the_site_has_an_address(digest, at_home):
    claim = digest.claims[0]
    assert citing(digest)(claim).permalink == f"quotes/{claim.id}.html"
    assert citing(at_home)(claim).permalink == f"https://example.org/w/quotes/{claim.id}.html"


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Ada Low", [{"family": "Low", "given": "Ada"}]),
        ("Low, Ada", [{"family": "Low", "given": "Ada"}]),
        ("Low, Ada and The Harbour Desk", [{"family": "Low", "given": "Ada"}, "The Harbour Desk"]),
        ("Ada Low ada@example.org", [{"family": "Low", "given": "Ada"}]),
        ("Anna van der Berg; Reuters", ["Anna van der Berg", "Reuters"]),
        ("Ada Low, Bo Dim, Cy Ek", ["Ada Low, Bo Dim, Cy Ek"]),
    ],
)
def test_a_name_is_divided_only_where_the_byline_leaves_no_doubt(
    a_digest, tmp_path, byline, authors
):
    found = a_claim_in(a_digest, tmp_path, f"byline: {json.dumps(byline)}")
    told = [{"literal": one} if isinstance(one, str) else one for one in authors]
    assert found.csl["author"] == told
    assert "@" not in found.plain


def test_what_is_known_from_outside_the_file_is_bracketed_and_a_day_so_known_is_a_day(
    a_digest, tmp_path
):
    outside = "outside: {published: it says so, title: likewise, byline: likewise}"
    entry = f"published: 2030-01-01, title: The Ferry, byline: Bo Dim, {outside}"
    found = a_claim_in(a_digest, tmp_path, entry, text="“It is shut,” Ada Low said.")
    assert found.plain.startswith(
        "[Bo Dim]. [“The Ferry”]. [an outlet that the file does not name], [1 January 2030]. "
    )
    assert found.csl["issued"] == {"date-parts": [[2030, 1, 1]]}
    assert "  date = {2030-01-01},\n" in found.bibtex
    assert "|date=1 January 2030 |language=en |quote=" in found.wikitext


def test_a_month_in_the_file_s_own_header_is_neither_a_day_nor_undated(a_digest, tmp_path):
    found = a_claim_in(a_digest, tmp_path, text=" date 2030-01 “It is shut,” Ada Low said.")
    assert found.csl["issued"] == {"literal": "between 1 and 31 January 2030"}
    assert ", between 1 and 31 January 2030. Words of" in found.plain
    assert (
        "|date=n.d. |orig-date=between 1 and 31 January 2030 |language=en |quote=" in found.wikitext
    )


def test_an_address_and_its_day_stand_in_every_form_and_no_character_breaks_out(a_digest, tmp_path):
    entry = "url: 'https://a.example/x|y}}?q=1&r=[2]#p', retrieved: 2030-01-03"
    found = a_claim_in(a_digest, tmp_path, entry)
    url = "https://a.example/x%7Cy%7D%7D?q=1&r=%5B2%5D#p"
    assert f"  url = {{{url}}},\n  urldate = {{2030-01-03}},\n" in found.bibtex
    assert f"UR  - {url}\r\nY2  - 2030/01/03/\r\n" in found.ris
    assert found.csl["URL"] == url
    assert found.csl["accessed"] == {"date-parts": [[2030, 1, 3]]}
    assert f"|url={url} " in found.wikitext
    assert "|access-date=3 January 2030 " in found.wikitext
    assert found.landing == f"{url}:~:text=It%20is%20shut%2C"


def test_a_landing_looks_for_whole_words_and_for_many_by_both_ends(a_digest, tmp_path):
    words = "A so-called 1, 2 & 3 of it, and we are not going to be part of any such-like thing,"
    found = a_claim_in(a_digest, tmp_path, "url: 'https://a.example/x'", words)
    assert found.landing == (
        "https://a.example/x#:~:text=A%20so%2Dcalled%201%2C%202%20%26,"
        "part%20of%20any%20such%2Dlike%20thing%2C"
    )


def test_each_segment_has_its_own_fragment(digest):
    articles = {
        id: msgspec.structs.replace(
            one, entry=msgspec.structs.replace(one.entry, url="https://a.example/")
        )
        for id, one in digest.articles.items()
    }
    found = cited("vance-not-going-anywhere", msgspec.structs.replace(digest, articles=articles))
    assert found.landing == (
        "https://a.example/#:~:text=It%E2%80%99s%20not%20going%20anywhere%2C"
        "&text=It%E2%80%99s%20not%20going%20to%20end%20anytime%20soon."
    )


class Pasted(HTMLParser):
    """The elements of an embed and the text in its ``<p>``."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self.inside = [], "", False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.inside = tag == "p"

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "p"

    def handle_data(self, data):
        self.words += data if self.inside else ""


def test_harsh_words_stay_words_in_an_embed_and_in_json(a_digest, tmp_path):
    name = json.dumps(HARSH)
    found = a_claim_in(a_digest, tmp_path, f"title: {name}, publisher: {name}", HARSH)
    assert found.text == HARSH
    pasted = Pasted(found.embed)
    assert [tag for tag, _ in pasted.tags] == ["figure", "blockquote", "p", "figcaption"]
    assert pasted.words == HARSH
    assert found.csl["title"] == found.csl["container-title"] == HARSH
    assert json.loads(json.dumps(found.csl)) == found.csl
    assert all(len(line) > 5 and line[2:6] == "  - " for line in found.ris.splitlines())


def test_a_hostile_address_and_title_of_the_site_stay_what_they_are(digest):
    site = msgspec.structs.replace(
        digest.site, base_url='https://a.example/"><script>', title="<b>"
    )
    found = citing(msgspec.structs.replace(digest, site=site))(digest.claims[0])
    tags = Pasted(found.embed).tags
    assert [tag for tag, _ in tags] == ["figure", "blockquote", "p", "figcaption", "a"]
    assert tags[1][1]["cite"] == tags[4][1]["href"] == found.permalink


def a_reference(text):
    work = Work(
        authors=(), title=text, outlet=text, via=None, day=date(2030, 1, 2),
        dated="2 January 2030", lang="en", url=None, retrieved=None, remarks=(), told="told",
    )  # fmt: skip
    return Reference("a", work, said="Ada Low", text=text, verified="here")


@given(st.text(alphabet="{}\\%|[]<>&'`~_-=#$^ \n\u2028").map("a{}".format))
@example("a ~~~~ __b__ '''c''' }}d{{ }e{ --f-- ``g`` \\\\")
def test_whatever_the_words_the_braces_of_an_entry_balance_and_no_field_ends_early(text):
    reference = a_reference(text)
    depth = 0
    for character in as_bibtex(reference):  # BibTeX counts braces whether escaped or not
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    words = " ".join(text.splitlines())
    template, behind = as_wikitext(reference).split("}}")
    told = [part.split("=", 1)[0] for part in template.split(" |")]
    assert told == ["{{cite news", "title", "newspaper", "date", "language", "quote"]
    assert unescape(template.split("|quote=")[1]) == words
    # A signature and a magic word are expanded before any template is.
    assert not [sign for sign in ("~~~", "__") if sign in template + behind]
    assert not set("[]<>{}|") & set(template[2:].replace(" |", "") + behind)
    lines = as_ris(reference).splitlines()
    assert [line[:6] for line in lines] == [
        f"{tag}  - " for tag in "TY ID TI T2 PY DA LA N1 N1 ER".split()
    ]
    assert lines[2] == f"TI  - {words}"


@pytest.mark.parametrize(
    ("quick", "plain"),
    [(_LIGATURE, r"([-'`,])(?=\1)|[!?](?=`)"), (_MARKUP, r"[&|{}\[\]<>]|''+|__+|~~~+")],
)
@given(text=st.text(alphabet="-'`,!?&|{[_~a"))
def test_a_pattern_that_is_written_to_be_quick_finds_what_the_plain_one_finds(quick, plain, text):
    found = [one.span() for one in quick.finditer(text)]
    assert found == [one.span() for one in re.finditer(plain, text)]

"""Row 98 of docs/promises.md: every text is shown as it is written, and does nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest
from lxml import etree

from tests.faults import attack
from tests.faults.ends import passed, refused
from tests.faults.formats import blocks, strictly, strings
from tests.faults.inert import Page, active, flat
from tests.faults.measured import digest
from tests.test_every_field import SHOWN

LOW = "quotes/lovorn-shut.html"


@pytest.fixture
def folder(tmp_path):
    """A digest with something in every field, not built yet."""
    attack.write(tmp_path / "here/digest", "", "")
    return tmp_path / "here/digest"


# Words that break out of something; the second are those that stand in articles, where a
# straight quotation mark would end a quotation.
BREAKS: dict[str, tuple[str, str]] = {
    "an attribute and an element": ('"><script>alert(1)</script>',) * 2,
    "a single-quoted attribute": ("'><img src=x onerror=alert(1)>",) * 2,
    "a bare attribute": (" onmouseover=alert(1) x=",) * 2,
    "a quoted attribute": ('" onmouseover="alert(1)" x="', "″ onmouseover=alert(1) x="),
    "a handler with focus": ("' autofocus onfocus='alert(1)",) * 2,
    "a script": ("</script><script>alert(1)//",) * 2,
    "a string in a script": ('\\";alert(1);//\\', "\\';alert(1);//\\"),
    "a comment in a script": ("<!--<script>",) * 2,
    "style, title, textarea and pre": (
        "--></style></title></textarea></pre></svg><svg onload=alert(1)>",
    )
    * 2,
    "a part of XML": ("]]><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",) * 2,
    "an entity": ("&lt;script&gt;&quot;&#60;&#x3C;&amp;lt;",) * 2,
    "an address": ("javascript:alert(1)",) * 2,
    "an address in Markdown": ("[x](JaVaScRiPt:alert(1))",) * 2,
    "an address in angles": ("<javascript:alert(1)>",) * 2,
    "an address with a blank": (" java script:alert(1)",) * 2,
    "a template": ("{{ 7*7 }}{% x %}{# y #}",) * 2,
    "a pattern": ("\\g<1>%s{0}$1",) * 2,
    "a formula": ("=cmd|' /C calc'!A0",) * 2,
    "wikitext": ("}}{{evil|x}}]]<nowiki>",) * 2,
    "TeX": ("}\\input{/etc/passwd}{",) * 2,
    "ends of lines": ("\u2028\u2029</script><script>alert(1)", ""),
    "an encoded tag": ("%3Cscript%3E+ADw-script+AD4-",) * 2,
}
MARKDOWN = ("article.note", "claim.note")


@pytest.fixture(scope="module", params=BREAKS.values(), ids=BREAKS)
def broken(request, tmp_path_factory):
    """The words, those in articles, and a site with them in every field."""
    words, in_articles = request.param
    folder = tmp_path_factory.mktemp("attack")
    attack.write(folder, words, in_articles)
    ended = digest("build", "--root", folder)
    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
    return words, in_articles, folder / "site"


def test_98_every_text_of_the_record_is_tried(tmp_path):
    tried = attack.write(tmp_path, "x")
    texts = {field for field, kind in attack.fields().items() if attack.is_text(kind)}
    assert texts - attack.BOUND == tried & texts
    assert texts > attack.BOUND


def test_98_nothing_in_any_page_runs_or_asks(broken):
    assert active(broken[2]) == []


def test_98_every_text_is_read_on_its_page_exactly_as_it_was_written(broken):
    words, in_articles, site = broken
    change = attack.attacked(words, in_articles)
    pages = {
        path.relative_to(site).as_posix(): tight(Page(path.read_bytes()).text)
        for path in site.rglob("*.html")
    }
    sought = [
        (field, change(text), to.split()[0])
        for field, text, where in SHOWN
        for to in where
        if "vorn" in text and "." in field and field not in ("article.url", "article.archived")
    ]
    assert len(sought) > 100
    for field, text, to in sought:
        # Markdown reads entities, and a backslash before a sign.
        read = re.sub(r"\\(?=[^\w\s])", "", unescape(text)) if field in MARKDOWN else text
        assert tight(read) in pages[to], (field, to)


def tight(text: str) -> str:
    """Without white space: what is set apart on a page may have some around it."""
    return re.sub(r"\s", "", text)


def test_98_every_text_stands_exactly_in_the_json_the_csv_and_the_feeds(broken):
    words, in_articles, site = broken
    change = attack.attacked(words, in_articles)
    told = {text for path in site.rglob("*.json") for text in strings(strictly(path.read_text()))}
    rows = list(
        csv.reader(
            io.StringIO((site / "claims.csv").read_bytes().decode(), newline=""), strict=True
        )
    )
    feeds = {
        text for path in site.rglob("*.xml") for text in etree.parse(path).getroot().itertext()
    }
    in_json = (
        "Titlevorn publishervorn articleviavorn outsidevorn unnamedvorn sidevorn conditionvorn"
        " leavingvorn venuevorn mediumvorn dismissedbecausevorn aboutvorn holdsvorn twicevorn"
        " disagreementbecausevorn"
    )
    for text in (*in_json.split(), "Ada Lovorn", "an againvorn"):
        assert change(text) in told, text
    cells = {cell for row in rows for cell in row}
    for text in (
        "Ada Lovorn",
        "unnamedvorn",
        "sidevorn",
        "conditionvorn",
        "leavingvorn",
        "venuevorn",
    ):
        assert change(text) in cells, text
    for text in ("Sitetitlevorn", "editorvorn", "retractedvorn"):
        assert change(text) in feeds, text
    assert len({len(row) for row in rows}) == 1


def test_98_the_citations_are_as_many_and_the_html_to_paste_is_inert(broken):
    site = broken[2]
    ris, bib = ((site / f"claims.{ending}").read_bytes().decode() for ending in ("ris", "bib"))
    assert len(re.findall(r"^TY  - ", ris, re.M)) == len(re.findall(r"^ER  - ", ris, re.M)) == 3
    assert len(re.findall(r"^@", bib, re.M)) == 3
    assert bib.count("{") - bib.count("\\{") == bib.count("}") - bib.count("\\}")
    for path in site.glob("quotes/*.html"):
        page = Page(path.read_bytes())
        pasted = [
            one.text for one in page.tree.iter("pre") if (one.text or "").startswith("<figure>")
        ]
        for html in pasted:
            inside = Page(f"<!doctype html><title>x</title>{html}".encode())
            assert list(inside.runs()) == []
            assert {tag for tag, _ in inside.elements} <= {
                "html", "head", "title", "body", "figure", "blockquote", "p", "figcaption", "a",
            }  # fmt: skip
        assert len(pasted) == (0 if "gone" in path.name or "formerly" in path.name else 1), path


def test_98_the_search_is_data_and_no_word_ends_its_script(broken):
    for path in broken[2].glob("search/*.js"):
        text = path.read_text()
        assert not re.search("[<>&\u2028\u2029]", text)
        call = re.fullmatch(r"digestSearch\.add\((\d+),(\[\n.*\n\])(?:,(\{.*\}))?\);\n", text, re.S)
        assert call, text[:100]
        assert strictly(call[2])
        assert call[3] is None or strictly(call[3])["shards"]


BOUND = [
    *sorted(attack.BOUND),
    *sorted(field for field, kind in attack.fields().items() if attack.formed(kind)),
]


@pytest.mark.parametrize(("kind", "name"), BOUND)
@pytest.mark.parametrize("words", ['"><script>alert(1)</script>', "../../../x"])
def test_98_what_can_only_be_a_name_a_day_a_choice_or_an_address_is_refused(
    folder, kind, name, words
):
    record, site, _ = attack.digest()
    entry = first(kind, record, site)
    listed = isinstance(entry.get(name), list) or name in ("formerly", "claims")
    entry[name] = [words] if listed else words
    attack.dump(folder, record, site)
    file = "site" if kind in ("SiteEntry", "Leads") else "claims"
    assert re.match(rf"data/{file}\.yaml:\d+:\d+: error\[", refused(folder))


def first(kind: str, record: dict, site: dict) -> dict:
    """An entry of a type, in the digest."""
    claim, report = record["claims"]["lovorn-shut"], record["reports"]["filed"]
    side = record["disagreements"]["tide"]["sides"][0]
    return {
        "SiteEntry": site, "Leads": site["leads"], "ClaimEntry": claim, "ReportEntry": report,
        "ArticleEntry": record["articles"]["a"], "Days": record["articles"]["b"]["published"],
        "SpeakerEntry": record["speakers"]["ada-lovorn"], "EventEntry": record["events"]["opening"],
        "When": claim["when"], "PrintedEntry": claim["printed"][0],
        "Again": claim["printed"][0]["again"][1], "VoiceEntry": claim["voices"][0],
        "CorrectionEntry": claim["corrections"][0], "SideEntry": side,
        "DismissedEntry": record["dismissed"]["a"]["twicevorn"],
        "DisagreementEntry": record["disagreements"]["tide"],
    }[kind]  # fmt: skip


ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
    "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example/",
    "https:javascript:alert(1)", "/a", "x", "&#106;avascript:alert(1)",
    'https://x.example/"><script>alert(1)</script>', "https://x.example/'onmouseover=alert(1)//",
    "https://x.example/&quot;onload=", "https://x.example/?a=1&b=<>&c={{7*7}}#\u00e9",
    "https://x.example/\\..\\", "https://x.example/\u2028",
    "https://x.example/\nER  - \nTY  - BOOK",
]  # fmt: skip


@pytest.mark.parametrize("to", ADDRESSES)
@pytest.mark.parametrize("field", ["url", "archived", "base_url"])
def test_98_an_address_is_one_of_the_web_or_refused_with_its_line(folder, to, field):
    record, site, _ = attack.digest()
    (site if field == "base_url" else record["articles"]["a"])[field] = to
    attack.dump(folder, record, site)
    if not to.startswith("https://"):
        assert re.match(r"data/(site|claims)\.yaml:\d+:\d+: error\[\w+-address\]", refused(folder))
        return
    built = passed(folder)
    for path in built.rglob("*.xml"):
        etree.parse(path)
    for path in built.rglob("*.json"):
        strictly(path.read_text())
    assert len(re.findall("^TY  - ", (built / "claims.ris").read_bytes().decode(), re.M)) == 3


# What an article's own file says of itself, and all else that pages show of it.
OWN = {
    "front matter": (
        "c.md", "---\ntitle: {T}\nbyline: {B}\npublisher: {P}\ndate: 2030-01-09\n---\n\n",
    ),
    "a printed head": (
        "c.txt",
        "The title {t}\n\nwritten by {b}\n\nTranslations may contain inaccuracies {c}.\n\n",
    ),
}  # fmt: skip
REST = """“We came,” Ada Low said on {i} Wednesday. {FILL}

The post The title {t} appeared first on The Paper {p}.
"""


@pytest.mark.parametrize(("name", "head"), OWN.values(), ids=OWN)
@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script>", "'><img src=x onerror=alert(1)>", "\u2028\u2029</script>"],
)
def test_98_what_an_article_says_of_itself_is_exact_and_inert(
    a_digest, tmp_path, name, head, words
):
    quoted = {letter: json.dumps(f"{letter} {words}", ensure_ascii=False) for letter in "TBP"}
    bare = dict.fromkeys("tbcpi", words)
    text = (head + REST).format(**quoted, **bare, FILL="The rest of it says more. " * 60)
    record = (
        f"articles:\n  c: {{file: {name}}}\nspeakers:\n  low: {{name: Ada Low}}\nclaims:\n"
        "  came: {speaker: low, said: {latest: 2030-01-09}, printed: [{in: c, words: We came}]}\n"
    )
    if name.endswith("txt"):
        record = record.replace("c.txt}", "c.txt, published: 2030-01-09, outside: {published: x}}")
    folder = a_digest(tmp_path / "here", {name: text}, record)
    built = passed(folder)
    article = Page((built / "articles/c.html").read_bytes()).text
    sought = flat(words)
    assert article.count(sought) >= 3, article
    for path in built.rglob("*.json"):
        strictly(path.read_text())
    for path in built.rglob("*.xml"):
        etree.parse(path)


def test_98_the_name_of_an_articles_file_is_inert(folder):
    record, site, _ = attack.digest()
    name = 'a"><img src=x onerror=alert(1)>{{7*7}}&lt;.txt'
    (folder / "seeds/a.txt").rename(folder / "seeds" / name)
    record["articles"]["a"]["file"] = name
    attack.dump(folder, record, site)
    built = passed(folder)
    for to in ("articles/a.html", LOW):
        assert f"seeds/{name}" in Page((built / to).read_bytes()).text


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u00ad", "\ufeff", "\u0085", "\x1b", "\x00"])
def test_98_what_cannot_be_seen_is_refused_in_the_record(folder, mark):
    attack.write(folder, f"a{mark}b", "")
    told = refused(folder)
    assert re.match(
        r"data/(claims|site)\.yaml:\d+:\d+: error\[(words-invisible|yaml-character)\]", told
    )
    assert mark not in told


def test_99_json_ld_of_hostile_words_is_theirs(broken):
    words, in_articles, site = broken
    change = attack.attacked(words, in_articles)
    [block] = blocks((site / "quotes/lovorn-came.html").read_bytes())
    assert not re.search("[<>&\u2028\u2029]", block)
    node = strictly(block)
    assert change("We came for the wordsvorn") in node["text"]
    assert node["spokenByCharacter"]["name"] == change("Ada Lovorn")
    assert node["spokenByCharacter"]["jobTitle"] == change("speakerrolevorn")

"""Rows 97 to 105 of docs/promises.md: what is published is exact, inert, and leads somewhere."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from lxml import etree

from tests.faults import attack
from tests.faults.ends import passed, refused
from tests.faults.formats import blocks, rfc_4180, strictly, strings
from tests.faults.inert import POLICY, Page, active
from tests.faults.measured import digest

BASE = "https://digest.example/project/story"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def folder(tmp_path):
    """A digest with something in every field, not built yet."""
    attack.write(tmp_path / "here/digest", "", "")
    return tmp_path / "here/digest"


@pytest.fixture(scope="module")
def real(root, tmp_path_factory):
    """The digest that ships, built with an address."""
    folder = tmp_path_factory.mktemp("real")
    for part in ("data", "seeds"):
        shutil.copytree(root / part, folder / part)
    ended = digest("build", "--root", folder, "--base-url", BASE)
    assert ended.code == 0, ended.err
    return folder / "site"


def edit(folder: Path, before: str, after: str, path: str = "data/claims.yaml") -> None:
    """Make a text that stands once in a file another one."""
    text = (folder / path).read_text()
    assert text.count(before) == 1, before
    (folder / path).write_text(text.replace(before, after))


# -- What was published stays

LOW = "quotes/lovorn-shut.html"


@pytest.fixture
def released(folder):
    """It, built and entered in the ledger."""
    passed(folder)
    assert digest("release", "--root", folder, "--on", "2031-03-01").code == 0
    assert "quotes/lovorn-shut.html 2031-03-01 " in (folder / "data/published.txt").read_text()
    return folder


def without(folder: Path, id: str) -> None:
    """Take a claim out of the record."""
    record, site, _ = attack.digest()
    del record["claims"][id]
    attack.dump(folder, record, site)


def test_97_a_published_claim_cannot_be_taken_out(released):
    record, site, _ = attack.digest()
    gone = record["claims"].pop("lovorn-came")
    record["dismissed"]["a"][gone["printed"][0]["words"]] = "not for us"
    attack.dump(released, record, site)
    told = refused(released, "data/published.txt:", "lovorn-came")
    assert re.search(r"retracted|formerly", told)


def test_97_a_withdrawn_claim_keeps_its_address_which_says_why_and_no_longer_what(released):
    record, site, _ = attack.digest()
    words = record["claims"]["lovorn-came"]["printed"][0]["words"]
    record["claims"]["lovorn-came"]["retracted"] = "it was not hers"
    attack.dump(released, record, site)
    built = passed(released)
    page = Page((built / "quotes/lovorn-came.html").read_bytes()).text
    assert "it was not hers" in page
    assert words not in page
    assert not (built / "quotes/lovorn-came.json").exists()
    for name in ("feed.xml", "feed.json", "claims.csv", "claims.bib", "search/1.js"):
        assert words not in (built / name).read_text(), name


def test_97_a_published_id_cannot_be_changed_in_silence(released):
    record, site, _ = attack.digest()
    record["claims"]["lovorn-arrived"] = record["claims"].pop("lovorn-came")
    attack.dump(released, record, site)
    was = 'error[published-renamed] was published on 2031-03-01 as "lovorn-came"'
    refused(released, "data/claims.yaml:", was, "add formerly: [lovorn-came] to this entry")


def test_97_a_published_id_that_was_changed_leads_on(released):
    record, site, _ = attack.digest()
    moved = record["claims"].pop("lovorn-came")
    record["claims"]["lovorn-arrived"] = moved | {"formerly": ["lovorn-came"]}
    attack.dump(released, record, site)
    built = passed(released)
    page = Page((built / "quotes/lovorn-came.html").read_bytes())
    refresh = [a["content"] for _, a in page.elements if a.get("http-equiv") == "refresh"]
    assert refresh == ["0; url=../quotes/lovorn-arrived.html"]
    assert ("a", {"href": "../quotes/lovorn-arrived.html"}) in page.elements
    old, new = (built / f"quotes/lovorn-{name}.json" for name in ("came", "arrived"))
    assert old.read_bytes() == new.read_bytes()


AFTER = "They aftervorn "
ALTERED = {
    "its words": lambda claim: claim["printed"][0].update(words="twicevorn", after=AFTER),
    "its speaker": lambda claim: claim.update(speaker="clerk"),
    "its day": lambda claim: (claim.pop("at"), claim.update(said="2030-01-08", because="so")),
}  # fmt: skip


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
def test_97_a_published_claim_is_altered_only_with_a_public_correction(released, alter):
    record, site, _ = attack.digest()
    claim = record["claims"]["lovorn-came"]
    words = claim["printed"][0]["words"]
    alter(claim)
    if claim["printed"][0]["words"] != words:
        del record["claims"]["lovorn-shut"]["printed"][0]["again"][1]
        record["dismissed"]["a"][words] = "corrected"
    attack.dump(released, record, site)
    refused(released, "data/claims.yaml:", "lovorn-came", "corrections:")
    made = {"day": "2031-04-01", "what": "the claim", "was": "another", "because": "a slip"}
    claim["corrections"] = [made]
    attack.dump(released, record, site)
    built = passed(released)
    told = "2031-04-01: the claim; was: another. a slip"
    assert told in Page((built / "quotes/lovorn-came.html").read_bytes()).text
    assert "it was: another. a slip" in Page((built / "corrections.html").read_bytes()).text
    assert "the claim. Was: another. a slip" in (built / "corrections.xml").read_text()


def test_97_a_published_articles_text_is_never_altered(released):
    seed = released / "seeds/b.txt"
    seed.write_text(seed.read_text() + "More.\n")
    told = refused(released)
    assert re.search(r"error\[", told)


def test_97_a_ledger_that_was_tampered_with_is_refused_with_its_line(released):
    ledger = released / "data/published.txt"
    lines = ledger.read_text().splitlines(keepends=True)
    ledger.write_text("".join([*lines[:2], lines[2].replace(" 2031", " x031"), *lines[3:]]))
    refused(released, "data/published.txt:3:")


# -- Formats


def test_99_json_ld_parses_ends_nowhere_and_equals_the_claim(real):
    told = {one["id"]: one for one in strictly((real / "claims.json").read_text())["claims"]}
    assert len(told) == 37
    for id, claim in told.items():
        [block] = blocks((real / f"quotes/{id}.html").read_bytes())
        assert not re.search("[<>&\u2028\u2029]", block)
        node = strictly(block)
        assert node["@id"] == claim["url"] == f"{BASE}/quotes/{id}.html"
        shown = [one["text"] for one in claim["appearances"][0]["segments"]]
        assert re.sub(r"\W+", "", "".join(shown)) == re.sub(r"\W+|\[…\]", "", node["text"]), id
        assert all(part in node["text"] for part in shown)
        speaker = node["spokenByCharacter"]
        assert claim["speaker"]["name"] in (speaker.get("name"), speaker.get("description"))
        day = claim["said"]["earliest"]
        assert node.get("dateCreated") == (day if day == claim["said"]["latest"] else None)


def test_100_every_json_file_parses_strictly_and_tells_its_keys_in_one_order(real):
    files = sorted(real.rglob("*.json"))
    assert len(files) > 40
    for path in files:
        assert path.read_bytes().endswith(b"}\n") or path.read_bytes().endswith(b"]\n")
        strictly(path.read_text(encoding="utf-8"))
    told = strictly((real / "claims.json").read_text())
    for section in told.values():
        assert len({tuple(one) for one in section}) == 1


def test_100_numbers_that_are_none_stand_nowhere(folder):
    record, site, _ = attack.digest()
    record["claims"]["lovorn-shut"]["venue"] = ".nan"
    record["claims"]["lovorn-shut"]["medium"] = "1e999"
    attack.dump(folder, record, site)
    text = (passed(folder) / "claims.json").read_text()
    assert '"venue": ".nan"' in text
    assert '"medium": "1e999"' in text


def test_101_every_feed_and_the_sitemap_is_well_formed_and_holds_no_illegal_character(real):
    files = sorted(real.rglob("*.xml"))
    assert {path.name for path in files} >= {
        "feed.xml",
        "corrections.xml",
        "sitemap.xml",
        "jd-vance.xml",
    }
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n')
        assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
        tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
        assert tree.tag in (f"{ATOM}feed", f"{SITEMAP}urlset")
        assert tree.getroottree().docinfo.doctype == ""


def entries(site: Path) -> dict[str, str]:
    """The id of every entry of every feed with the day of its last change."""
    return {
        one.findtext(f"{ATOM}id"): one.findtext(f"{ATOM}updated")
        for path in site.rglob("*.xml")
        if path.name != "sitemap.xml"
        for one in etree.parse(path).iter(f"{ATOM}entry", f"{ATOM}feed")
    }


def test_101_ids_stay_and_only_what_was_changed_is_newer(released):
    before = entries(passed(released))
    record, site, _ = attack.digest()
    claim = record["claims"]["lovorn-came"]
    claim.update(stance="go", note="another", venue="elsewhere")
    record["claims"] = dict(reversed(record["claims"].items()))
    made = {"day": "2031-04-01", "what": "x", "was": "y", "because": "z"}
    record["claims"]["clerk-home"]["corrections"] = [made]
    attack.dump(released, record, site)
    after = entries(passed(released))
    assert before.keys() < after.keys()
    newer = {id for id in before if after[id] != before[id]}
    assert {after[id] for id in newer} == {"2031-04-01T00:00:00Z"}
    [corrected] = after.keys() - before.keys()
    assert after[corrected] == "2031-04-01T00:00:00Z"
    feeds = {etree.parse(path).findtext(f"{ATOM}id") for path in (released / "site").rglob("*.xml")}
    assert len(newer - feeds) == 1


def test_101_a_character_that_xml_cannot_hold_does_not_spoil_a_feed(a_digest, tmp_path):
    filler = "The council met for an hour and talked of the wall. " * 12
    text = (
        f"The title of it\n\n“We came,” Ada Low said. {filler}\n\n"
        "The post The title of it appeared first on The\ufffe\x01Paper.\n"
    )
    record = (
        "articles: {c: {file: c.txt}}\nspeakers: {low: {name: Ada Low}}\nclaims:\n"
        "  came: {speaker: low, said: {latest: 2030-01-09}, because: so,"
        " printed: [{in: c, words: We came}]}\n"
    )
    built = passed(a_digest(tmp_path / "here", {"c.txt": text}, record))
    for path in built.rglob("*.xml"):
        told = "".join(etree.parse(path).getroot().itertext())
        assert "Exactly as printed by The\ufffd\ufffdPaper" in told or path.stem == "corrections"
    [article] = strictly((built / "claims.json").read_text(encoding="utf-8"))["articles"]
    assert article["publisher"] == "The\ufffe\x01Paper"


QUOTED = [
    "=1+1", "+1 is one", "-1 is none", "@home we are", "=cmd|' /C calc'!A0", "a, b; c", "ends, ",
    "it ends with a mark'", "\u00e9\u0301 \U0001f600", "a\u00a0b and a\u2028c", "a|b\\c", "0012",
    "%s {0} \\g<1>", "said \"never\" to it", "a\u201db, c\"", "TRUE", "1e999", "a\tb or c",
]  # fmt: skip


def test_102_every_quotation_comes_out_of_the_csv_as_the_article_has_it(a_digest, tmp_path):
    filler = "The council met for an hour and talked of the wall. " * 12
    held = [words.replace('"', "″").replace("\u201d", "″") for words in QUOTED]
    text = "\n\n".join(f"“{words}” Ada Low said. {filler}" for words in held)
    claims = "".join(
        f"  low-{number}:\n    speaker: low\n    said: {{latest: 2030-01-02}}\n    printed: "
        f"[{{in: c, words: {json.dumps(' '.join(words.split()), ensure_ascii=False)}}}]\n"
        for number, words in enumerate(held)
    )
    record = "articles: {c: {file: c.txt}}\nspeakers: {low: {name: Ada Low}}\nclaims:\n" + claims
    text = f" date 2030-01-02 The day.\n\n{text}\n"
    built = passed(a_digest(tmp_path / "here", {"c.txt": text}, record))
    written = (built / "claims.csv").read_bytes().decode()
    told = strictly((built / "claims.json").read_text())["claims"]
    spans = {one["id"]: one["appearances"][0]["segments"][0] for one in told}
    assert [text[one["start"] : one["end"]] for one in spans.values()] == [w.strip() for w in held]
    for rows in (
        rfc_4180(written),
        list(csv.reader(io.StringIO(written, newline=""), strict=True)),
    ):
        names, *rest = rows
        assert {len(row) for row in rows} == {len(names)}
        assert [row[names.index("words")] for row in rest] == [
            one["text"] for one in spans.values()
        ]


def test_102_words_over_several_lines_stand_in_one_field(a_digest, tmp_path):
    """A file that was wrapped by hand: the article's own line ends are between the words."""
    text = "“We came, and we\nsaw, “”Ada Low said on Wednesday.\n\n" + "It rained.\n" * 40
    text = text.replace("“”", "”")
    record = (
        "articles: {c: {file: c.txt, published: 2030-01-09, outside: {published: x}}}\n"
        "speakers: {low: {name: Ada Low}}\nclaims:\n  came:\n    speaker: low\n"
        '    said: {latest: 2030-01-09}\n    printed: [{in: c, words: "We came, and we saw,"}]\n'
    )
    folder = a_digest(tmp_path / "here", {"c.txt": text}, record)
    rows = rfc_4180((passed(folder) / "claims.csv").read_bytes().decode())
    assert rows[1][rows[0].index("words")] == "We came, and we\nsaw,"


# -- Links


@pytest.fixture(scope="module")
def served(real):
    """The site as a host serves it below a path, and where."""
    above = real.parent / "host"
    shutil.copytree(real, above / "project/story")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(above)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/project/story/"
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_):
        pass


LINKING = ("href", "src", "{http://www.w3.org/1999/xlink}href")


def links(page: Page) -> Iterator[str]:
    """Every address that a page asks for, or sends a reader to."""
    for tag, attributes in page.elements:
        yield from (attributes[name] for name in LINKING if name in attributes)
        if attributes.get("http-equiv") == "refresh":
            yield attributes["content"].partition("url=")[2]
        if tag == "meta" and attributes.get("property") in ("og:url", "og:image"):
            yield attributes["content"]


def test_103_a_crawler_finds_every_page_and_part_below_a_path(real, served):
    seen, parts, waiting = {}, [], [served]
    while waiting:
        at = waiting.pop()
        with urlopen(at) as answer:  # a missing one raises
            body = answer.read()
        seen[at] = None
        if not urlsplit(at).path.endswith((".html", "/")):
            continue
        page = Page(body)
        seen[at] = {a["id"] for _, a in page.elements if "id" in a} | {"top"}
        for link in links(page):
            to, fragment = urldefrag(urljoin(at, link.replace(f"{BASE}/", served)))
            if not to.startswith(served):
                assert re.match(r"https://|mailto:", to), (at, link)
                continue
            parts += [(at, to, unquote(fragment))] if fragment else []
            if to not in seen and to not in waiting:
                waiting.append(to)
    lost = [(at, to, part) for at, to, part in parts if part not in (seen[to] or ())]
    assert lost == []
    pages = {path.relative_to(real).as_posix() for path in real.rglob("*.html")}
    found = {at.removeprefix(served) or "index.html" for at in seen}
    assert pages - found <= {"404.html"}  # nothing leads to it, and a host shows it


def test_103_feeds_exports_search_and_sitemap_lead_somewhere_too(real):
    told = [text for path in real.rglob("*.json") for text in strings(strictly(path.read_text()))]
    rows = io.StringIO((real / "claims.csv").read_bytes().decode(), newline="")
    told += [cell for row in csv.reader(rows) for cell in row]
    for path in real.rglob("*.xml"):
        root = etree.parse(path).getroot()
        told += [value for one in root.iter() for value in one.attrib.values()]
        told += root.itertext()
    addresses = {one for one in told if one.startswith(f"{BASE}/")}
    shards = "".join(path.read_text() for path in real.glob("search/*.js"))
    addresses |= {f"{BASE}/{to}" for to in re.findall(r'"to":"([^"]+)"', shards)}
    assert len(addresses) > 100
    for one in addresses:
        to, fragment = urldefrag(one)
        path = real / (to.removeprefix(f"{BASE}/") or "index.html")
        assert path.is_file(), one
        if fragment and path.suffix == ".html":
            assert f'id="{fragment}"' in path.read_text(), one


def test_103_styles_ask_only_for_files_that_are_there(real):
    asked = re.findall(r"url\(['\"]?([^'\")]+)", (real / "style.css").read_text())
    assert asked
    assert [one for one in asked if not (real / one).is_file()] == []


LOST = (
    "gone.html ../up.html quotes/ /about.html about.html#gone #gone about.html?x about"
    " quotes/lovorn-shut.html#gone ..\\about.html About.html quotes%2Flovorn-shut.html"
)


@pytest.mark.parametrize("link", LOST.split())
def test_103_a_link_of_the_curators_that_leads_nowhere_is_refused_with_its_line(folder, link):
    (folder / "data/pages").mkdir(exist_ok=True)
    (folder / "data/pages/own.md").write_text(f"# Ours\n\nSee [that]({link}).\n")
    told = refused(folder)
    assert re.match(r'site/own\.html:\d+:1: error\[link\] ".*" leads nowhere', told)


KEPT = (
    "about.html ./about.html quotes/../about.html quotes/lovorn-shut.html#main #main caf%C3%A9.png"
    " caf\u00e9.png https://x.example/ mailto:a@b.example"
)


@pytest.mark.parametrize("link", [*KEPT.split(), "<a b.png>"])
def test_103_a_link_of_the_curators_that_leads_somewhere_is_kept(folder, link):
    for path in ("data/pages", "data/static"):
        (folder / path).mkdir(exist_ok=True)
    for name in ("caf\u00e9.png", "a b.png"):
        (folder / "data/static" / name).write_bytes(b"\x89PNG")
    (folder / "data/pages/own.md").write_text(f"# Ours\n\nSee [that]({link}).\n")
    passed(folder)


# -- The policy


def test_104_the_policy_stands_on_every_page_before_anything_that_it_governs(real, folder):
    pages = [*real.rglob("*.html"), *passed(folder).rglob("*.html")]
    assert {"404.html", "formerlyvorn.html", "lovorn-gone.html"} <= {path.name for path in pages}
    for path in pages:
        html = path.read_text()
        before = (
            f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        )
        assert html.startswith(before), path
        page = Page(html.encode())
        assert [tag for tag, _ in page.elements][:4] == ["html", "head", "meta", "meta"]
        assert sum(a.get("http-equiv") == "Content-Security-Policy" for _, a in page.elements) == 1


def test_104_no_page_has_a_script_a_style_or_a_handler_of_its_own(real):
    assert active(real) == []


BARRED = re.compile(
    r"\beval\(|\bFunction\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write"
    r"|setAttribute\(\s*['\"](?:style|on)|\.cssText"
)


def test_104_no_script_of_ours_makes_one(real):
    scripts = [*real.glob("*.js"), *real.glob("search/*.js")]
    assert len(scripts) > 2
    for path in scripts:
        assert BARRED.findall(path.read_text()) == [], path


def test_104_the_headers_to_copy_say_the_same_policy(root):
    for name in ("_headers", "netlify.toml", "nginx.conf"):
        text = (root / "docs/publishing" / name).read_text()
        if "Content-Security-Policy" in text:
            assert f"{POLICY}; frame-ancestors 'none'" in text, name


# -- Copied files

ACTIVE = [
    "a.html", "a.htm", "a.xhtml", "a.svg", "a.svgz", "a.js", "a.mjs", "a.wasm", "a.HTML", "a.Svg",
    "deep/er/a.html", "a.css", "a.shtml", "a.php", "a.swf", "a.hta", "a.xsl", "a.xslt", "a.rss",
    "a.mht", "a.htc", "a", ".htaccess", "a.png.html", "a.html.", "a.unknown", "web.config", "cname",
]  # fmt: skip


@pytest.mark.parametrize("name", ACTIVE)
def test_105_what_a_browser_or_a_host_may_run_is_not_copied(folder, name):
    path = folder / "data/static" / name
    path.parent.mkdir(parents=True)
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    refused(
        folder,
        f"data/static/{name}:1:1: error[file-active] is not copied: a browser may run",
        "scripts, styles and SVG of your own design belong in templates/static/",
    )


XHTML = "http://www.w3.org/1999/xhtml"
XML = {
    "XHTML": f"<html xmlns='{XHTML}'><script>alert(1)</script></html>",
    "XHTML within": f"<a><b><h:script xmlns:h='{XHTML}'>alert(1)</h:script></b></a>",
    "XHTML written otherwise": "<a><s xmlns='http://www.w3.org/1999/&#120;html'>1</s></a>",
    "XHTML by an entity": f"<!DOCTYPE a [<!ENTITY x '<s xmlns=\"{XHTML}\"/>'>]><a>&x;</a>",
    "XHTML by default": f"<!DOCTYPE a [<!ATTLIST a xmlns CDATA '{XHTML}'>]><a/>",
    "SVG": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a style sheet": "<?xml-stylesheet href='a.xsl' type='text/xsl'?><a/>",
    "XHTML in UTF-16": f"<html xmlns='{XHTML}'/>".encode("utf-16"),
}


@pytest.mark.parametrize("content", XML.values(), ids=XML)
def test_105_no_page_hides_in_an_xml_file(folder, content):
    (folder / "data/static").mkdir()
    held = content if isinstance(content, bytes) else content.encode()
    (folder / "data/static/a.xml").write_bytes(held)
    told = refused(folder)
    assert re.match(r"data/static/a\.xml:1:\d+: error\[file-active\] holds \"", told)


@pytest.mark.parametrize("content", ["<a>", "", "x", "<a/><b/>", "<a>&gone;</a>", "<!DOCTYPE a><a"])
def test_105_xml_that_is_not_well_formed_is_refused_with_its_line(folder, content):
    (folder / "data/static").mkdir()
    (folder / "data/static/a.xml").write_text(content)
    refused(folder, "data/static/a.xml:1:", "error[xml] is not well-formed XML")


def test_105_an_xml_file_made_to_grow_is_refused_at_once(folder):
    (folder / "data/static").mkdir()
    grow = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(10))
    (folder / "data/static/a.xml").write_text(
        f'<!DOCTYPE a [<!ENTITY e0 "{"x" * 1000}">{grow}]><a>&e10;</a>'
    )
    refused(folder, "data/static/a.xml:1:", within=2)


INERT = [
    "CNAME", "_headers", "_redirects", ".nojekyll", "card.png", "a.JPG", "a.webp", "robots.txt",
    ".well-known/security.txt", "a.json", "a.pdf", "fonts/a.woff2", "site.webmanifest", "LICENSE",
]  # fmt: skip


def test_105_what_no_browser_runs_is_copied_byte_for_byte(folder):
    content = b"\xff<script>alert(1)</script>\r\n\0"
    for name in INERT:
        path = folder / "data/static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "data/static/auth.xml").write_bytes(b"<users>\r\n<user>1</user></users>")
    built = passed(folder)
    assert {name for name in INERT if (built / name).read_bytes() != content} == set()
    assert (built / "auth.xml").read_bytes() == b"<users>\r\n<user>1</user></users>"


def test_105_scripts_and_svg_of_a_design_that_the_curator_vouches_for_are_copied(folder):
    for name in ("own.js", "own.svg", "own.css", "own.html"):
        path = folder / "templates/static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("/* mine */")
    ended = digest("build", "--root", folder)
    assert ended.code == 0, ended.err
    assert (folder / "site/own.svg").read_text() == "/* mine */"


def test_105_the_document_on_publishing_names_only_files_that_are_copied(root, folder):
    document = (root / "docs/publishing.md").read_text(encoding="utf-8")
    for name in re.findall(r"^\| `([^`]+)` \|", document, re.M):
        if "." in name or name.isupper() or name.startswith("_"):
            path = folder / "data/static" / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"x")
    assert len(list((folder / "data/static").iterdir())) >= 4
    passed(folder)

"""Rows 47 to 58 of docs/promises.md: what Markdown and templates may do to a site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.ends import passed, refused
from tests.faults.inert import Page, active, flat
from tests.faults.measured import digest, everything
from tests.test_every_field import RECORD, SEEDS, SITE

SECRET = "correct horse battery staple"
LOW = "quotes/lovorn-shut.html"


@pytest.fixture(scope="module")
def built(a_digest, tmp_path_factory):
    """A digest with something in every field, and its site."""
    seeds = {name: text for name, text in SEEDS.items() if name in ("a.txt", "b.txt")}
    folder = a_digest(tmp_path_factory.mktemp("built"), seeds, RECORD, SITE)
    (folder / "data/pages/own.md").write_text("# Our own\n\nAll as it was.\n")
    (folder.parent / "secret.txt").write_text(SECRET)
    ended = digest("build", "--root", folder)
    assert ended.code == 0, ended.err
    return folder


@pytest.fixture
def folder(built, tmp_path):
    """A copy of it to do something to."""
    shutil.copytree(built.parent, tmp_path / "here")
    return tmp_path / "here" / built.name


def page(folder: Path, text: str | bytes, name: str = "own") -> None:
    """Write a page of the curator's own."""
    content = text if isinstance(text, bytes) else text.encode()
    (folder / f"data/pages/{name}.md").write_bytes(content)


def note(folder: Path, text: str) -> None:
    """Give the claim and the article of the record another note."""
    path = folder / "data/claims.yaml"
    quoted = "'" + text.replace("'", "''").replace("\n", "\n\n      ") + "'"
    record = path.read_text()
    for before in (" note: notevorn\n", " note: articlenotevorn\n"):
        assert record.count(before) == 1
        record = record.replace(before, f" note: {quoted}\n")
    path.write_text(record)


def template(folder: Path, text: str | bytes, name: str = "words.html") -> None:
    """Write a template of the digest's own."""
    path = folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


# -- Markdown

HTML = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)><a xlink:href=javascript:alert(1)>x</a></svg>",
    "<img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1) onclick=alert(1)>x</a>",
    "<style>@import url(//evil.example)</style>",
    '<base href="//evil.example/">',
    '<meta http-equiv="refresh" content="0; url=//evil.example">',
    '<form action="//evil.example"><button>x</button></form>',
    '<link rel="stylesheet" href="//evil.example">',
    "</main></body></html><script>alert(1)</script>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<object data=x></object><embed src=x>",
    "<!-- <script>alert(1)</script> -->",
    "<?php echo 1 ?>",
    "<!DOCTYPE html [<!ENTITY x 'y'>]>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
]


@pytest.mark.parametrize("inline", [True, False], ids=["within a line", "as a block"])
def test_47_raw_html_is_shown_as_it_is_written_and_does_nothing(folder, inline):
    texts = [f"Before {html} after." if inline else html for html in HTML]
    page(folder, "# Our <b onclick=x>own</b>\n\n" + "\n\n".join(texts))
    note(folder, "\n".join(texts))
    site = passed(folder)
    for address in ("own.html", LOW, "articles/a.html"):
        read = Page((site / address).read_bytes()).text
        for html in HTML:
            assert flat(html) in read, (address, html)
    assert "Our <b onclick=x>own</b>" in Page((site / "words.html").read_bytes()).text


WAYS = ["[x]({})", "[x](<{}>)", "<{}>", "[x][r]\n\n[r]: {}", "[x][r]\n\n[r]: <{}>", "![x]({})"]
URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61&#x76&#x61script:alert(1)",
    "javascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java\tscript:alert(1)",
    "java%0ascript:alert(1)",
    "\\javascript:alert(1)",
    "java\\script:alert(1)",
    "&#1;javascript:alert(1)",
    "%6Aavascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "data:image/png;base64,iVBORw0KGgo=",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:null/1",
    "filesystem:x",
    "view-source:x",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "/\\evil.example",
    "intent:x",
]


@pytest.mark.parametrize("url", URLS)
def test_48_no_address_leads_anywhere_but_into_the_site_the_web_or_a_mail(folder, url):
    page(folder, "# Our own\n\n" + "\n\n---\n\n".join(way.format(url) for way in WAYS))
    ended = digest("build", "--root", folder)
    if ended.code:
        assert re.match(r'site/own\.html:\d+:1: error\[link\] ".*" leads nowhere', ended.err)
        assert "All as it was." in (folder / "site/own.html").read_text()
    else:
        assert active(folder / "site") == []
        assert "[x](" in Page((folder / "site/own.html").read_bytes()).text


@pytest.mark.parametrize("url", URLS)
def test_48_in_a_note_of_the_record_too(folder, url):
    note(folder, "\n".join(way.format(url) for way in WAYS[:3]))
    ended = digest("build", "--root", folder)
    assert "Traceback" not in ended.err
    assert ended.code == 0 or re.match(
        r"(site/(quotes/lovorn-shut|articles/a)\.html|data/claims\.yaml):\d+:\d+: error", ended.err
    )
    assert active(folder / "site") == []


BREAKS = [
    '[x](about.html "\\"><script>alert(1)</script>")',
    "[x](about.html '\"><img src=x onerror=alert(1)>')",
    '[x](about.html ("onmouseover=alert(1) x="))',
    '![" onerror="alert(1)](about.html)',
    '![x](about.html "x\\" onerror=\\"alert(1)")',
    '[x](about.html#"onmouseover="alert(1))',
    '<https://x.example/?"onmouseover="alert(1)>',
    '[x](<https://x.example/"onmouseover=alert(1)//>)',
    '```"><script>alert(1)</script>\ncode\n```',
    '~~~ x" onclick="alert(1)\ncode\n~~~',
    "[x]: about.html '\"><script>alert(1)</script>'\n\n[x]",
    '`"><script>alert(1)</script>`',
    '["><script>alert(1)</script>](about.html)',
]


@pytest.mark.parametrize("text", BREAKS)
def test_49_no_title_no_alternative_and_no_name_of_a_language_ends_its_attribute(folder, text):
    page(folder, f"# Our own\n\n{text}\n")
    ended = digest("build", "--root", folder)
    assert "Traceback" not in ended.err
    if ended.code:
        assert re.match(r'site/own\.html:\d+:1: error\[link\] ".*" leads nowhere', ended.err)
    assert active(folder / "site") == []


FRONT = [
    "title: <script>alert(1)</script>",
    "title: 'never closed",
    "date: 2031-02-30",
    "slug: ../../outside",
    "permalink: /etc/passwd",
    "x: !!python/object/apply:os.system ['touch pwned']",
    "x: &x [*x]",
    "layout: /etc/passwd",
]


@pytest.mark.parametrize("field", FRONT)
def test_50_front_matter_of_a_page_is_text_like_any_other(folder, field):
    page(folder, f"---\n{field}\n---\n\n# Our own\n")
    site = passed(folder)
    assert flat(field.replace("'", "")) in flat(
        Page((site / "own.html").read_bytes()).text.replace("'", "")
    )


@pytest.mark.parametrize("field", FRONT)
def test_50_front_matter_of_an_article_is_read_strictly_or_refused_with_its_line(folder, field):
    text = f"---\n{field}\n---\n\nThe council met for an hour.\n"
    (folder / "seeds/uncurated.md").write_text(text)
    if field in (FRONT[1], FRONT[2], FRONT[5], FRONT[6]):
        message = refused(folder, "1 error")
        assert re.match(r"seeds/uncurated\.md:[123]:\d+: error\[(yaml|article)-", message)
    else:
        passed(folder)


SIZE = 250_000  # a page may have 256 KB
BOMBS = {
    "brackets": "[" * 40_000,
    "as many brackets as a page holds": "[" * SIZE,
    "pictures": "![[" * (SIZE // 3),
    "open links": "[a](" * (SIZE // 4),
    "open emphasis": "**a *a " * (SIZE // 7),
    "emphasis of two kinds": "*a_ " * (SIZE // 4),
    "quotes in quotes": ">" * 20_000,
    "quotes in lists": "> - " * (SIZE // 4),
    "a staircase of lists": "".join("  " * depth + "- a\n" for depth in range(450)),
    "open tags": "<a " * (SIZE // 3),
    "sections": "<![" * (SIZE // 3),
    "declarations": "<!A " * (SIZE // 4),
    "comments": "<!--" * (SIZE // 4),
    "ticks": "".join("`" * (length % 400) + "a" for length in range(1200)),
    "items": "* a\n" * (SIZE // 4),
    "paragraphs": "a\n\n" * (SIZE // 3),
    "headings": "a\n=\n" * (SIZE // 4),
    "entities": "&quot;" * (SIZE // 6),
    "backslashes": "\\" * SIZE,
    "line breaks": "a\\\n" * (SIZE // 3),
    "empty links": "[[]()" * (SIZE // 5),
    "names of addresses": "".join(f"[{number}]: /u\n" for number in range(SIZE // 16)),
    "one long address, named often": f"[a]: /{'u' * (SIZE // 2)}\n\n" + "[a]" * (SIZE // 6),
    "one long title, named often": f"[a]: / '{'u' * (SIZE // 2)}'\n\n" + "[a]" * (SIZE // 6),
    "one word": "a" * SIZE,
    "unclosed parentheses": "[a](" + "(" * SIZE,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_51_a_page_made_to_take_for_ever_takes_ten_seconds_at_most(folder, bomb):
    page(folder, f"# Our own\n\n{bomb[:SIZE]}")
    ended = digest("build", "--root", folder)
    assert ended.code == 0 or re.match(r"site/own\.html:\d+:1: error\[link\]", ended.err), ended.err
    assert ended.seconds < 10
    assert ended.megabytes < 512


@pytest.mark.parametrize("bomb", ["[" * 10_000, "*a_ " * 2_500, "<![" * 3_333])
def test_51_a_note_made_to_take_for_ever_does_not_either(folder, bomb):
    note(folder, bomb)
    passed(folder)


def test_51_a_note_longer_than_ten_thousand_characters_is_refused_with_its_line(folder):
    note(folder, "[" * 10_001)
    refused(folder, "error[yaml-long] is longer than 10,000 characters", within=1)


SYNTAX = [
    "{{ 7*7 }}",
    "{% include '/etc/passwd' %}",
    "{# gone #}",
    "{% raw %}",
    "{{ site.title.__class__ }}",
    "{%- if -%}",
    "${7*7} #{7*7} <%= 7*7 %> %(a)s {0}",
    "\\g<1> %s",
]


def test_52_what_looks_like_a_template_is_shown_and_not_run(folder):
    page(folder, "# Our " + SYNTAX[0] + "\n\n" + "\n\n".join(f"    {one}" for one in SYNTAX))
    note(folder, "\n".join(f"`{one}`" for one in SYNTAX))
    (folder / "data/site.yaml").write_text(SITE.replace("taglinevorn", '"{{ 7*7 }}"'))
    (folder / "seeds/uncurated.txt").write_text("“{{ 7*7 }}” they said, “{% if %}” and “{#”.\n")
    site = passed(folder)
    for address in ("own.html", LOW, "articles/a.html"):
        read = Page((site / address).read_bytes()).text
        assert [one for one in SYNTAX if one not in read] == [], address
    assert "{{ 7*7 }}." in Page((site / "index.html").read_bytes()).text
    assert "Our {{ 7*7 }}" in Page((site / "words.html").read_bytes()).text
    assert not [
        path for path in site.rglob("*.html") if b"49" in path.read_bytes().split(b"<main")[0]
    ]


# -- One path, one owner

TAKEN = ["index", "words", "disagreements", "coverage", "corrections", "data", "404"]


@pytest.mark.parametrize("name", TAKEN)
def test_53_a_page_with_the_name_of_one_of_the_programs_is_refused_naming_both(folder, name):
    page(folder, "# Mine", name)
    refused(
        folder,
        f"data/pages/{name}.md:1:1: error[page-name] the site has a page of this name: {name}.html",
    )


@pytest.mark.parametrize("name", ["Index", "INDEX", "con", "nul", "a.b", "a b", "é", "lpt1"])
def test_53_a_page_whose_name_could_be_anothers_is_refused(folder, name):
    page(folder, "# Mine", name)
    refused(folder, f"data/pages/{name}.md:1:1: error[page-name]")


def test_53_a_page_that_lies_on_a_claims_path_is_not_read(folder):
    (folder / "data/pages/quotes").mkdir()
    page(folder, "# Mine", "quotes/lovorn-shut")
    ended = digest("build", "--root", folder)
    assert "data/pages/quotes:1:1: warning[file-skipped]" in ended.err
    assert b"Mine" not in (folder / f"site/{LOW}").read_bytes()


COPIED = {
    "feed.xml": "feed.xml, which the build makes",
    "claims.json": "claims.json, which the build makes",
    "manifest.json": "manifest.json, which the build makes",
    "quotes/lovorn-shut.json": "quotes/lovorn-shut.json, which the build makes",
    "quotes/formerlyvorn.json": "quotes/formerlyvorn.json, which the build makes",
    "Feed.XML": "feed.xml, which the build makes",
    "QUOTES/Lovorn-Shut.json": "quotes/lovorn-shut.json, which the build makes",
    "brygada-1918-LICENSE.txt/../fonts/brygada-1918-LICENSE.txt": "templates/static/fonts/brygada",
    "ＣＬＡＩＭＳ.json": None,  # full-width letters are other letters
}


@pytest.mark.parametrize(("path", "owner"), COPIED.items())
def test_53_a_copied_file_takes_nobodys_place_whatever_its_capitals(folder, path, owner):
    copied = Path(os.path.normpath(folder / "data/static" / path))
    copied.parent.mkdir(parents=True, exist_ok=True)
    copied.write_text('<?xml version="1.0"?><a/>' if copied.suffix.lower() == ".xml" else "{}")
    if owner is None:
        passed(folder)
    else:
        where = copied.relative_to(folder).as_posix()
        refused(folder, f"{where}:1:1: error[path-taken] would stand in the place of {owner}")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("card.png", "Card.PNG"),
        ("caf\u00e9.png", "cafe\u0301.png"),
        ("CAFE\u0301.png", "caf\u00e9.png"),
        ("stra\u00dfe.png", "STRASSE.png"),
        ("a/b.png", "A/B.png"),
    ],
)
def test_53_two_copied_files_that_some_file_system_cannot_tell_apart_are_refused(
    folder, first, second
):
    for name in (first, second):
        (folder / "data/static" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "data/static" / name).write_bytes(b"\x89PNG")
    earlier, later = sorted((first, second))
    told = refused(folder)
    assert re.match(rf"data/static/({earlier}|{later}):1:1: error\[file-name\] has the name", told)
    assert f"data/static/{earlier}" in told
    assert f"data/static/{later}" in told


def test_53_a_file_of_the_design_and_a_copied_one_at_one_path_are_refused_naming_both(folder):
    template(folder, b"\x89PNG", "static/logo.png")
    (folder / "data/static").mkdir()
    (folder / "data/static/logo.png").write_bytes(b"\x89PNG")
    refused(
        folder,
        "data/static/logo.png:1:1: error[path-taken] would stand in the place of "
        "templates/static/logo.png",
    )


def test_53_a_file_of_the_design_may_replace_the_programs_but_no_page_and_not_by_capitals(folder):
    template(folder, "body { color: black }", "static/style.css")
    assert (passed(folder) / "style.css").read_text() == "body { color: black }"
    template(folder, "<p>mine", f"static/{LOW}")
    template(folder, "body {}", "static/Digest.js")
    refused(
        folder,
        f"templates/static/{LOW}:1:1: error[path-taken] would stand in the place of {LOW}, which",
        "place of templates/static/digest.js",
    )


@pytest.mark.parametrize(
    "path", ["feed.xml/a.png", "quotes/lovorn-shut.html/a.png", "Claims.CSV/a.png"]
)
def test_53_no_folder_has_the_name_of_a_file(folder, path):
    (folder / "data/static" / path).parent.mkdir(parents=True)
    (folder / "data/static" / path).write_bytes(b"\x89PNG")
    refused(folder, "error[path-taken] also is the name of a folder")


NAMES = [
    *"con.png AUX.txt nul.tar.gz com1.png a/prn/b.png a:b.png a\\b.png a.png. a|b.png".split(),
    *("a<b>.png", 'a"b.png', "a\nb.png", "a\x1b[2J.png", "a\u202eb.png"),
]


@pytest.mark.parametrize("name", [*NAMES, os.fsdecode(b"\xff.png")])
def test_53_a_copied_file_has_a_name_that_every_system_can_hold(folder, name):
    path = folder / "data/static" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\x89PNG")
    message = refused(folder, "1 error")
    assert re.match(r"data/static/.*:1:1: error\[(path-taken|file-active|file-name)\]", message)
    assert "\x1b" not in message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("formerly: [formerlyvorn]", "formerly: [lovorn-came]"),
        ("formerly: [formerlyvorn]", "formerly: [Lovorn-Came]"),
        ("formerly: [formerlyvorn]", "formerly: [a, a]"),
        ("formerly: [formerlyvorn]", "formerly: [con]"),
        ("formerly: [formerlyvorn]", "formerly: [../index]"),
        ("  filed:", "  lovorn-came:"),
        ("  lovorn-came:", "  lovorn-shut:"),
        ("  lovorn-came:", "  Lovorn-Shut:"),
    ],
)
def test_53_two_entries_of_the_record_never_share_an_address(folder, before, after):
    path = folder / "data/claims.yaml"
    assert path.read_text().count(before) == 1
    path.write_text(path.read_text().replace(before, after))
    assert re.search(r"data/claims\.yaml:\d+:\d+: error\[(id-|yaml-)", refused(folder))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"# Ours\n\ncaf\xe9\n", "own.md:3:1: error[file-encoding] byte 11 (0xe9) is not UTF-8"),
        (b"# Ours\n\x00", "own.md:2:1: error[page-character] U+0000 may not stand here"),
        (b"# Ours\n\nab\x1b[2J", "own.md:3:3: error[page-character] U+001B may not stand here"),
        (b"\x00" * SIZE, "own.md:1:1: error[page-character] U+0000 may not stand here"),
        ("# Ours \ufffe".encode(), "own.md:1:8: error[page-character] U+FFFE may not stand here"),
        (b"# Ours \xed\xa0\x80", "own.md:1:1: error[file-encoding] byte 7 (0xed) is not UTF-8"),
        ("# Ours".encode("utf-16"), "own.md:1:1: error[file-encoding] byte 0 (0xff) is not UTF-8"),
    ],
)
def test_54_a_page_that_is_no_text_is_refused_with_its_line(folder, content, told):
    page(folder, content)
    refused(folder, f"data/pages/{told}", within=1)


# -- Templates

WRONG = {
    "a tag that is none": ("a\n{% iff x %}", 2, "Encountered unknown tag 'iff'"),
    "a block that is not closed": ("a\n\n{% if site %}\n", 3, "Unexpected end of template"),
    "an expression that is not closed": ("\n{{ site.title", 2, "unexpected end of template"),
    "a comment that is not closed": ("\n{# site.title", 2, "Missing end of comment tag"),
    "an unknown filter": ("\n\n{{ site.title | shout }}", 3, "No filter named 'shout'"),
    "an unknown test": ("\n\n{{ site is grand }}", 3, "No test named 'grand'"),
    "bytes that are no UTF-8": (b"a\nb\n\xff", 3, "byte 4 (0xff) is not UTF-8"),
    "UTF-16": ("{{ site }}".encode("utf-16"), 1, "byte 0 (0xff) is not UTF-8"),
    "one that is larger than 256 KB": (b" " * 256_001, 1, "is larger than 256,000 bytes"),
    "brackets in brackets": ("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", 1, "recursion"),
    "loops in loops": ("{% for a in b %}" * 60 + "{% endfor %}" * 60, 1, "nested blocks"),
}


@pytest.mark.parametrize(("text", "line", "told"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("name", ["words.html", "feed.xml", "of-nobody.html"])
def test_55_a_template_that_is_wrong_is_refused_at_its_line_used_or_not(
    folder, text, line, told, name
):
    template(folder, text, name)
    message = refused(folder, f"templates/{name}:{line}:1: error[template]", "1 error, 0 warnings")
    assert told in message


def test_55_every_template_that_is_wrong_is_told_at_once(folder):
    for number, name in enumerate(("words.html", "quote.html", "parts/a.html", "sitemap.xml")):
        template(folder, "\n" * number + "{% x %}", name)
    refused(
        folder,
        "templates/words.html:1:1: ",
        "templates/quote.html:2:1: ",
        "templates/parts/a.html:3:1: ",
        "templates/sitemap.xml:4:1: ",
        "4 errors, 0 warnings",
    )


@pytest.mark.parametrize(
    "tag",
    [
        '{% include "gone.html" %}',
        '{% extends "gone.html" %}',
        '{% import "gone.html" as gone %}',
        '{% from "gone.html" import gone %}',
        '{% include ["gone.html", "lost.html"] %}',
    ],
)
def test_55_a_template_that_is_missing_is_told_where_it_is_asked_for(folder, tag):
    template(folder, f"a\n\n{tag}\n")
    message = refused(folder, "templates/words.html:3:1: error[template] there is no template")
    assert re.search(r'"(gone|lost)\.html"', message)


RUNTIME = {
    "an unknown name": ("{{ nobody }}", "'nobody' is undefined"),
    "an unknown field": ("{{ site.titel }}", "has no attribute 'titel'"),
    "a field of nothing": ("{{ site.base_url.x }}", "'None' has no attribute 'x'"),
    "a division by nothing": ("{{ 1 / 0 }}", "division by zero"),
    "a remainder by nothing": ("{{ 1 % 0 }}", "modulo by zero"),
    "a wrong type": ("{{ 1 + 'a' }}", "unsupported operand"),
    "a call of what is none": ("{{ site.title() }}", "not callable"),
    "items of what has none": ("{{ site | dictsort }}", "has no attribute 'items'"),
    "a loop over nothing": ("{% for a in site.base_url %}{% endfor %}", "not iterable"),
}


@pytest.mark.parametrize(("text", "told"), RUNTIME.values(), ids=RUNTIME)
def test_56_what_a_template_cannot_do_is_told_at_its_line(folder, text, told):
    template(folder, f"a\n\n\n{text}\n")
    message = refused(folder, "templates/words.html:4:1: error[template]", "1 error")
    assert told in message


@pytest.mark.parametrize("text", ['"\\ud800"', "'%c' % 55296"])
def test_56_half_a_character_that_a_template_prints_is_refused_at_the_line_of_the_page(
    folder, text
):
    template(folder, "a\n\n{{ " + text + " }}\n")
    refused(folder, "site/words.html:3:1: error[template] U+D800 is no character")


def test_56_the_line_is_that_of_the_template_that_holds_the_slip(folder):
    base = "{% extends 'base.html' %}{% import 'own.html' as own %}{% block main %}{{ own.a(1) }}"
    template(folder, base + "{% endblock %}")
    template(folder, "{% macro a(b) %}\n\n{{ b.c.d }}\n{% endmacro %}", "own.html")
    refused(folder, "templates/own.html:3:1: error[template] ", "'c'")


def test_56_a_feed_that_is_no_xml_is_refused_at_its_line(folder):
    template(folder, '<?xml version="1.0"?>\n<feed><id>{{ id }}</feed>\n', "feed.xml")
    message = refused(folder, "error[xml] is not well-formed XML: mismatched tag")
    assert re.match(r"site/(feed|corrections|speakers/ada-lovorn)\.xml:2:\d+: ", message)


PRIVATE = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ site.__class__ }}",
    "{{ site | attr('__class__') }}",
    "{{ '{0.__class__.__mro__}'.format(site) }}",
    "{{ ([''] | map(attribute='__class__') | first).__mro__ }}",
    "{{ cycler.__init__.__globals__.os.popen('touch pwned').read() }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ range.__self__ }}",
    "{{ site['__class__'] }}",
    "{{ (nav | first).__reduce__() }}",
    "{{ stances.append(1) }}",
    "{{ stances.clear() }}",
    "{{ nav.pop() }}",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_57_a_template_reaches_nothing_of_python_and_changes_nothing(folder, text):
    template(folder, f"\n{text}")
    refused(folder, "templates/words.html:2:1: error[template]")
    assert not list(folder.parent.rglob("pwned"))


OUTSIDE = [
    "../secret.txt",
    "../../secret.txt",
    "../data/site.yaml",
    "static/../../data/site.yaml",
    "/etc/passwd",
    "//etc/passwd",
    "file:///etc/passwd",
    "..\\\\..\\\\secret.txt",
    "./../secret.txt",
    "words.html/../../secret.txt",
    "\\x00",
    "",
]


@pytest.mark.parametrize("path", OUTSIDE)
@pytest.mark.parametrize("tag", ['include "{}"', 'extends "{}"', 'import "{}" as x'])
def test_57_a_file_outside_templates_is_never_included(folder, path, tag):
    template(folder, "\n{% " + tag.format(path) + " %}")
    message = refused(folder, "templates/words.html:2:1: error[template]")
    assert SECRET not in message
    assert "root:" not in message


LINKS = {
    "a file": ("words.html", "secret.txt"),
    "a file that is included": ("part.html", "secret.txt"),
    "a file with another ending": ("part.txt", "secret.txt"),
    "a folder": ("parts", "."),
    "the whole machine": ("parts", "/"),
    "itself": ("words.html", "digest/templates/words.html"),
    "nothing": ("words.html", "gone"),
    "a device": ("words.html", "/dev/zero"),
}


@pytest.mark.parametrize(("name", "to"), LINKS.values(), ids=LINKS)
def test_57_a_link_among_the_templates_is_refused_and_not_followed(folder, name, to):
    uses = {"part.html": "part.html", "part.txt": "part.txt", "parts": "parts/secret.txt"}
    if name in uses:
        template(folder, '\n{% include "' + uses[name] + '" %}')
    else:
        template(folder, "a", "of-nobody.html")
    (folder / "templates" / name).symlink_to(folder.parent / to)
    message = refused(folder, "error[template]", within=2)
    assert re.search(r"is not a plain file|is a link", message)
    assert SECRET not in message


@pytest.mark.parametrize("part", ["templates", "templates/static"])
@pytest.mark.parametrize("to", ["elsewhere", "/", "gone"])
def test_57_a_folder_of_the_design_that_is_a_link_is_refused(folder, part, to):
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "words.html").write_text(SECRET)
    (folder / part).parent.mkdir(exist_ok=True)
    (folder / part).symlink_to(folder.parent / to)
    message = refused(folder, f"{part}:1:1: error[file-kind] is a link", within=2)
    assert SECRET not in message


@pytest.mark.parametrize("to", ["secret.txt", ".", "/", "gone", "/dev/zero"])
def test_57_a_link_among_the_files_of_the_design_is_refused(folder, to):
    (folder / "templates/static/deep").mkdir(parents=True)
    (folder / "templates/static/deep/a.txt").symlink_to(folder.parent / to)
    message = refused(folder, "templates/static/deep/a.txt:1:1: error[file-kind]", within=2)
    assert SECRET not in message


@pytest.mark.parametrize("name", ["words.html", "static/a.txt"])
def test_57_a_pipe_among_the_templates_is_refused_and_not_waited_for(folder, name):
    (folder / "templates" / name).parent.mkdir(parents=True)
    os.mkfifo(folder / "templates" / name)
    refused(folder, f"templates/{name}:1:1: error", "is not a plain file", within=2)


LOOP = "{% for a in range(99999) %}"
ENDLESS = {
    "includes itself": ('{% include "words.html" %}', "recursion"),
    "extends itself": ('{% extends "words.html" %}', "recursion"),
    "imports itself": ('{% import "words.html" as x %}', "recursion"),
    "a block of itself": (
        '{% extends "base.html" %}{% block main %}{{ self.main() }}{% endblock %}', "recursion",
    ),
    "a macro of itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
    "a macro twice of itself": (
        "{% macro m(x) %}{% if x %}{{ m(x - 1) }}{{ m(x - 1) }}{% endif %}{% endmacro %}"
        "{{ m(90) }}",
        "more than 30,000,000 steps",
    ),
    "an include twice of itself": (
        "{% set x = x | default(60) - 1 %}{% if x %}"
        '{% include "words.html" %}{% include "words.html" %}{% endif %}',
        "more than 30,000,000 steps",
    ),
    "a loop of itself": (
        "{% for a in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}", "recursion",
    ),
    "ten to the tenth": ("{% for a in range(10 ** 9) %}x{% endfor %}", "powers are not"),
    "a long range": ("{% for a in range(1000000000) %}x{% endfor %}", "Range too big"),
    "loops in loops": (LOOP * 3 + "{% endfor %}" * 3, "more than 30,000,000 steps"),
    "loops that print": (LOOP * 2 + "x" + "{% endfor %}" * 2, "more than 30,000,000 steps"),
    "loops that work": (
        LOOP * 2 + "{% set x = range(99999) | join %}" + "{% endfor %}" * 2,
        "more than 30,000,000 steps",
    ),
    "loops that call": (
        LOOP * 2 + "{% set x = 'a'.upper() %}" + "{% endfor %}" * 2, "more than 30,000,000 steps",
    ),
    "more steps for the asking": (
        LOOP * 2 + "{{ -99999999 | spend }}" + "{% endfor %}" * 2, "more than 30,000,000 steps",
    ),
    "a text times ten thousand million": ("{{ 'a' * 10000000000 }}", "bytes of memory"),
    "a list times a thousand million": ("{{ [1] * 1000000000 }}", "bytes of memory"),
    "a text that doubles": (
        "{% set n = namespace(x='a') %}" + LOOP + "{% set n.x = n.x ~ n.x %}{% endfor %}",
        "bytes of memory",
    ),
    "a list that doubles": (
        "{% set n = namespace(x=[1]) %}" + LOOP + "{% set n.x = n.x + n.x %}{% endfor %}",
        "bytes of memory",
    ),
    "a number that squares": (
        "{% set n = namespace(x=7) %}" + LOOP + "{% set n.x = n.x * n.x %}{% endfor %}",
        "the product is too large",
    ),
    "a page of a thousand million characters": (
        "{% set x = 'a' * 1000000 %}" + LOOP + "{{ x | upper }}{% endfor %}", "more than",
    ),
    "a wide margin": ("{{ 'a' | center(10000000000) }}", "bytes of memory"),
    "a wide column": ("{{ 'a'.ljust(10000000000) }}", "bytes of memory"),
    "a wide number": ("{{ '%10000000000d' % 1 }}", "bytes of memory"),
    "a wide field": ("{{ '{:10000000000}'.format(1) }}", "bytes of memory"),
    "a number with many noughts": ("{{ 5 | round(-1000000000) }}", "No filter named 'round'"),
    "many lists": ("{{ [1] | batch(10000000000, 2) | list }}", "bytes of memory"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ENDLESS.values(), ids=ENDLESS)
def test_58_a_template_that_would_run_for_ever_is_refused_in_time_and_memory(folder, text, told):
    template(folder, f"\n{text}")
    message = refused(folder)
    assert re.match(r"templates/words\.html:[12]:1: error\[template\]", message)
    assert told in message


def test_58_where_every_page_runs_for_ever_the_build_ends_all_the_same(folder):
    base = Path(__file__).parents[2] / "templates/base.html"
    endless = LOOP * 2 + "{% endfor %}" * 2
    template(folder, base.read_text() + endless, "base.html")
    refused(folder, "templates/base.html:", "more than 30,000,000 steps")


@pytest.mark.parametrize("text", ["{{ [1, 2] | random }}", "{{ lipsum() }}"])
def test_58_no_template_throws_dice_so_that_the_same_inputs_give_the_same_bytes(folder, text):
    template(folder, f"\n{text}")
    refused(folder, "templates/words.html:2:1: error[template]")


def test_58_what_a_template_may_do_it_does(folder):
    shutil.copytree(
        Path(__file__).parents[2] / "templates", folder / "templates", dirs_exist_ok=True
    )
    words = folder / "templates/words.html"
    mine = (
        "{% macro twice(x) %}{{ x * 2 }}{% endmacro %}{% block main %}"
        "<p>{% for a in range(1000) if loop is defined or true %}{{ loop.index if loop.last }}"
        "{% endfor %} {{ twice(21) }} {{ 'a' * 3 }} {{ 'x' | center(5) | trim }} "
        "{{ nav | map(attribute='text') | join('; ') }} {{ 'a%sb' % 7 }}</p>"
    )
    words.write_text(words.read_text().replace("{% block main %}", mine))
    site = passed(folder)
    read = Page((site / "words.html").read_bytes()).text
    assert "1000 42 aaa x Timeline; Whose words;" in read
    assert "a7b" in read


def test_58_templates_that_say_the_same_in_other_bytes_build_the_same_site(folder):
    """So what a digest brings itself, in its bounds, renders as the program's own do."""
    before = everything(folder / "site")
    shutil.copytree(
        Path(__file__).parents[2] / "templates", folder / "templates", dirs_exist_ok=True
    )
    for path in (*folder.glob("templates/*.html"), *folder.glob("templates/*.xml")):
        path.write_text("{# mine #}" + path.read_text())
    assert digest("build", "--root", folder, "--no-cache").code == 0
    after = everything(folder / "site")
    assert {path: held for path, (_, held) in after.items()} == {
        path: held for path, (_, held) in before.items()
    }


def test_58_a_digest_without_templates_of_its_own_is_rendered_without_bounds(folder):
    (folder / "templates/static").mkdir(parents=True)  # styles alone are no templates
    (folder / "templates/static/style.css").write_text("body {}")
    asked = (
        "import sys; from pathlib import Path; from digest.build import compose, Options\n"
        "assert compose(Options(Path(sys.argv[1]))).files\n"
        "assert 'digest.site.guarded' not in sys.modules, 'bounded'\n"
        "assert 'jinja2.sandbox' not in sys.modules\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", asked, folder], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr

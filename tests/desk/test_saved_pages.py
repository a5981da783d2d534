"""A saved web page becomes an article: its text alone, and the page kept beside it."""

from __future__ import annotations

import sys

import pytest

from tests.desk.conftest import ARTICLES, printed_commands

_HEAD = """<title>Chairs may be empty - The Lakeside Post</title>
<meta property="og:title" content="“Chairs may be empty”: talks go on">
<meta property="og:site_name" content="The Lakeside Post">
<meta name="author" content="Jane Reporter">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "“Chairs may be empty”: talks go on", "datePublished": "2025-05-27T08:00:00Z"}</script>
<script>var wall = "“not a word of the article”";</script>"""


@pytest.fixture
def trafilatura():
    return pytest.importorskip("trafilatura", reason="the extra html is not installed")


def a_page(meta: str = '<meta charset="utf-8">') -> str:
    text = (ARTICLES / "wire.txt").read_text(encoding="utf-8").removeprefix(" date 2025-05-27 ")
    prose = "".join(f"<p>{paragraph}</p>\n" for paragraph in text.strip().split("\n\n"))
    return f"""<!DOCTYPE html>
<html lang="en"><head>{meta}{_HEAD}</head><body><nav><a href="/">Home</a> <a href="/w">World</a>
</nav>
<article><h1>“Chairs may be empty”: talks go on</h1>{prose}
<div style="display: none"><p>Nobody sees “these hidden words” in the page at all.</p></div>
<template><p>Nor “these words of a template”, which wait.</p></template>
<noscript><p>Please switch on “scripts” to read on.</p></noscript><!-- “a comment” --></article>
<aside><h3>Related</h3><a href="/x">Storks return early</a></aside><footer>© 2025</footer></body>
</html>"""


@pytest.mark.usefixtures("trafilatura")
def test_a_saved_page_goes_from_file_to_visible_page_and_is_kept(desk, typed, tmp_path):
    (tmp_path / "page.html").write_text(a_page(), encoding="utf-8")
    added = typed(f"digest add {tmp_path / 'page.html'}")
    assert added.exit_code == 0, added.output
    assert "by Jane Reporter, Reuters, via The Lakeside Post, of 2025-05-27" in added.stdout
    [seed] = (desk / "seeds").glob("005_*.md")
    text = seed.read_text(encoding="utf-8")
    assert 'title: "“Chairs may be empty”: talks go on"\n' in text
    prose = (ARTICLES / "wire.txt").read_text(encoding="utf-8").removeprefix(" date 2025-05-27 ")
    assert prose.strip() in text
    for hidden in ("hidden words", "template", "scripts", "a comment", "Storks", "not a word"):
        assert hidden not in text
    assert (desk / f"seeds/originals/{seed.stem}.html").read_text(encoding="utf-8") == a_page()
    for command in printed_commands(added.stdout):
        assert typed(command).exit_code == 0, command
    pages = [path.read_text() for path in (desk / "site/articles").glob("*.html")]
    assert any("Chairs may be empty" in page and "The Lakeside Post" in page for page in pages)


@pytest.mark.usefixtures("trafilatura")
def test_the_same_page_again_changes_nothing_even_if_its_text_was_taken_otherwise(desk, typed):
    typed("digest add -", a_page().encode())
    [seed] = (desk / "seeds").glob("005_*.md")
    seed.write_text(seed.read_text().replace("a generator", "one generator"))
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    assert "is here already" in typed("digest add -", a_page().encode()).stdout
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("trafilatura")
@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", ""),
        ("utf-8-sig", '<meta charset="klingon">'),
        ("utf-16", '<meta charset="utf-8">'),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'),
    ],
)
def test_the_byte_mark_holds_before_the_head_and_the_head_before_a_guess(typed, encoding, meta):
    found = typed("digest quotes -", a_page(meta).encode(encoding))
    assert "“Nobody has told us that the chairs will be empty," in found.stdout


@pytest.mark.usefixtures("trafilatura")
@pytest.mark.parametrize(
    ("page", "said"),
    [
        (a_page().encode("cp1252"), "is not utf-8"),
        (a_page('<meta charset="klingon">').encode(), 'no encoding "klingon" is known'),
        (b"<html></html>", "no article was found in this page"),
        (b"<html>" + b"<a " * 20_000, "no article was found in this page"),
        (b"<html>" + b"<!--" * 20_000, "no article was found in this page"),
        (b"<html>" + b"<script>" * 20_000, "no article was found in this page"),
        (b"<html><body><p>" + b"&#99999999999;" * 20_000, "holds characters that were lost"),
        (b"<html><body>" + b"<div>" * 10_000 + a_page().encode(), "no article was found"),
        (b"<html><body>" + b"<p>words and words</p>" * 200_000, "more than 1,000,000 characters"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused(desk, typed, page, said):
    refused = typed("digest add -", page)
    assert refused.exit_code == 1
    assert said in refused.stderr
    assert not list((desk / "seeds").glob("005_*"))


def test_without_the_extra_the_message_says_how_to_get_it(typed, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    refused = typed("digest add -", a_page().encode())
    assert refused.exit_code == 1
    assert "error[extra-missing] reading HTML needs trafilatura" in refused.stderr
    assert "pip install 'walking-away[html]'" in refused.stderr

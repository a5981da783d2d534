"""Saved pages of any mark-up: an article, or the reason why there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.reading.articles import read_article
from digest.reading.ingest import ingested, is_page
from tests.fuzz.conftest import budget
from tests.fuzz.slips import done, slipped, slips, utf8

pytest.importorskip("trafilatura", reason="the extra html is not installed")

SHOWN = [
    *("<p>", "<div>", "<article>", "<b>", "<br>", "<li>", "<h1>", "<blockquote>", "<a href='x'>"),
    *("<table><tr><td>", "<q>", "<body>", "<svg onload=a>", "&amp;", "&#8220;", "&#0;", "&#55296;"),
    *("&#x110000;", "&nbsp;", "&lt;script&gt;", "&a", "\0", "&", "<", ">", '"', "'", "{", "}", "["),
    *("By Ada Low", "# a\n", "2030-01-02", "\n\n", "\u2028", "\ufffd", "é", "<?php", "<![if a]>"),
    *("“It is shut,” Ada Low said. ", "The council met for an hour and talked about the wall. "),
]
PIECES = [
    *SHOWN,
    *(
        "</p>",
        "</div>",
        "</article>",
        "</b>",
        "</h1>",
        "</table>",
        "</a>",
        "</body>",
        "</",
        "---\n",
    ),
    *("<script>", "</script>", "<style>", "</style>", "<template>", "</template>", "<noscript>"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE html>", "<html lang='en'>", "- a\n"),
    *('<meta charset="x">', '<meta property="og:title" content="', "<title>A: b</title>"),
    *('<script type="application/ld+json">', '{"@type": "NewsArticle", "headline": '),
    *('"datePublished": "2030-02-30"', '<meta name="author" content="'),
]
HIDDEN = [
    *("<p style='display:none'>zzhidden</p>", "<template><p>zzhidden</p></template>"),
    *("<p hidden>zzhidden</p>", "<noscript><p>zzhidden</p></noscript>", "<!-- zzhidden -->"),
    *("<div style='Display : None'><p>zzhidden</p></div>", "<script>zzhidden</script>"),
    "<style>zzhidden</style>",
]
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>The pier</title></head><body><nav>Home"
    "</nav><article><h1>The pier</h1>"
    + "<p>The council met for an hour and talked about the wall, the ferries and the rain.</p>" * 3
    + "<p>“It is shut,” Ada Low said on Wednesday.</p></article>"
    + "<footer>© 2030</footer></body></html>"
)
ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso-8859-1", "koi8-r"]

pages = st.builds(slipped, st.just(PAGE), slips(*PIECES, *HIDDEN)) | st.lists(
    st.sampled_from(PIECES) | st.text(max_size=4), max_size=40
).map("".join)
encoded = st.builds(
    lambda page, encoding: page.encode(encoding, "ignore"), pages, st.sampled_from(ENCODINGS)
)


@budget
@given(st.binary() | encoded)
def test_a_page_becomes_an_article_or_is_refused_with_a_reason(content):
    assert is_page(content) in (True, False)
    text, findings = done(lambda: ingested("page.html", content))
    assert all(finding.place.path == "page.html" for finding in findings)
    if text is None:
        return
    assert text.startswith("---\n")
    assert not set(text) & {"\ufffd", "\0"}
    assert text.encode().decode() == text
    article, findings = done(lambda: read_article("a.md", text.encode()))
    # What the page says of its own day may be no day.
    assert all(finding.rule == "article-date" for finding in findings)
    assert article is None or (article.text == text and article.blocks)


@budget
@given(st.sampled_from(HIDDEN), st.integers(1, 4), slips(*SHOWN, most=2))
def test_what_no_reader_sees_is_not_in_the_article(hidden, at, made):
    before, *after = PAGE.split("<p>")
    parts = [before, *(slipped(part, made) if n == at else part for n, part in enumerate(after))]
    page = "<p>".join(parts[:at]) + hidden + "<p>" + "<p>".join(parts[at:])
    text, _ = done(lambda: ingested("page.html", utf8(page)))
    assert "zzhidden" not in (text or "")

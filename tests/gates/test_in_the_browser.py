"""Every kind of page in Chromium: from disk and from a host, small, enlarged and on paper."""

from __future__ import annotations

import io
import json
import re
import time
import unicodedata

import pytest
from pypdf import PdfReader

#: Keeps what moved, with how much and its first words. A spare font may put a line a pixel off,
#: which is less than the third decimal that Lighthouse still shows.
SHIFT = """window.moved = []; new PerformanceObserver(list => {
    for (const one of list.getEntries().filter(one => one.value >= 0.0005))
        for (const {node} of one.sources) window.moved.push(`${one.value.toFixed(4)} ${
            node?.parentElement?.className}: ${node?.textContent.trim()}`.slice(0, 60));
}).observe({type: "layout-shift", buffered: true})"""
#: The elements that reach beyond a width, the innermost ones.
BEYOND = """width => document.scrollingElement.scrollWidth <= width ? [] :
    [...document.body.querySelectorAll("*")]
        .filter(one => one.getBoundingClientRect().right > width + 0.5)
        .filter((one, _, all) => !all.some(other => other !== one && one.contains(other)))
        .map(one => `${one.tagName} ${one.getAttribute("class")} in ${one.parentElement.className}`)
        .slice(0, 5)"""
SETTLED = """async () => { await document.fonts.ready;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); }"""


def claim_on(site, address):
    """The claim whose page stands at an address, as claims.json tells it."""
    claims = json.loads((site.folder / "claims.json").read_text(encoding="utf-8"))["claims"]
    [found] = [claim for claim in claims if f"quotes/{claim['id']}.html" == address]
    return found


def letters(text):
    """Letters and figures alone: paper breaks lines, and fonts join letters."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


@pytest.mark.parametrize("where", ["disk", "web"])
def test_every_kind_of_page_opens_without_a_complaint_and_asks_nobody_else(
    where, request, pages, open_page, complaints
):
    site = request.getfixturevalue(where)
    page = open_page()
    said = complaints(page, site)
    for address in pages.values():
        if (site.folder / address).exists():
            page.goto(site.address + address, wait_until="networkidle")
            if not page.locator("h1").first.is_visible():
                said.append(f"{address}: no heading to be seen")
    assert said == []


def test_an_address_that_is_not_there_shows_a_page_that_leads_back(web, open_page, complaints):
    page = open_page()
    said = complaints(page, web)
    answer = page.goto(f"{web.address}no/such/page.html", wait_until="networkidle")
    assert answer is not None
    assert answer.status == 404
    said = [what for what in said if "no/such/page.html: Failed to load resource" not in what]
    assert said == []
    ways_on = page.locator("main a").evaluate_all("links => links.map(link => link.href)")
    assert ways_on
    for address in ways_on:
        assert address.startswith(web.address)
        assert page.request.get(address).ok, address


def test_without_script_everything_can_be_read_and_nothing_waits_for_it(disk, pages, open_page):
    page = open_page(java_script_enabled=False)
    page.goto(f"{disk.address}index.html")
    statements = page.locator("main article:visible, main [data-speaker]:visible")
    assert statements.count() > 0
    assert page.locator("main [data-speaker]:not(:visible)").count() == 0
    assert page.locator("#filters:visible").count() == 0
    for kind, address in pages.items():
        if kind.startswith("quote"):
            page.goto(disk.address + address)
            shown = letters(page.locator("main").inner_text())
            assert page.locator(".copy-button").count() == 0
            for segment in claim_on(disk, address)["appearances"][0]["segments"]:
                assert letters(segment["text"]) in shown, address


@pytest.mark.parametrize(
    ("width", "scale"), [(320, 1), (640, 2)], ids=["small telephone", "a desk at 200 %"]
)
def test_no_kind_of_page_scrolls_sideways(width, scale, web, pages, open_page):
    page = open_page(viewport={"width": width, "height": 800}, device_scale_factor=scale)
    wide = {}
    for kind, address in pages.items():
        page.goto(web.address + address)
        page.evaluate(SETTLED)
        if beyond := page.evaluate(BEYOND, width):
            wide[kind] = beyond
    assert wide == {}, wide


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_moves_while_a_page_loads_however_late_its_fonts_come(width, web, pages, open_page):
    page = open_page(viewport={"width": width, "height": 800})
    page.add_init_script(SHIFT)
    page.route("**/*.woff2", lambda route: (time.sleep(0.15), route.continue_()))
    moved = {}
    for kind, address in pages.items():
        page.goto(web.address + address, wait_until="networkidle")
        page.evaluate(SETTLED)
        if parts := page.evaluate("window.moved"):
            moved[kind] = parts
    assert moved == {}, moved


def test_on_paper_a_quotation_has_its_words_and_what_was_folded_away_and_no_buttons(
    web, pages, open_page
):
    page = open_page()
    for kind, address in pages.items():
        if kind.startswith("quote"):
            page.goto(web.address + address)
            folded = page.locator("main details > :not(summary, button)").all_text_contents()
            paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
            printed = letters(" ".join(sheet.extract_text() for sheet in paper.pages))
            for segment in claim_on(web, address)["appearances"][0]["segments"]:
                assert letters(segment["text"]) in printed, address
            for text in folded:
                assert letters(text)[:40] in printed, (address, text)
            page.emulate_media(media="print")
            assert page.locator("button:visible").count() == 0, address
            page.emulate_media(media="null")


def test_on_paper_no_kind_of_page_is_cut_off_at_the_side(web, pages, open_page):
    page = open_page(viewport={"width": 718, "height": 1000})  # A4 within its margins, in px
    page.emulate_media(media="print")
    wide = {}
    for kind, address in pages.items():
        page.goto(web.address + address)
        if beyond := page.evaluate(BEYOND, 718):
            wide[kind] = beyond
    assert wide == {}, wide


def test_what_a_link_points_at_is_marked_where_it_stands(web, pages, open_page):
    page = open_page()
    unmarked = []
    for kind, address in pages.items():
        if kind == "index" or kind.startswith("quote"):
            for fragment in pointed_at(web, address, page):
                target = page.locator(f'[id="{fragment}"]')
                page.goto(web.address + address)
                before = target.screenshot()
                page.goto(f"{web.address}{address}#{fragment}")
                seen = target.evaluate(
                    "one => { const box = one.getBoundingClientRect();"
                    " return box.top > -1 && box.top < innerHeight; }"
                )
                if not seen or target.screenshot() == before:
                    unmarked.append(f"{address}#{fragment}")
    assert unmarked == []


def pointed_at(site, address, page):
    """For each sort of element, headings and whole parts apart, one that a page's link names."""
    named = set()
    for other in site.folder.rglob("*.html"):
        links = re.findall(r'href="([^"#]*)#([^":]+)"', other.read_text(encoding="utf-8"))
        for to, fragment in links:
            if (other.parent / to if to else other).resolve() == (site.folder / address).resolve():
                named.add(fragment)
    page.goto(site.address + address)
    sorts = page.evaluate(
        """names => names.map(name => document.getElementById(name)).filter(one =>
            one && one.matches("article, li, tr, figure, blockquote, p, div, dt, dd")
        ).map(one => [one.tagName + one.className, one.id])""",
        sorted(named),
    )
    return sorted(dict(sorts).values())

"""The preview in Chromium: pages that reload, findings laid over them, and the desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from gates.standing import Site
from tests.serve.conftest import started

QUOTE = "quotes/vance-this-is-not-our-war.html"
SAYS = "words => document.querySelector('main').innerText === words"
NEW = "Vance said it again on Monday.\n\n“We may walk,” Vice President JD Vance told reporters.\n"


@pytest.fixture
def address(preview):
    return f"http://127.0.0.1:{preview.port}/"


@pytest.fixture
def at(open_page, complaints, preview, address):
    """Opens a page of the preview; at the end the browser has nothing to complain of."""
    said = []

    def opened(path, bad=False):
        page = open_page()
        if not bad:
            said.append(complaints(page, Site(preview.root, address)))
        answer = page.goto(address + path)
        assert bad or answer.status == 200
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    # A page that looks again, or is not looked at, ends its stream itself.
    assert [what for page in said for what in page if "/__digest/events?" not in what] == []


def replaced(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("path", ["index.html", QUOTE, "coverage.html", "desk/"])
def test_a_page_shows_an_edit_by_itself_and_again(preview, at, path):
    page = at(path)
    for edit in ("First", "Second"):
        site = preview.root / "data/site.yaml"
        site.write_text(f"title: {edit} edit\n", encoding="utf-8")
        expect(page.locator(".masthead .name")).to_have_text(f"{edit} edit")
        assert page.title().endswith(f"{edit} edit")


def test_an_edit_leaves_the_reader_where_they_were(preview, at):
    page = at("index.html")
    page.evaluate("scrollTo(0, 1500)")
    replaced(preview.root / "data/site.yaml", "title: ", "title: New ")
    expect(page.locator(".masthead .name")).to_contain_text("New ")
    assert page.evaluate("scrollY") == 1500


def test_what_the_sites_script_makes_of_a_page_is_there_after_an_edit_too(preview, at):
    page = at(QUOTE)
    buttons = page.locator(".copy-button").count()
    assert buttons
    replaced(preview.root / "data/site.yaml", "title: ", "title: New ")
    expect(page.locator(".masthead .name")).to_contain_text("New ")
    expect(page.locator(".copy-button")).to_have_count(buttons)


def test_findings_lie_over_the_last_good_page_with_the_line_and_go_when_it_is_mended(preview, at):
    page = at(QUOTE)
    words = page.locator("main").inner_text()
    record = preview.root / "data/claims.yaml"
    good = record.read_text(encoding="utf-8")
    replaced(record, "speaker: jd-vance", "speaker: jd-vanse")
    over = page.locator("#digest-findings")
    expect(over).to_be_visible()
    expect(over).to_contain_text("speaker: jd-vanse")
    expect(over).to_contain_text('did you mean "jd-vance"?')
    line = good[: good.index("speaker: jd-vance")].count("\n") + 1
    expect(over.locator("code").first).to_contain_text(f"data/claims.yaml:{line}:")
    page.wait_for_function(SAYS, arg=words)
    record.write_text(good, encoding="utf-8")
    expect(over).to_have_count(0)
    page.wait_for_function(SAYS, arg=words)


def test_a_record_that_was_bad_from_the_start_appears_when_it_is_mended(preview, at):
    record = preview.root / "data/claims.yaml"
    good = record.read_text(encoding="utf-8")
    record.write_text("claims: [", encoding="utf-8")
    page = at("desk/", bad=True)
    expect(page.locator("#digest-findings")).to_contain_text("data/claims.yaml")
    record.write_text(good, encoding="utf-8")
    expect(page.locator("h1")).to_have_text("Desk")


def test_a_changed_style_is_seen_too(root, preview, at):
    page = at("words.html")
    folder = preview.root / "templates/static"
    folder.mkdir(parents=True)
    style = (root / "templates/static/style.css").read_text(encoding="utf-8")
    (folder / "style.css").write_text(style + "\nh1 { color: rgb(1, 2, 3); }\n", encoding="utf-8")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")


def test_a_file_dropped_into_seeds_is_on_the_desk_at_once_coloured_with_reasons(preview, at):
    page = at("desk/")
    (preview.root / "seeds/new.txt").write_text(NEW, encoding="utf-8")
    proposed = page.locator("mark.proposed")
    expect(proposed).to_have_text("“We may walk,”")
    colours = {
        fate: page.locator(f"mark.{fate}").first.evaluate(
            "one => getComputedStyle(one).borderColor"
        )
        for fate in ("claimed", "dismissed", "proposed")
    }
    assert len(set(colours.values())) == 3
    note = page.locator(".desk-notes .proposed")
    expect(note).to_contain_text("JD Vance")
    expect(note).to_contain_text("told")
    command = f"digest add {preview.root}/seeds/new.txt --root {preview.root}"
    expect(page.locator("code.copy").first).to_have_text(command)


def test_a_page_that_nobody_looks_at_takes_no_connection(at, address):
    pages = [at("about.html") for _ in range(3)]
    for page in pages:
        page.evaluate(
            "Object.defineProperty(document, 'hidden', {value: true});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    assert at("index.html").title()


def test_the_preview_starts_again_and_the_page_finds_it(preview, at):
    page = at("index.html", bad=True)
    preview.process.kill()
    preview.process.wait()
    replaced(preview.root / "data/site.yaml", "title: ", "title: Again ")
    with started(preview.root, "--port", str(preview.port)):
        expect(page.locator(".masthead .name")).to_contain_text("Again ", timeout=20_000)

"""A reader chooses statements, searches their words, and copies a citation."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from playwright.sync_api import expect

from digest.build import Options, compose
from tests.test_scale import SITE, a_council

ALL = "[data-speaker][id]"
PARTS = ":is(section.day, section.month, section[aria-labelledby=others])"


@pytest.fixture(params=["disk", "web"])
def where(request):
    """The site from disk, and below a path of a host."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def home(where, open_page, complaints):
    """Opens home with a query; the page must not have complained by the end of the test."""
    said = []

    def go(query=""):
        page = open_page()
        said.append(complaints(page, where))
        page.goto(f"{where.address}index.html{query}", wait_until="networkidle")
        return page

    yield go
    assert said == [[] for _ in said]


@pytest.fixture
def statements(where):
    """Every claim and report as claims.json has it."""
    told = json.loads((where.folder / "claims.json").read_text(encoding="utf-8"))
    return [*told["claims"], *told["reports"]]


def shown(page):
    """The ids of the statements that can be seen."""
    return set(page.locator(f"{ALL}:visible").evaluate_all("all => all.map(one => one.id)"))


def told(page):
    return page.locator("#filters output").inner_text()


def seek(page, words):
    """Types words, waits for the answer, and gives the ids that are left."""
    page.locator("[name=q]").fill(words)
    expect(page.locator("#filters output")).not_to_contain_text("Searching")
    return shown(page)


def texts(statement):
    if "passage" in statement:
        return [statement["passage"]["text"]]
    return [
        " ".join(segment["text"] for segment in one["segments"]) for one in statement["appearances"]
    ]


def saying(statements, pattern):
    return {
        one["id"] for one in statements if any(re.search(pattern, words) for words in texts(one))
    }


def test_home_asks_for_the_search_only_when_a_word_is_typed(home):
    page = home()
    asked = []
    page.on("request", lambda one: asked.append(one.url) if one.resource_type == "script" else 0)
    page.locator("[name=speaker]").select_option("jd-vance")
    page.locator("[name=q]").fill(" — “” ")
    page.wait_for_timeout(200)
    assert asked == []
    seek(page, "war")
    seek(page, "wars")
    assert sorted(url.rpartition("/")[2] for url in asked) == ["1.js", "minisearch.js"]


@pytest.mark.parametrize(
    ("facet", "value", "of"),
    [
        ("speaker", "donald-trump", lambda one: {one["speaker"]["id"]}),
        ("stance", "open", lambda one: {one["stance"]}),
        ("stance", "none", lambda one: {one["stance"] or "none"}),
        (
            "article",
            "a-bit-of-impasse",
            lambda one: {a["article"] for a in one.get("appearances", [one.get("passage")])},
        ),
        ("month", "2025-02", lambda one: {one["said"]["latest"][:7]}),
    ],
)
def test_each_choice_shows_what_it_says_and_counts_it(home, statements, facet, value, of):
    page = home()
    assert told(page) == f"{len(statements)} statements"
    page.locator(f"[name={facet}]").select_option(value)
    wanted = {one["id"] for one in statements if value in of(one)}
    assert wanted
    assert shown(page) == wanted
    assert told(page) == f"{len(wanted)} of {len(statements)} statements"
    label = page.locator(f"[name={facet}] option:checked").inner_text()
    assert label.endswith(f"({len(wanted)})")
    for part in page.locator(f"{PARTS}:visible").all():
        assert part.locator(f"{ALL}:visible").count()


def test_choices_and_words_narrow_each_other_and_reset_shows_all_again(home, statements):
    page = home()
    everything = page.locator(f"{PARTS}:visible, .event-rule:visible")
    before = everything.count()
    page.locator("[name=speaker]").select_option("jd-vance")
    page.locator("[name=stance]").select_option("open")
    both = {
        s["id"] for s in statements if s["speaker"]["id"] == "jd-vance" and s["stance"] == "open"
    }
    assert both
    assert shown(page) == both
    assert seek(page, "impasse") == both & saying(statements, "impasse")
    page.locator("[name=month]").select_option("2025-01")
    assert shown(page) == set()
    assert told(page) == f"0 of {len(statements)} statements"
    page.locator("#filters .reset").click()
    assert shown(page) == {one["id"] for one in statements}
    assert everything.count() == before
    assert told(page) == f"{len(statements)} statements"
    assert "?" not in page.url
    assert page.locator("[name=q]").input_value() == ""


def test_an_address_holds_the_choice_and_gives_it_back(home):
    page = home()
    page.locator("[name=speaker]").select_option("jd-vance")
    page.locator("[name=article]").select_option("kremlin-catnip")
    page.locator("[name=month]").select_option("2025-05")
    page.locator("[name=stance]").select_option("open")
    first = seek(page, "“walking away” & more")
    first = seek(page, "“walking away”")
    assert first
    query = page.url.partition("index.html")[2]
    again = home(query)
    expect(again.locator("#filters output")).to_have_text(told(page))
    assert shown(again) == first
    for name in ("speaker", "article", "month", "stance", "q"):
        control = f"[name={name}]"
        assert again.locator(control).input_value() == page.locator(control).input_value()


def test_an_address_with_choices_that_are_not_there_shows_everything(home, statements):
    page = home("?speaker=nobody&stance=&month=2025-05%22%3E&colour=red&q=%20")
    assert shown(page) == {one["id"] for one in statements}
    assert page.locator(f"{PARTS}:not(:visible)").count() == 0  # a day with events alone too
    assert page.locator("#filters option:checked").all_inner_texts()[0] == "everybody"
    assert told(page) == f"{len(statements)} statements"


def test_kiev_finds_kyiv_and_every_other_name_finds_what_has_the_first(home, statements):
    page = home()
    kyiv = saying(statements, "Kyiv|Kiev")
    assert kyiv
    for typed in ("Kiev", "kyiv", "“Kiev”", "“KYIV”"):
        assert seek(page, typed) == kyiv, typed
    assert (
        seek(page, "Zelensky")
        == seek(page, "Zelenskyy")
        >= {one["id"] for one in statements if one["speaker"]["id"] == "volodymyr-zelenskyy"}
    )
    vance = {one["id"] for one in statements if one["speaker"]["id"] == "jd-vance"}
    for name in ("J.D. Vance", "JD Vance", "“j. d. vance”", "“J.D. Vance”"):
        assert seek(page, name) >= vance or name == "“j. d. vance”", name


def test_a_phrase_in_marks_of_any_kind_is_the_whole_phrase(home, statements):
    page = home()
    wanted = saying(statements, "(?i)walking away")
    assert wanted
    for marks in ("“%s”", '"%s"', "„%s“", "«%s»", "»%s«", "‘%s’", "“%s,”"):
        assert seek(page, marks % "walking away") == wanted, marks
        assert seek(page, marks % "Walking Away") == wanted, marks
        assert seek(page, marks % "away walking") == set(), marks
        assert seek(page, marks % "walking awa") == set(), marks


def test_apostrophes_and_dashes_match_their_kin_and_the_us_is_the_u_s(home, statements):
    page = home()
    straight, curly = saying(statements, "(?i)there's"), saying(statements, "(?i)there’s")
    assert straight
    assert curly
    for typed in ("there's", "there’s", "THERE‘S", "“there's”", '"there’s”'):
        assert seek(page, typed) == straight | curly, typed
    for typed in ("“one-on-one”", "“one–on — one”", "“one‑on‑one”"):
        assert seek(page, typed) == saying(statements, "one-on-one") != set(), typed
    for typed in ("“US patience”", "“U.S. patience”", "“u.s. patience”"):
        assert seek(page, typed) == saying(statements, "U.S. patience") != set(), typed


def test_case_accents_and_unfinished_last_words_are_no_hindrance(home, statements):
    page = home()
    assert seek(page, "WÁLKÌNG awäy") == seek(page, "walking away") == seek(page, "walking awa")
    assert seek(page, "walk aw") == saying(statements, r"(?i)(?=.*\bwalk\b)(?=.*\baw)")
    assert seek(page, "walking nosuchword") == set()
    assert seek(page, "Вашингтон سلام") == set()


def test_no_phrase_runs_across_an_interruption(home):
    page = home()
    assert "rough-giant-carrot" in seek(page, "Kremlin if the U.S.")
    for across in ("“Kremlin, if”", "“Kremlin if”"):
        assert seek(page, across) == set()


def test_enter_sends_nothing_and_a_label_leads_to_each_control(home):
    page = home()
    seek(page, "impasse")
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert page.url == before
    for label in ("Words", "Speaker", "Stance", "Article", "Month"):
        assert page.get_by_label(label).first.is_visible(), label


def test_without_script_the_whole_list_stands_and_no_form(where, open_page, statements):
    page = open_page(java_script_enabled=False)
    page.goto(f"{where.address}index.html?speaker=jd-vance&q=war")
    assert page.locator("#filters:visible").count() == 0
    assert shown(page) == {one["id"] for one in statements}


@pytest.mark.parametrize("lost", ["minisearch.js", "search/1.js"])
def test_a_search_that_cannot_be_loaded_says_so_and_choices_still_work(
    disk, open_page, tmp_path, lost, statements
):
    shutil.copytree(disk.folder, tmp_path / "site")
    (tmp_path / "site" / lost).unlink()
    page = open_page()
    page.goto(f"{(tmp_path / 'site/index.html').as_uri()}?speaker=jd-vance")
    left = shown(page)
    seek(page, "war")
    assert "could not be loaded" in told(page)
    assert shown(page) == left
    page.locator("[name=speaker]").select_option("")
    assert shown(page) == {one["id"] for one in statements}


def test_words_of_any_script_are_found(disk, open_page, tmp_path):
    folder = shutil.copytree(disk.folder, tmp_path / "site")
    records, about = read_shard(folder)
    records[0]["words"] = [
        "«Ми не підемо з-за столу», — сказав Zoë Ångström",
        "نحن لن نغادر الطاولة",
    ]
    write_shards(folder, [records], about)
    page = open_page()
    page.goto((folder / "index.html").as_uri())
    for typed in (
        "ПІДЕМО",
        "підемо сто",
        "“за столу”",
        "«з–за столу»",
        "نغادر",
        "“لن نغادر”",
        "zoe angs",
    ):
        assert seek(page, typed) == {records[0]["id"]}, typed
    assert seek(page, "“столу за”") == set()


def test_a_search_that_lost_a_part_says_that_there_may_be_more(disk, open_page, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(disk.folder, folder)
    records, about = read_shard(folder)
    half = len(records) // 2
    write_shards(folder, [records[:half], records[half:]], about)
    (folder / "search/2.js").unlink()
    page = open_page()
    page.goto((folder / "index.html").as_uri())
    left = seek(page, "war")
    assert "there may be more" in told(page)
    assert left


def read_shard(folder):
    """The records of the only shard, and what it tells besides."""
    script = (folder / "search/1.js").read_text(encoding="utf-8")
    call = re.fullmatch(r"digestSearch\.add\((.*)\);\n", script, re.DOTALL)
    assert call
    _, records, about = json.loads(f"[{call[1]}]")
    return records, about


def write_shards(folder, parts, about):
    about = json.dumps({**about, "shards": len(parts)})
    for number, records in enumerate(parts, 1):
        script = f"digestSearch.add({number},{json.dumps(records)},{about});\n"
        (folder / f"search/{number}.js").write_text(script, encoding="utf-8")


# -- A large digest, whose home page holds only the latest


@pytest.fixture(scope="module")
def council(a_digest, tmp_path_factory):
    """The site of 371 claims that ``tests/test_scale.py`` invents, on disk."""
    folder = a_digest(tmp_path_factory.mktemp("council"), *a_council(), SITE)
    outcome = compose(Options(folder, cache=False))
    assert outcome.findings == []
    for address, content in outcome.files.items():
        (folder / "site" / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / address).write_bytes(content)
    return folder / "site"


@pytest.fixture
def large(council, disk, open_page, complaints):
    """Opens its home with a query; the scripts that it asks for are in ``page.asked``."""
    said = []

    def go(query="", folder=council):
        page = open_page()
        said.append(complaints(page, disk._replace(folder=folder, address=f"{folder.as_uri()}/")))
        page.asked = []
        page.on("request", lambda one: page.asked.append(one.url.partition("/site/")[2]))
        page.goto(f"{folder.as_uri()}/index.html{query}")
        return page

    yield go
    assert said == [[] for _ in said]


def results(page):
    """The addresses of the statements that are listed."""
    links = page.locator("#results li a").evaluate_all("all => all.map(one => one.href)")
    return [link.partition("/site/")[2] for link in links]


def said_of(council, wanted):
    """The addresses of the claims that ``wanted`` holds of."""
    claims = json.loads((council / "claims.json").read_text(encoding="utf-8"))["claims"]
    found = [one for one in claims if wanted(one)]
    return {one["url"].removeprefix("https://gate.example/") for one in found}


def test_a_large_digest_lists_what_is_chosen_and_loads_only_what_that_needs(large, council):
    page = large()
    assert told(page) == "374 statements"
    assert page.locator("#listed").is_visible()
    assert not [path for path in page.asked if path.startswith(("search/", "minisearch"))]
    page.locator("[name=speaker]").select_option("chair")
    expect(page.locator("#filters output")).to_have_text("120 of 374 statements")
    assert page.locator("#listed").is_hidden()
    assert len(results(page)) == 20
    loaded = {path for path in page.asked if path.startswith("search/")}
    assert sum((council / path).stat().st_size for path in loaded) < 100_000
    page.get_by_role("button", name="Show more of 100").click()
    expect(page.locator("#results li")).to_have_count(60)
    page.get_by_role("button", name="Show more of 60").click()
    expect(page.locator("#results li")).to_have_count(120)
    assert page.locator("#results button").count() == 0
    assert set(results(page)) == said_of(council, lambda one: one["speaker"]["id"] == "chair")
    page.locator("#filters .reset").click()
    expect(page.locator("#filters output")).to_have_text("374 statements")
    assert page.locator("#listed").is_visible()
    assert page.locator("#results").is_hidden()


def test_words_and_choices_of_a_large_digest_narrow_each_other(large, council):
    words = next(iter(json.loads((council / "claims.json").read_text())["claims"]))
    first = words["appearances"][0]["segments"][0]["text"].split()[0]
    page = large(f"?q={first}&speaker=m000")
    expect(page.locator("#filters output")).to_have_text("1 of 374 statements")
    assert results(page) == ["quotes/said-m000.html"]
    page.locator("[name=speaker]").select_option("chair")
    expect(page.locator("#filters output")).to_have_text("0 of 374 statements")
    assert results(page) == []
    page.locator("[name=speaker]").select_option("")
    page.locator("[name=q]").fill(first[:4])
    expect(page.locator("#filters output")).not_to_contain_text("Searching")
    assert "quotes/said-m000.html" in results(page)


def test_a_phrase_is_looked_for_further_and_further_back(large, council):
    page = large()
    page.locator("[name=q]").fill("“the gate” shut")
    expect(page.locator("#filters output")).to_have_text(
        "20 so far, in the latest 20 of 251 that have these words"
    )
    for _ in range(3):
        page.get_by_role("button", name="Search further back").click()
        page.wait_for_timeout(200)
    expect(page.locator("#filters output")).to_have_text("251 of 374 statements")
    assert page.locator("#results button").count() == 0
    assert len(set(results(page))) == 251
    page.locator("[name=q]").fill("“gate the”")
    for _ in range(3):
        expect(page.locator("#filters output")).not_to_contain_text("Searching")
        page.get_by_role("button", name="Search further back").click()
        page.wait_for_timeout(200)
    expect(page.locator("#filters output")).to_have_text("0 of 374 statements")


@pytest.mark.parametrize("typed", ["मुंबई", "οδυσσευς", "STRASSE", "straße", "US", "U.S.", "don't",
                                   "“don’t shut”", "istanbul"])  # fmt: skip
def test_the_page_and_the_build_fold_words_of_any_script_alike(large, typed):
    page = large()
    page.locator("[name=q]").fill(typed)
    expect(page.locator("#filters output")).not_to_contain_text("Searching")
    assert ("quotes/said-m007.html" in results(page)) == (typed != "STRASSE")


def test_what_a_large_digest_cannot_load_is_told(council, open_page, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(council, folder)
    shutil.rmtree(folder / "search/words")
    page = open_page()
    page.goto((folder / "index.html").as_uri())
    page.locator("[name=q]").fill("gate")
    expect(page.locator("#filters output")).to_have_text(
        "The search could not be loaded. To try again, load this page anew."
    )


def test_a_copy_button_puts_the_text_beside_it_into_the_clipboard(web, pages, open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(web.address + pages["quote in full"])
    buttons = page.locator(".copy-button")
    assert buttons.count() == page.locator(".copy").count() > 0
    for number in range(buttons.count()):
        button, text = buttons.nth(number), page.locator(".copy").nth(number).inner_text()
        if not button.is_visible():
            continue
        button.click()
        expect(button).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.split() == text.split()
    for button in buttons.all():
        expect(button).to_have_text("Copy")


def test_where_no_clipboard_may_be_written_the_text_is_selected(disk, pages, open_page):
    page = open_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(disk.address + pages["quote in full"])
    button = page.locator(".copy-button:visible").first
    button.click()
    text = page.locator(".copy").first.inner_text()
    assert page.evaluate("getSelection().toString()").split() == text.split()

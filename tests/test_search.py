"""What the browser searches is what the pages print; what can be chosen is what is there."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from digest.build import Options, check
from digest.site.edition import edition
from digest.site.lines import Segment
from digest.site.search import MOST, choices, shards
from digest.site.templates import templates

MARKS = re.compile(r"[“”„«»\"]")


def read(script):
    """A shard's number, its records, and what the first tells besides."""
    call = re.fullmatch(r"digestSearch\.add\((.*)\);\n", script.decode(), re.DOTALL)
    assert call
    number, records, *also = json.loads(f"[{call[1]}]")
    return number, records, *also


def records(files):
    return [record for script in files.values() for record in read(script)[1]]


def bare(words):
    """Words without marks and cuts, and blanks as one."""
    return " ".join(MARKS.sub("", words.replace("[…]", " ")).split())


@pytest.fixture(scope="module")
def set_up(digest):
    return edition(digest, {})


@pytest.fixture(scope="module")
def saying(set_up):
    """An edition whose statements say the given words, one statement for each."""
    [one, *_] = (one for one in set_up.timeline.statements if not set_up.lines[one.id].differs)

    def say(wordings):
        said = [replace(one, id=f"s{n}") for n in range(len(wordings))]
        lines = {
            s.id: replace(set_up.lines[one.id], id=s.id, words=(Segment(words, gap=False),))
            for s, words in zip(said, wordings, strict=True)
        }
        timeline = replace(set_up.timeline, statements=tuple(said))
        return replace(set_up, timeline=timeline, lines=lines)

    return say


def test_every_statement_of_the_site_is_in_exactly_one_shard_the_newest_first(site, set_up):
    files = {path: file for path, file in site.items() if path.startswith("search/")}
    newest = [one.id for one in reversed(set_up.timeline.statements)]
    assert [record["id"] for record in records(files)] == newest


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, MOST // 2), max_size=30))
@example([])
@example([MOST * 2, 1, MOST * 2])
def test_no_shard_is_too_large_and_all_together_hold_everything_in_order(saying, sizes):
    files = shards(saying(["x" * size for size in sizes]))
    found = [read(script) for script in files.values()]
    assert list(files) == [f"search/{number}.js" for number in range(1, len(files) + 1)]
    assert [number for number, *_ in found] == list(range(1, len(files) + 1))
    told = [record["id"] for _, records, *_ in found for record in records]
    assert told == [f"s{n}" for n in reversed(range(len(sizes)))]
    [also] = [also for _, _, *rest in found for also in rest]
    assert (also["shards"], len(found[0])) == (len(files), 3)
    for script, (_, records, *_) in zip(files.values(), found, strict=True):
        assert len(script) <= MOST or len(records) == 1


def test_a_digest_of_many_statements_is_searched_in_several_shards(a_digest, tmp_path):
    said = [f"This is statement number {n}, {'and so on ' * 800}at last." for n in range(100)]
    text = "".join(f"“{words}” said Ann Lee on Monday.\n\n" for words in said)
    claims = "".join(
        f"  s{n}:\n    speaker: ann\n    printed:\n"
        f"      - {{in: one, words: {json.dumps(words)}}}\n"
        for n, words in enumerate(said)
    )
    record = (
        "articles:\n  one: {file: one.txt, published: 2025-05-21, outside: {published: seen}}\n"
        f"speakers:\n  ann: {{name: Ann Lee}}\nclaims:\n{claims}"
    )
    digest = check(Options(a_digest(tmp_path, {"one.txt": text}, record))).digest
    assert digest
    files = shards(edition(digest, {}))
    assert len(files) == 3
    assert max(map(len, files.values())) <= MOST
    assert sorted(bare(record["words"][0]) for record in records(files)) == sorted(said)


@given(st.text(alphabet=st.sampled_from("<>&\u2028\u2029\"'\\/!-a é\n\0😀"), min_size=1))
@example("</script><!--")
def test_no_words_can_end_the_script_that_holds_them(saying, words):
    [script] = shards(saying([words])).values()
    assert not re.search("[<>&\u2028\u2029\0]", script.decode())
    [record] = records({"": script})
    assert record["words"] == [words.removeprefix(" ").strip()] or record["words"] == [words]


def test_a_search_finds_the_words_of_claims_json_and_no_others(site, claims_json):
    found = {record["id"]: record for record in records(
        {path: file for path, file in site.items() if path.startswith("search/")}
    )}  # fmt: skip
    for claim in claims_json["claims"]:
        printed = [
            " ".join(segment["text"] for segment in one["segments"])
            for one in claim["appearances"]
            if not one.get("again")
        ]
        told = [bare(words) for words in found[claim["id"]]["words"]]
        assert told[0] == bare(printed[0])
        assert set(told) <= {bare(words) for words in printed}
        assert {words.rstrip(",.").replace("’", "'") for words in told} == {
            bare(words).rstrip(",.").replace("’", "'") for words in printed
        }
    for report in claims_json["reports"]:
        assert found[report["id"]]["words"] == [report["passage"]["text"]]
    assert len(found) == len(claims_json["claims"]) + len(claims_json["reports"])


def test_every_record_leads_to_a_place_of_the_site(site, set_up):
    for record in records(shards(set_up)):
        page, _, place = record["to"].partition("#")
        assert page in site
        assert not place or f'id="{place}"' in site[page].decode()


def test_names_and_all_that_speakers_are_also_called_go_with_the_first_shard(set_up, digest):
    _, _, also = read(shards(set_up)["search/1.js"])
    assert also["names"]["Kyiv"] == ["Kiev"]
    assert also["names"]["Zelenskyy"] == ["Zelensky"]
    for speaker in digest.speakers.values():
        assert set(speaker.entry.also) <= set(also["names"].get(speaker.name, []))
    for others in also["names"].values():
        assert len(others) == len(set(others))


def test_every_choice_leaves_as_many_statements_as_it_says(set_up):
    offered = choices(set_up)
    facets = [line.facets for line in set_up.lines.values()]
    for kind, several in {
        "speaker": (*offered.leading, *offered.others),
        "stance": offered.stances,
        "articles": offered.articles,
        "months": offered.months,
    }.items():
        values = [one.value for one in several]
        assert len(values) == len(set(values))
        assert set(values) >= {value for one in facets for value in getattr(one, kind).split()}
        for one in several:
            left = [facet for facet in facets if one.value in getattr(facet, kind).split()]
            assert one.count == len(left), one
    assert offered.count == len(facets)


def test_choices_stand_in_the_order_of_the_site_the_scale_and_the_calendar(set_up, digest):
    offered = choices(set_up)
    assert offered.called == digest.site.leads.called
    assert {digest.speakers[one.value].entry.side for one in offered.leading} == {"US"}
    assert "volodymyr-zelenskyy" in [one.value for one in offered.others]
    for people in (offered.leading, offered.others):
        assert [one.count for one in people] == sorted((o.count for o in people), reverse=True)
    assert [one.value for one in offered.stances] == [*digest.stances, "none"]
    assert [one.value for one in offered.months] == sorted(one.value for one in offered.months)
    assert {one.value: one.label for one in offered.months}["2025-05"] == "May 2025"


def test_where_the_site_leads_with_nobody_everybody_stands_in_one_list(set_up, digest):
    about = replace(digest.site, leads=None)
    plain = replace(set_up, digest=replace(digest, site=about))
    assert not choices(plain).others
    assert len(choices(plain).leading) == len({one.facets.speaker for one in plain.lines.values()})


def test_two_articles_of_one_publisher_are_told_apart_by_their_titles(set_up, digest):
    first = digest.articles["reset"]
    second = replace(first, entry=replace(first.entry, title="Another"))
    twins = replace(digest, articles={"reset": first, "another": second})
    labels = [one.label for one in choices(replace(set_up, digest=twins)).articles]
    assert labels == [f"{first.publisher}: {first.title}", f"{first.publisher}: Another"]


def test_the_form_says_whether_the_page_holds_all_and_has_room_for_results_if_not(root, set_up):
    form = templates(root).get_template("_filters.html").module.filters
    offered = choices(set_up)
    part, whole = form(offered, "", whole=False), form(offered, "")
    assert f'data-whole="no" data-count="{offered.count}"' in part
    assert re.search(r'<section id="results"[^>]* hidden>\s*<ol>.*class="more"', part, re.DOTALL)
    assert "results" not in whole
    assert "data-whole" not in whole
    everybody = form(replace(offered, others=()), "")
    assert whole.count("<optgroup") == 2
    assert everybody.count("<optgroup") == 0

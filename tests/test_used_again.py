"""What is used again is what would be made anew: all that pages see is in the hash of it."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import msgspec
import pytest

from digest.build import build, check, lay_out
from digest.diagnostics import Place, errors
from digest.memo import Memo
from digest.model.article import Article
from digest.model.claim import Claim, Curated, Report
from digest.model.options import Options
from digest.site.feeds import feeds
from digest.site.pages import plan
from tests.test_invented_archive import invented

OWN = ("quote.html", "article.html")  # templates of what has a hash of its own
FILLER = "The council met for an hour and talked about the wall, the ferries and the weather. " * 9
RECORD = """
articles: {a: {file: a.txt, title: A title, publisher: The Post}}
speakers: {ada-low: {name: Ada Low, role: mayor}}
phrases: {last boat: [last boat]}
stances: {stay: {label: Staying, means: stays}}
claims:
  low-shut:
    speaker: ada-low
    role: mayor
    said: 2030-01-02
    when: {words: on Wednesday}
    stance: stay
    printed: [{in: a, words: "It is shut for the winter"}]
    note: Nothing.
"""
HITS = range(40)  # of a phrase: too many for an article to be printed around all of them


def _held(thing: object, met: set[int]) -> set[type]:
    """Which of the record's own things something holds, however deep."""
    if id(thing) in met or isinstance(thing, str | bytes | int | float):
        return set()
    met.add(id(thing))
    found = {type(thing)} & {Claim, Report, Curated, Article, Place}
    if isinstance(thing, msgspec.Struct):
        parts = [getattr(thing, field) for field in thing.__struct_fields__]
    elif hasattr(thing, "items"):
        parts = [part for item in thing.items() for part in item]
    else:
        parts = list(thing) if isinstance(thing, list | tuple | set | frozenset) else []
    return found.union(*(_held(part, met) for part in parts))


@pytest.mark.parametrize("count", [0, 150])
def test_no_page_but_those_with_a_hash_of_their_own_sees_a_whole_entry(root, tmp_path, count):
    """They would have a claim's note at hand, and the line of the record that it stands in."""
    folder = invented(root, count, tmp_path / "archive") if count else root
    outcome = check(Options(folder))
    edition = lay_out(outcome.digest, Memo(), outcome.folder.static)
    pages = [make() for _, make in (*plan(edition), *feeds(edition))]
    seen = {page.address: _held(page.sees, set()) for page in pages if page.template not in OWN}
    assert len(seen) > 20
    uncurated = {"coverage.html": {Article}} if outcome.digest.uncurated else {}
    assert {to: held for to, held in seen.items() if held} == uncurated


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def test_a_note_that_repeats_an_article_shows_where_that_is_printed(a_digest, tmp_path):
    """What our own words repeat is printed anyway, and so around the hits of phrases too."""
    told = [f"At pier {n} they all had to wait for the last boat until {n} o’clock." for n in HITS]
    text = " date 2030-01-03 “It is shut for the winter,” Ada Low said on Wednesday.\n\n"
    folder = a_digest(tmp_path, {"a.txt": f"{text}{' '.join(told)}\n"}, RECORD)
    assert build(Options(folder, tmp_path / "site")).count
    before = contents(tmp_path / "site")
    record = (folder / "data/claims.yaml").read_text(encoding="utf-8")
    longer = record.replace("note: Nothing.", f"note: {told[7]}")
    (folder / "data/claims.yaml").write_text(longer, encoding="utf-8")
    assert build(Options(folder, tmp_path / "site")).count
    assert build(Options(folder, tmp_path / "clean", cache=False)).count
    after = contents(tmp_path / "site")
    assert after == contents(tmp_path / "clean")
    assert after["words.html"] != before["words.html"]


def test_an_article_without_a_title_is_called_by_other_words_once_its_first_stand_apart_no_more(
    a_digest, tmp_path
):
    first = " ".join(f"An-extraordinarily-long-word-of-a-caption-{n}" for n in range(8))
    text = "“It is shut for the winter,” Ada Low said on Wednesday."
    record = RECORD.replace("title: A title, ", f"published: 2030-01-03, apart: [{first}], ")
    record = record.replace("publisher: The Post", "outside: {published: we know it}")
    folder = a_digest(tmp_path, {"a.txt": f"{first}\n\n{text}\n\n{FILLER[:252]}\n"}, record)
    assert build(Options(folder, tmp_path / "site")).count
    without = record.replace(f"apart: [{first}], ", "")
    (folder / "data/claims.yaml").write_text(without, encoding="utf-8")
    again = build(Options(folder, tmp_path / "site"))
    clean = build(Options(folder, tmp_path / "clean", cache=False))
    assert [finding.rule for finding in clean.findings] == ["rights-share"]
    assert again.findings == clean.findings


def test_when_events_happened_is_remembered_only_where_none_is_at_fault(root, tmp_path):
    folder, found = tmp_path / "digest", []
    for part in ("data", "seeds"):
        shutil.copytree(root / part, folder / part)
    record = folder / "data/claims.yaml"
    text = record.read_text(encoding="utf-8")
    assert text.count("said: 2025-02-28") == 1
    for day in ("2025-02-28", "2025-03-28", "2025-03-28", "2025-02-28"):
        record.write_text(text.replace("said: 2025-02-28", f"said: {day}"), encoding="utf-8")
        again = build(Options(folder, tmp_path / "site"))
        clean = build(Options(folder, tmp_path / "clean", cache=False))
        assert again.findings == clean.findings
        found.append(bool(errors(again.findings)))
        record.write_text(f"# A remark.\n{text}", encoding="utf-8")
        assert build(Options(folder, tmp_path / "site")).count
    assert found == [False, True, True, False]


def test_what_a_process_hands_over_has_each_article_once_however_much_waits(a_digest, tmp_path):
    text = " date 2030-01-03 “It is shut for the winter,” Ada Low said on Wednesday.\n\n"
    sizes = []
    for number, waits in enumerate((1, 200)):
        more = f"{FILLER}\n\n" * 30 + "He said “so and so” to them all.\n\n" * waits
        folder = a_digest(tmp_path / str(number), {"a.txt": text + more}, RECORD)
        outcome = check(Options(folder))
        assert len(outcome.digest.waiting) == waits
        sizes.append(len(pickle.dumps(outcome.digest)))
    assert sizes[1] < sizes[0] + 200 * 200


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (b"seeds/.\xff", []),
        (b"data/x\xff", []),
        (b"seeds/\xff.txt", ["file-name"]),
        (b"data/static/\xff.png", ["file-name"]),
    ],
)
def test_a_name_that_is_not_utf_8_is_told_where_it_matters(a_digest, tmp_path, name, told):
    text = " date 2030-01-03 “It is shut for the winter,” Ada Low said on Wednesday.\n\n"
    folder = a_digest(tmp_path, {"a.txt": f"{text}{FILLER}\n"}, RECORD)
    at = os.path.join(os.fsencode(folder), name)
    os.makedirs(os.path.dirname(at), exist_ok=True)
    with open(at, "wb") as file:
        file.write(b"x")
    outcome = build(Options(folder, tmp_path / "site"))
    assert [finding.rule for finding in outcome.findings] == told
    assert bool(outcome.count) != bool(told)

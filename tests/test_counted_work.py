"""A rebuild does only what a change asks for: counted, for seconds depend on the machine."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from digest.build import build
from digest.model.options import Options
from digest.proof.verify import Proof
from digest.reading import articles
from digest.rebuild import as_built
from digest.record import entries
from digest.site import render
from digest.site.stage import Stage
from tests.test_invented_archive import invented


@pytest.fixture
def counted(monkeypatch):
    """How often each piece of work is done, in this one process."""
    counts: Counter[str] = Counter()

    def count(owner: object, name: str, what: str) -> None:
        does = getattr(owner, name)

        def counting(*given):
            counts[what] += 1
            return does(*given)

        monkeypatch.setattr(owner, name, counting)

    count(articles, "read_article", "articles read")
    count(entries, "read_part", "record files parsed")
    count(Proof, "claim", "claims proven")
    count(render, "_markdown", "notes rendered")
    count(Stage, "put", "files made")
    count(Stage, "_kept", "files kept")
    monkeypatch.setattr("digest.memo.processors", lambda: 1)
    monkeypatch.setattr("digest.site.stage.processors", lambda: 1)
    return counts


def inodes(site: Path) -> dict[str, int]:
    return {
        path.relative_to(site).as_posix(): path.stat().st_ino
        for path in site.rglob("*")
        if path.is_file()
    }


def test_one_changed_note_of_300_claims_costs_one_file_and_one_note(root, tmp_path, counted):
    folder = invented(root, 300, tmp_path / "archive")
    first = build(Options(folder))
    assert not first.findings
    assert counted["claims proven"] == 300
    assert counted["files made"] == first.count
    before = inodes(folder / "site")
    record = folder / "data/claims/0001.yaml"
    text = record.read_text(encoding="utf-8")
    longer = text.replace("note: |\n", "note: |\n      Seen again.\n\n", 1)
    record.write_text(longer, encoding="utf-8")
    counted.clear()
    assert build(Options(folder)).count == first.count
    after = inodes(folder / "site")
    written = {to for to, inode in after.items() if before.get(to) != inode}
    # Its file is typed and proven anew, and only what shows the note or is copied is made anew.
    assert counted["record files parsed"] == 1
    assert counted["claims proven"] == text.count("\n    printed:")
    assert counted["articles read"] == 0
    assert counted["notes rendered"] == 1
    assert counted["files kept"] + counted["files made"] == first.count
    assert counted["files made"] <= 20
    # Of these only what has other words is written: the page, and the lists of everything.
    [page] = [to for to in written if to.startswith("quotes/")]
    assert written == {page, "manifest.json"}


def test_one_changed_condition_of_300_claims_costs_the_pages_and_lists_that_show_it(
    root, tmp_path, counted
):
    folder = invented(root, 300, tmp_path / "archive")
    first = build(Options(folder))
    record = folder / "data/claims/0001.yaml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("    condition: ", "    condition: and ", 1), encoding="utf-8")
    counted.clear()
    assert build(Options(folder)).count == first.count
    assert counted["record files parsed"] == 1
    assert counted["articles read"] == counted["notes rendered"] == 0
    assert counted["files kept"] + counted["files made"] == first.count
    assert counted["files made"] <= 80


def test_nothing_changed_costs_no_work(root, tmp_path, counted):
    folder = invented(root, 120, tmp_path / "archive")
    first = build(Options(folder))
    counted.clear()
    built = as_built(Options(folder))
    assert built
    assert built.count == first.count
    assert counted == {}


def test_pages_are_made_without_what_was_worked_out_to_find_words(root, tmp_path, counted):
    """It is as large as the articles, and would be in every process that makes pages."""
    folder = invented(root, 120, tmp_path / "archive")
    articles = [one.article for one in build(Options(folder)).digest.articles.values()]
    assert [article.file for article in articles if vars(article)] == []
    assert articles[0].folded.text
    assert vars(articles[0])

"""Small rules at their edges."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from digest.build import check
from digest.model.options import Options
from digest.plainfile import paths_below
from digest.proof.words import find_stretches
from digest.reading.articles import read_article
from digest.site.rights import MOST, bounds, share, what_is_shown
from digest.site.timeline import arrange

FILLER = "The council met for an hour and talked about the wall, the ferries and the weather. " * 4
RECORD = """
articles: {a: {file: a.txt}}
speakers: {ada-low: {name: Ada Low}}
claims:
  low-shut:
    speaker: ada-low
    when: {words: on Monday}
    printed: [{in: a, words: "It is shut"}]
"""


def test_words_for_a_day_that_stand_only_after_the_quotation_are_not_its_own(a_digest, tmp_path):
    text = f" date 2030-01-02 “It is shut,” Ada Low said.\n\n{FILLER}\n\nThey met on Monday.\n"
    [finding] = check(Options(a_digest(tmp_path, {"a.txt": text}, RECORD))).findings
    assert finding.rule == "when-place"
    assert "stands only after the quotation, at seeds/a.txt:5:10" in finding.message


def test_words_for_a_day_in_the_nearest_paragraph_before_are_its_own(a_digest, tmp_path):
    text = f" date 2030-01-09 On Monday, they met.\n\n{FILLER}\n\n“It is shut,” Ada Low said.\n"
    outcome = check(Options(a_digest(tmp_path, {"a.txt": text}, RECORD.replace("on M", "On M"))))
    assert outcome.findings == []
    assert str(outcome.digest.claims[0].moment.working.said) == "2030-01-07"


def test_the_last_point_of_an_ellipsis_is_not_a_full_stop_that_may_be_left_out():
    article = read_article("a.txt", "She said “we may go...” and “we may stay.”".encode())
    assert find_stretches("we may go..", article) == []
    assert len(find_stretches("we may go…", article)) == 1
    assert len(find_stretches("we may stay", article)) == 1


def test_a_stretch_ends_with_its_last_word_and_its_comma_may_be_left_out_before_what_nobody_sees():
    article = read_article("a.txt", "“\u200f\u00adWe go,\u00ad\t” she said.".encode())
    [stretch] = article.stretches
    assert stretch.span.of(article.text) == "We go,"
    [(found, span)] = find_stretches("We go", article)
    assert (found, span.of(article.text)) == (stretch, "We go")


def test_front_matter_of_no_fields_ends_at_once_and_the_text_below_is_kept():
    article = read_article("a.md", b"---\n---\n\nIt is shut.\n\n---\n\nIt is open.\n")
    told = [block.span.of(article.text) for block in article.blocks]
    assert told == ["It is shut.", "---", "It is open."]


def test_a_latest_position_is_a_statement_on_the_matter(digest):
    timeline = arrange(digest)
    assert any(one.stance is None for one in timeline.statements)
    for evening in (date(2025, 2, 28), date(2025, 5, 8), date(2025, 5, 21)):
        assert all(one.stance for one in timeline.positions(evening))


def test_what_pages_print_of_an_article_is_counted_with_its_evidence_and_stays_within_bounds(
    digest,
):
    shown = what_is_shown(digest)
    bound = bounds(digest)
    for id, curated in digest.articles.items():
        assert {passage.span for passage in curated.evidence} <= set(shown[id].fixed)
        assert share(curated, shown[id].at(bound[id].widths, curated)) <= MOST


def test_a_passage_counted_twice_is_printed_once(digest):
    curated = digest.articles["reset"]
    span = curated.evidence[0].span
    assert share(curated, [span, span]) == share(curated, [span])


def test_an_article_that_cannot_be_read_is_told_once_and_not_missed_too(a_digest, tmp_path):
    text = f" date 2030-02-30 “It is shut,” Ada Low said on Monday.\n\n{FILLER}\n"
    findings = check(Options(a_digest(tmp_path, {"a.txt": text}, RECORD))).findings
    assert [(one.rule, str(one.place)) for one in findings] == [("article-date", "seeds/a.txt:1:1")]


def test_the_files_below_a_folder_have_the_same_paths_however_it_is_named(tmp_path, monkeypatch):
    for path in ("digest/a/b/c.txt", "digest/d.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / "digest/a/link").symlink_to(tmp_path)
    (tmp_path / "above").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path / "digest")
    named = (".", "../digest", tmp_path / "digest", f"{tmp_path}//digest/", "../above/digest")
    found = [sorted(paths_below(Path(name))) for name in named]
    assert found == [["a/b/c.txt", "a/link", "d.txt"]] * len(named)

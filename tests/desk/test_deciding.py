"""Taking and dismissing: proven first, written whole, nothing else touched."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from tests.desk.conftest import ARTICLES

WIRE = "nobody-at-the-table"


@pytest.fixture
def proposed(desk, typed):
    """The wire story added, with an untidy file of the curator's own beside it."""
    assert typed(f"digest add {ARTICLES / 'wire.txt'} --id {WIRE}").exit_code == 0
    untidy = "# mine\r\nphrases:\r\n   stays   :   [stay,   stays]  # both\r\n\r\n# the end"
    (desk / "data/claims").mkdir()
    (desk / f"data/claims/{WIRE}.yaml").write_bytes(b"\xef\xbb\xbf" + untidy.encode())
    return desk


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_byte_of_what_the_curator_wrote_changes(proposed, typed):
    own = proposed / f"data/claims/{WIRE}.yaml"
    before, others = own.read_bytes(), files(proposed)
    assert typed(f"digest take {WIRE}/1 --stance staying").exit_code == 0
    assert typed(f'digest dismiss {WIRE}/3 --because "their word, no statement"').exit_code == 0
    after = own.read_bytes()
    kept = iter(after)
    assert all(byte in kept for byte in before)  # in order: only additions
    assert after.startswith(before[: before.index(b"# the end")])
    assert b'"technical consultation": "their word, no statement"\r\n' in after
    changed = {p.name for p, was in others.items() if p.exists() and p.read_bytes() != was}
    assert changed == {f"{WIRE}.yaml"}
    assert files(proposed / "seeds") == {p: c for p, c in others.items() if "seeds" in p.parts}


def test_a_taken_proposal_waits_no_longer_and_the_last_one_takes_the_file_with_it(proposed, typed):
    for number, left in ((2, "3 left"), (1, "2 left"), (4, "1 left")):
        assert left in typed(f"digest take {WIRE}/{number}").stdout
    waits = proposed / f"data/proposed/{WIRE}.yaml"
    assert waits.exists()
    told = typed(f"digest dismiss {WIRE}/3 --because 'a term'").stdout
    assert "nothing is left to decide" in told
    assert not waits.exists()
    assert typed("digest check --strict").exit_code == 0


def test_choices_go_into_the_entry(proposed, typed):
    line = (
        f"digest take {WIRE}/4 --id okafor-number --speaker 'John Hardie' --stance open"
        " --condition 'it stays quiet' --leaving 'the talks'"
    )
    typed(f"digest take {WIRE}/2 --said 2025-05-20..2025-05-27 --because 'the date was moved then'")
    refused = typed(line)
    assert "error[speaker-absent]" in refused.stderr
    assert typed(line.replace("John Hardie", "Dan Okafor")).exit_code == 0
    text = (proposed / f"data/claims/{WIRE}.yaml").read_text(encoding="utf-8-sig")
    assert "  okafor-number:\n    speaker: dan-okafor\n" in text
    assert '    stance: open\n    condition: "it stays quiet"\n    leaving: "the talks"\n' in text
    assert "    said: {earliest: 2025-05-20, latest: 2025-05-27}\n" in text
    assert '  dan-okafor: {name: "Dan Okafor", kind: other}\n' in text
    assert typed("digest build").exit_code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("take nobody-at-the-tabel/1", 'did you mean "nobody-at-the-table/1"?'),
        ("take nobody-at-the-table", "one of: nobody-at-the-table/1, nobody-at-the-table/2"),
        ("take xyz", 'no proposal "xyz"'),
        ("take nobody-at-the-table/1 --stance stayin", 'did you mean "staying"?'),
        ("take nobody-at-the-table/1 --speaker jd-vanse", 'did you mean "jd-vance"?'),
        ("take nobody-at-the-table/1 --said Monday", '"Monday" is not a day or window'),
        ("take nobody-at-the-table/1 --said 2025-13-41", '"2025-13-41" is not a day or window'),
        ("take nobody-at-the-table/1 --said 2025-06-19", "error[day-after-article]"),
        ("take nobody-at-the-table/1 --said 2025-05-12", "error[day-without-words]"),
        ("take nobody-at-the-table/1 --when 'at noon'", "error[passage-not-found]"),
        ("take nobody-at-the-table/1 --id Marchenko", "an id is small letters"),
        ("take nobody-at-the-table/1 --id vance-step-up", "is the id of another statement"),
        ("take nobody-at-the-table/1 --because 'a\u200bb'", "cannot be seen"),
        ("dismiss nobody-at-the-table/9 --because why", 'no proposal "nobody-at-the-table/9"'),
        ("dismiss nobody-at-the-table/1 --because ''", "there is nothing in it"),
        ("dismiss nobody-at-the-table/1", "Missing option '--because'"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_written(proposed, typed, line, said):
    before = files(proposed)
    refused = typed(f"digest {line}")
    assert refused.exit_code in (1, 2)
    assert said in refused.output
    assert files(proposed) == before


def test_words_that_are_not_in_the_article_are_refused_by_the_real_check(proposed, typed):
    waits = proposed / f"data/proposed/{WIRE}.yaml"
    text = waits.read_text(encoding="utf-8")
    waits.write_text(text.replace("a calendar made of rubber", "a calendar made of wood"))
    before = files(proposed)
    refused = typed(f"digest take {WIRE}/2")
    assert refused.exit_code == 1
    assert "error[words-" in refused.stderr
    assert files(proposed) == before


def test_an_error_that_was_there_before_does_not_stop_a_decision(proposed, typed):
    record = proposed / "data/claims.yaml"
    record.write_text(record.read_text() + "  reset: words\n", encoding="utf-8")
    record.write_text(
        record.read_text()
        .replace("speaker: tammy-bruce", "speaker: tamy-bruce", 1)
        .removesuffix("  reset: words\n"),
        encoding="utf-8",
    )
    assert typed("digest check").exit_code == 1
    assert typed(f"digest take {WIRE}/1").exit_code == 0


def test_two_commands_at_once_both_get_their_turn(proposed):
    ended = []

    def typed_elsewhere(number: int) -> None:
        line = [sys.executable, "-m", "digest", "take", f"{WIRE}/{number}", "--root", str(proposed)]
        ended.append(subprocess.run(line, capture_output=True, text=True, check=False))

    threads = [threading.Thread(target=typed_elsewhere, args=(n,)) for n in (1, 2, 3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.returncode for one in ended] == [0, 0, 0, 0], [one.stderr for one in ended]
    text = (proposed / f"data/claims/{WIRE}.yaml").read_text(encoding="utf-8")
    assert text.count("printed:") == 4
    assert not (proposed / f"data/proposed/{WIRE}.yaml").exists()


def test_what_was_cut_short_is_ended_by_the_same_command(proposed, typed):
    waits = proposed / f"data/proposed/{WIRE}.yaml"
    for line in (f"take {WIRE}/1", f"dismiss {WIRE}/3 --because 'a term'"):
        before = waits.read_bytes()
        assert typed(f"digest {line}").exit_code == 0
        written, rest = (proposed / f"data/claims/{WIRE}.yaml").read_bytes(), waits.read_bytes()
        waits.write_bytes(before)  # as if killed between the record and the proposals
        assert typed(f"digest {line}").exit_code == 0
        assert (proposed / f"data/claims/{WIRE}.yaml").read_bytes() == written
        assert waits.read_bytes() == rest


def test_nothing_is_written_through_a_link(proposed, typed, tmp_path):
    (proposed / "data/claims").rename(tmp_path / "elsewhere")
    os.symlink(tmp_path / "elsewhere", proposed / "data/claims")
    before = files(tmp_path / "elsewhere")
    refused = typed(f"digest take {WIRE}/1")
    assert refused.exit_code == 1
    assert "link" in refused.stderr
    assert files(tmp_path / "elsewhere") == before


def test_the_same_words_said_twice_are_told_apart_by_what_stands_before_them(desk, typed):
    text = (
        " date 2025-05-27 The hall was cold, and two people in it agreed on nothing at all.\n\n"
        "“Nobody is leaving this table,” Olena Marchenko said on Monday, with her coat on.\n\n"
        "It took an hour until the other side had found its papers and its interpreter again.\n\n"
        "“Nobody is leaving this table,” Pavel Hrytsenko said on Tuesday, and shut the window.\n\n"
        "Then the heating came on, and the clerk wrote down the hour, the day and the names.\n"
    )
    assert typed("digest add - --id twice-said", text.encode()).exit_code == 0
    for number in (1, 2):
        ended = typed(f"digest take twice-said/{number}")
        assert ended.exit_code == 0, ended.output
    assert "0 waiting" in typed("digest check").stdout

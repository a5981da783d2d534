"""Rows 1 to 22: the record. What is wrong with it is told with its line, and the site stays.

Each test runs the real command on a small digest whose site is built already.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import socket
from pathlib import Path

import pytest

from tests.faults.measured import digest, everything
from tests.test_same_bytes import files

FILLER = "The council met for an hour and talked about the wall, the nets and the weather. " * 8
SEED = f""" date 2030-01-02 “It is shut,” Ada Low said on Wednesday. {FILLER}
“The price is 12.50,” she said. {FILLER}
“It will open,” she said of the pier. {FILLER}
"""
RECORD = """\
articles:
  a: {file: a.txt, publisher: The Post}
speakers:
  ada-low: {name: Ada Low}
claims:
  low-shut:
    speaker: ada-low
    said: 2030-01-02
    when: {words: on Wednesday}
    printed: [{in: a, words: "It is shut"}]
dismissed:
  a: {"The price is 12.50": a price, "It will open": nobody knows}
"""
PATH = "data/claims.yaml"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A digest with its site, and a file of somebody else's beside it."""
    around = tmp_path_factory.mktemp("built")
    (around / "thesis.txt").write_text("ten years of work", encoding="utf-8")
    for path, text in {
        "seeds/a.txt": SEED,
        "data/site.yaml": "title: A digest\n",
        "data/pages/about.md": "# Method\n",
        PATH: RECORD,
    }.items():
        (around / "digest" / path).parent.mkdir(parents=True, exist_ok=True)
        (around / "digest" / path).write_text(text, encoding="utf-8")
    assert digest("build", "--root", around / "digest").code == 0
    return around


@pytest.fixture
def around(built, tmp_path) -> Path:
    return shutil.copytree(built, tmp_path / "around")


@pytest.fixture
def refused(around):
    """Builds the digest with another record, which is refused and changes nothing.

    Gives what was said. Only the memory of what was read, ``.digest``, may be another one.
    """

    def build(record: str | bytes | None, seconds: float = 10, megabytes: int = 512) -> str:
        if record is not None:
            content = record if isinstance(record, bytes) else record.encode()
            (around / "digest" / PATH).write_bytes(content)
        before = everything(around)
        ended = digest("build", "--root", around / "digest")
        assert ended.code == 1, ended
        assert "Traceback" not in ended.err
        assert lasting(everything(around)) == lasting(before)
        assert re.search(r"^data/[^\n]*:\d+:\d+: error\[[a-z-]+\] \S", ended.err, re.MULTILINE)
        assert re.search(r"^\d+ errors?, \d+ warnings?$", ended.err, re.MULTILINE)
        assert (ended.seconds < seconds, ended.megabytes < megabytes) == (True, True), ended[3:]
        return ended.err

    return build


@pytest.fixture
def publishes(around):
    """Builds the digest with another record, and gives the files of its site."""

    def build(record: str | bytes) -> dict[str, bytes]:
        content = record if isinstance(record, bytes) else record.encode()
        (around / "digest" / PATH).write_bytes(content)
        ended = digest("build", "--root", around / "digest")
        assert ended.code == 0, ended.err
        assert (ended.seconds < 10, ended.megabytes < 512) == (True, True), ended[3:]
        return files(around / "digest/site")

    return build


def lasting(found: dict[str, tuple[int, bytes]]) -> dict[str, tuple[int, bytes]]:
    """Without the memory of what was read, and the time of the folder that holds it."""
    return {path: one for path, one in found.items() if not re.match(r"digest(/\.digest|$)", path)}


def changed(right: str, wrong: str) -> str:
    """The record with something else where ``right`` stands first."""
    assert right in RECORD
    return RECORD.replace(right, wrong, 1)


def called(id: str) -> str:
    """The record with its claim under another id, as YAML writes it."""
    return changed("low-shut", id)


def said(day: str) -> str:
    return changed("2030-01-02", day)


def quoted(words: str) -> str:
    """The record with other words, as YAML writes them."""
    return changed('"It is shut"', words)


def with_claims(*claims: str) -> str:
    """The record with further claims before its own."""
    return changed("claims:\n", "claims:\n" + "".join(f"  {claim}\n" for claim in claims))


def told_at(err: str, line: int, rule: str = "") -> bool:
    """Whether an error of that rule is told at that line of the record."""
    return bool(re.search(rf"^{re.escape(PATH)}:{line}:\d+: error\[{rule}", err, re.MULTILINE))


# -- The file


@pytest.mark.parametrize(
    "record",
    ["", "# nothing\n", "claims: []\n", "claims: {}\n", "claims:\n", "~\n", "null\n", "a text\n",
     "a: b\n", "- a\n", "{}\n", "[]\n", "12\n", "--- a\n", "| a\n"],
)  # fmt: skip
def test_01_a_record_without_claims_or_of_another_shape_is_refused(refused, record):
    assert told_at(refused(record), 1)


@pytest.mark.parametrize("record", ["---\n", "...\n", "---\n...\n"])
def test_01_so_is_a_document_without_anything_in_it(refused, record):
    assert f"{PATH}:" in refused(record)


def gone(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    path.unlink()
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(here)


def a_device(path: Path) -> None:
    path.unlink()
    os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))  # /dev/zero


@pytest.mark.parametrize("instead", [gone, a_folder, a_pipe, a_socket, a_device])
def test_02_a_record_that_is_no_plain_file_is_refused_at_once(around, refused, instead):
    instead(around / "digest" / PATH)
    assert f"{PATH}:1:1: error[file-" in refused(None, seconds=1)


@pytest.mark.parametrize("kind", [a_folder, a_pipe])
def test_02_a_further_file_of_the_record_that_is_no_plain_file_is_refused(around, refused, kind):
    (around / "digest/data/claims").mkdir()
    (around / "digest/data/claims/more.yaml").touch()
    kind(around / "digest/data/claims/more.yaml")
    assert "data/claims/more.yaml:1:1: error[file-kind]" in refused(None, seconds=1)


MERGE = """\
<<<<<<< HEAD
    said: 2030-01-02
=======
    said: 2030-01-01
>>>>>>> other
"""


@pytest.mark.parametrize(
    ("record", "line", "told"),
    [
        (RECORD + "x:\n\ty: z\n", 14, "a tab"),
        (RECORD + 'x: "\ny: z\n', 13, "a quotation mark is opened and never closed"),
        (RECORD + "x: 'y\n", 13, "a quotation mark is opened and never closed"),
        (RECORD + "x: *y\n", 13, '"y" is an anchor or alias'),
        (changed("    said: 2030-01-02\n", MERGE), 8, "a merge was left unfinished"),
        (RECORD[: RECORD.index(', "It will')] + "\n", 13, "bracket or closing quotation mark"),
        (RECORD[: RECORD.index("    printed")], 6, '"printed" is missing'),
        ("<!DOCTYPE html>\n<html><body>\n<p>Error 404: not found</p>\n", 3, "a colon"),
        ("<!DOCTYPE html>\n<html><body></body></html>\n", 1, "the record is a mapping"),
        (changed("    when", "   when"), 9, "indented otherwise"),
        (RECORD + "x: @y\n", 13, "cannot start any token"),
        (RECORD + "x: %y\n", 13, "cannot start any token"),
        (RECORD + "? [a]\n: b\n", 13, "a key must be a word"),
        (RECORD + "x: {a: b\n", 14, "bracket or closing quotation mark"),
    ],
)
def test_03_a_slip_of_yaml_is_refused_at_its_line_with_how_to_mend_it(refused, record, line, told):
    err = refused(record)
    assert told_at(err, line)
    assert told in err


@pytest.mark.parametrize(
    ("record", "line"), [(RECORD + "---\na: b\n", 13), (f"---\n{RECORD}...\n---\n{RECORD}", 15)]
)
def test_04_a_second_document_is_refused_at_its_line(refused, record, line):
    assert told_at(refused(record), line, "yaml-documents")


@pytest.mark.parametrize(
    "end",
    [b"x: \0", b"\0", b"x: \x07", b"x: \x1b[2J", b"x: \x7f", b"x: \xc2\x80", b"x: \xff",
     b"x: \xed\xa0\x80", b"x: \xc0\xaf", b"x: \xf4\x90\x80\x80", b"x: \xe2\x82", b"\xef\xbf\xbe"],
)  # fmt: skip
@pytest.mark.parametrize("before", [b"", b"y: a word\n"], ids=["line 13", "line 14"])
def test_05_what_is_no_text_is_refused_at_its_line(refused, before, end):
    err = refused(RECORD.encode() + before + end + b"\n")
    assert told_at(err, 13 + len(before.splitlines()))
    assert err.isprintable() or set(re.findall(r"[^\w\W]|[^ -~…“”→]", err)) <= {"\n"}


SAME = {
    "a byte order mark": b"\xef\xbb\xbf" + RECORD.encode(),
    "CRLF": RECORD.replace("\n", "\r\n").encode(),
    "CR": RECORD.replace("\n", "\r").encode(),
    "no final newline": RECORD.rstrip("\n").encode(),
    "an end of the document": RECORD.encode() + b"...\n",
}


@pytest.mark.parametrize("record", SAME.values(), ids=SAME)
def test_06_line_endings_and_a_byte_order_mark_change_no_byte_of_the_site(
    around, publishes, record
):
    before = files(around / "digest/site")
    assert publishes(record) == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_06_a_record_in_utf_16_is_refused(refused, encoding):
    assert told_at(refused(RECORD.encode(encoding)), 1)


def test_07_a_repeated_key_is_refused_naming_both_lines(refused):
    err = refused(changed("    speaker:", "    speaker: ben-orr\n    speaker:"))
    assert f"{PATH}:8:5: error[yaml-repeated-key]" in err
    assert f"{PATH}:7:5" in err


@pytest.mark.parametrize(
    ("record", "first", "again"),
    [
        (with_claims("low-shut: {speaker: ben-orr}"), 6, 7),
        (changed("articles:", "claims: {b: {speaker: x}}\narticles:"), 1, 6),
        (changed("  a: {file", "  a: {file: b.txt}\n  a: {file"), 2, 3),
        (changed('"The price is 12.50": a price', '"It will open": a'), 12, 12),
    ],
)
def test_07_a_repeated_id_is_refused_naming_both_lines(refused, record, first, again):
    err = refused(record)
    assert told_at(err, again, "yaml-repeated-key")
    assert f"it stands first at {PATH}:{first}:" in err


def test_07_an_id_repeated_in_another_file_is_refused_naming_both_lines(around, refused):
    (around / "digest/data/claims").mkdir()
    claims = RECORD[RECORD.index("claims:") : RECORD.index("dismissed:")]
    (around / "digest/data/claims/more.yaml").write_text(claims, encoding="utf-8")
    err = refused(None)
    assert "data/claims/more.yaml:2:3: error[id-repeated]" in err
    assert f"it stands first at {PATH}:6:3" in err


# -- Ids

TWINS = {
    "case": ("low-pier", "Low-Pier"),
    "a capital letter elsewhere": ("low-pier", "low-pieR"),
    "NFC and NFD": ("caf\u00e9", "cafe\u0301"),
    "a letter that folds": ("strasse", "stra\u00dfe"),
    "the Kelvin sign": ("low-k", "low-\u212a"),
    "full width": ("low-a", "low-\uff41"),
}


@pytest.mark.parametrize(("one", "other"), TWINS.values(), ids=TWINS)
def test_08_ids_that_one_file_system_takes_for_the_same_are_refused(refused, one, other):
    err = refused(with_claims(f"{one}: {{speaker: ada-low}}", f"{other}: {{speaker: ada-low}}"))
    assert told_at(err, 7, "id-form")
    assert f'id "{other}"' in err


ESCAPING = [
    "../../..", "..\\..\\..", "../../thesis", "/etc/passwd", "/tmp", "\\\\host\\share", "c:/x",
    "a/b", "a\\b", ".", "..", "...", "low-shut/..", "low-shut/", "~/x", ".git", "-rf",
]  # fmt: skip


@pytest.mark.parametrize("id", ESCAPING)
def test_09_an_id_that_leads_elsewhere_is_refused_and_nothing_outside_is_touched(refused, id):
    assert told_at(refused(called(json.dumps(id))), 6, "id-form")


@pytest.mark.parametrize("section", ["articles", "speakers", "events", "stances", "reports"])
def test_09_so_is_such_an_id_in_every_other_section(refused, section):
    record = RECORD + f'{section}:\n  "../../x": {{name: x}}\n'
    known = {"articles": 2, "speakers": 4}
    if section in known:
        record = changed(f"{section}:\n", f'{section}:\n  "../../x": {{name: x}}\n')
    assert told_at(refused(record), known.get(section, 14), "id-form")


@pytest.mark.parametrize("id", ["%2e%2e%2f", "%2e%2e%2f%2e%2e%2fthesis", "a%00", "..%5c.."])
def test_10_an_id_that_an_address_would_unfold_is_refused(refused, id):
    assert told_at(refused(called(json.dumps(id))), 6, "id-form")


UNFIT = {
    "empty": '""', "blank": '" "', "null": "~", "nothing": "", "101 characters": "a" * 101,
    "5 000 characters": "? " + "a" * 5000 + "\n  ", "NUL": r'"a\0b"', "a newline": r'"a\nb"',
    "bidi": '"a\u202eb"', "bidi, escaped": r'"a\u202eb"', "zero width": '"a\u200bb"',
    "markup": '"<b>a</b>"', "a quotation mark": "'a\"b'", "an escape code": r'"a\e[2Jb"',
    "CON": "CON", "con": "con", "nul": "nul", "com1": "com1", "lpt9": "lpt9", "a dot": "a.html",
    "a blank": "a b", "an underscore": "a_b", "letters of elsewhere": "\u0430bc",
}  # fmt: skip


@pytest.mark.parametrize("id", UNFIT.values(), ids=UNFIT)
def test_11_an_id_that_is_no_address_is_refused(refused, id):
    err = refused(called(id))
    assert told_at(err, 6)
    assert len(err) < 2000
    assert not set(err) & {"\0", "\x1b", "\u202e", "\u200b"}


def test_11_an_id_that_is_a_list_is_refused(refused):
    assert told_at(refused(called("[a]")), 6, "yaml-key")


def test_11_an_id_cannot_write_a_message_of_its_own(refused):
    err = refused(called(r'"a\nseeds/a.txt:1:1: error[forged] all is lost\n    do this"'))
    assert not re.search(r"^(?:seeds/|    do this)", err, re.MULTILINE)


def test_11_a_faulty_id_is_the_only_thing_that_is_told(refused):
    err = refused(called("Low"))
    assert "1 error, 0 warnings" in err


@pytest.mark.parametrize("id", ["index", "no", "null", "a" * 100, "0", "12", "e1"])
def test_11_a_plain_id_is_published_whatever_it_reminds_of(publishes, id):
    assert f"quotes/{id}.html" in publishes(called(id))


# -- Values that YAML takes for something else


def test_12_no_is_no_and_12_50_is_12_50(publishes):
    record = changed("low-shut:", "no:").replace(
        "dismissed:\n", "stances:\n  off: {label: no, means: 0x10}\ndismissed:\n"
    )
    price = "  on:\n    speaker: ada-low\n    said: 2030-01-02\n    because: yes\n    stance: off\n"
    price += "    venue: 12:30:45\n    printed: [{in: a, words: The price is 12.50}]\n"
    record = record.replace("dismissed:\n", "").replace('"The price is 12.50": a price, ', "")
    record = record.replace('  a: {"It', 'dismissed:\n  a: {"It').replace(
        "claims:\n", f"claims:\n{price}"
    )
    site = publishes(record)
    told = {claim["id"]: claim for claim in json.loads(site["claims.json"])["claims"]}
    assert set(told) == {"no", "on"}
    assert told["on"]["appearances"][0]["segments"][0]["text"] == "The price is 12.50"
    assert told["on"]["venue"] == "12:30:45"
    page = site["quotes/on.html"].decode()
    assert "The price is 12.50" in page
    assert "False" not in page


@pytest.mark.parametrize("word", ["no", "on", "010", "1_000", ".nan", "0x1F", "1e3", "null", "~"])
def test_12_every_word_is_printed_as_it_is_written(publishes, word):
    site = publishes(changed("    said:", f"    venue: {word}\n    said:"))
    assert json.loads(site["claims.json"])["claims"][0]["venue"] == word


NO_DAYS = [
    "2030-02-30", "2030-13-01", "2030-00-10", "2030-01-00", "2030-01-02T25:00:00", "0000-01-01",
    "2030-01-02T00:00:00+99:99", "2030-01-02 12:00", "-1", "99999-01-01", "2030-1-2", "30-01-02",
    "2030-W01", "20300102", "2 January 2030", "２０３０-０１-０２", "2100-02-29", "2023-02-29",
    "{latest: 2030-02-30}", "{latest: 2030-01-02, earliest: 2030-02-31}", "[2030-01-02]", '""',
]  # fmt: skip


@pytest.mark.parametrize("day", NO_DAYS)
def test_13_what_is_no_day_of_the_calendar_is_refused(refused, day):
    err = refused(said(day))
    assert told_at(err, 8)
    assert "1 error, 0 warnings" in err


@pytest.mark.parametrize("day", ["2024-02-29", "2000-02-29", "0001-01-01"])
def test_14_a_leap_day_is_a_day(publishes, day):
    record = said(day).replace("    when: {words: on Wednesday}\n", "    because: a test\n")
    assert f"days/{day}.html" in publishes(record)


@pytest.mark.parametrize("day", ["2100-02-29", "1900-02-29", "2025-02-29"])
def test_14_a_leap_day_that_never_was_is_refused(refused, day):
    assert told_at(refused(said(day)), 8, "field-type")


@pytest.mark.parametrize("day", ["2030-01-03", "2031-01-01", "9999-12-31"])
def test_14_a_day_after_the_article_is_refused(refused, day):
    record = said(day).replace("    when: {words: on Wednesday}\n", "    because: a test\n")
    assert "error[day-after-article]" in refused(record)


TAGS = [
    '!!int "abc"', '!!float "x"', '!!bool "x"', '!!timestamp "x"', "!!binary x", "!!null x",
    "!!set {a}", "!!omap [a: b]", "!foo x", "!foo!bar x", "!<tag:yaml.org,2002:int> 5", "!!str x",
]  # fmt: skip


@pytest.mark.parametrize("value", TAGS)
@pytest.mark.parametrize("field", [said, quoted, called])
def test_15_a_tag_is_refused_at_its_line(refused, field, value):
    err = refused(field(value))
    assert re.search(rf"^{PATH}:(6|8|10):\d+: error\[yaml-", err, re.MULTILINE)


@pytest.mark.parametrize("field", [said, quoted])
@pytest.mark.parametrize("digits", [5000, 9999])
def test_15_an_integer_of_thousands_of_digits_is_only_a_wrong_word(refused, field, digits):
    refused(field("9" * digits), seconds=1)


EXECUTED = [
    '!!python/object/apply:os.system ["touch {0}"]',
    '!!python/object/new:os.system ["touch {0}"]',
    "!!python/object/apply:subprocess.check_output [[touch, {0}]]",
    "!!python/object/apply:builtins.open [{0}, w]",
    "!!python/object:pathlib.Path {{x: {0}}}",
    "!!python/name:os.system",
    "!!python/module:antigravity",
    "!!python/object/apply:eval [\"open('{0}', 'w')\"]",
    "!!ruby/object:Gem::Installer {{i: {0}}}",
]


@pytest.mark.parametrize("value", EXECUTED)
@pytest.mark.parametrize("path", [PATH, "data/site.yaml", "data/claims/more.yaml"])
def test_16_nothing_is_executed(around, refused, value, path):
    trace = around / "trace"
    (around / "digest/data/claims").mkdir()
    with (around / "digest" / path).open("a", encoding="utf-8") as file:
        file.write("x: " + value.format(trace) + "\n")
    assert f"{path}:" in refused(None)
    assert not trace.exists()


def test_16_nothing_is_executed_in_what_waits_to_be_decided_and_in_front_matter(around):
    trace = around / "trace"
    for path, text in {
        "data/proposed/b.yaml": "x: {}\n",
        "seeds/b.md": "---\nx: {}\n---\n\nA.\n",
    }.items():
        (around / "digest" / path).parent.mkdir(exist_ok=True)
        value = EXECUTED[0].format(trace)
        (around / "digest" / path).write_text(text.format(value), encoding="utf-8")
    ended = digest("build", "--root", around / "digest")
    assert "seeds/b.md:2:4: error[yaml-tag]" in ended.err
    assert "Traceback" not in ended.err
    assert not trace.exists()


BOMBS = {
    "10 to the power of 10": "a0: &a0 [x, x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 11)),
    "a list in itself": "x: &x [*x]\n",
    "a mapping in itself": "x: &x {y: *x}\n",
    "an anchor that nobody uses": "x: &x y\n",
    "an anchor on a key": "&x y: z\n",
    "a merge of mappings": "x: &x {y: z}\nw: {<<: *x}\n",
    "an alias as a key": "*x : y\n",
    "an anchor of 100 000 letters": f"x: &{'a' * 100_000} y\n",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("at", ["before", "behind"])
def test_17_an_alias_or_anchor_is_refused_within_a_second_and_100_mb(refused, bomb, at):
    record = bomb + RECORD if at == "before" else RECORD + bomb
    err = refused(record, seconds=1, megabytes=100)
    assert "error[yaml-alias]" in err
    assert len(err) < 2000


NESTED = {
    "20 000 [": "x: " + "[" * 20_000,
    "20 000 [ on 20 000 lines": "x:\n" + " [\n" * 20_000,
    "20 000 {": "x: " + "{" * 20_000,
    "20 000 {a:": "x: " + "{a: " * 20_000,
    "20 000 [{": "x: " + "[{a: " * 20_000,
    "1 200 nested -": "x:\n" + "- " * 1200 + "a\n",
    "1 200 nested keys": "x:\n" + "".join(" " * n + "a:\n" for n in range(1, 1200)),
    "20 000 ?": "? " * 20_000 + "\n",
    "4 900 000 [": "[" * 4_900_000,
    "20 000 ]": "x: " + "]" * 20_000,
    "20 000 ! and &": "x: " + "! & " * 20_000,
}


@pytest.mark.parametrize("nested", NESTED.values(), ids=NESTED)
def test_18_deep_nesting_is_refused_within_a_second(refused, nested):
    err = refused(RECORD + nested if len(nested) < 4_000_000 else nested, seconds=1, megabytes=100)
    assert "error[yaml-" in err


def test_19_20_mb_of_comments_are_refused_unread(refused):
    err = refused("# nothing to see here\n" * 950_000 + RECORD, seconds=1, megabytes=100)
    assert f"{PATH}:1:1: error[file-size] is larger than 5,000,000 bytes" in err


@pytest.mark.parametrize("line", ["# a comment\n", "\n", " \n", "#\n", "# " + "x" * 4_000 + "\n"])
def test_19_comments_within_the_cap_change_no_byte_of_the_site(around, publishes, line):
    before = files(around / "digest/site")
    assert publishes(line * (4_900_000 // len(line)) + RECORD) == before


# -- Entries


@pytest.mark.parametrize("entry", ["a text", "~", "", "[]", "[a]", "5", "{}", "{speaker: ada-low}"])
def test_20_a_claim_that_is_none_is_refused(refused, entry):
    start, end = RECORD.index("  low-shut"), RECORD.index("dismissed:")
    assert told_at(refused(f"{RECORD[:start]}  low-shut: {entry}\n{RECORD[end:]}"), 6, "field-")


WORDS = {
    "nothing": "", "null": "~", "empty": '""', "blank": '"  "', "an empty list": "[]",
    "a list of lists": "[[It is shut]]", "a mapping": "{It is: shut}",
    "a null among them": '["It is shut", ~]', "a lone surrogate": r'"\ud800"',
    "the other surrogate": r'"It is \udc80 shut"', "a NUL": r'"It is\0 shut"',
    "a bell": r'"It is\a shut"', "an escape code": r'"\e[31mIt is shut"',
    "a code of 8 bits": r'"\x9b31mIt is shut"', "zero width": r'"It is\u200b shut"',
    "bidi": r'"It is shu\u202et"', "a soft hyphen": '"It is sh\u00adut"',
    "for private use": r'"It is \ue000shut"', "no character": r'"It is \uffff shut"',
}  # fmt: skip


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_20_words_that_are_none_are_refused_at_their_line(refused, words):
    err = refused(quoted(words))
    assert told_at(err, 10)
    assert set(re.findall(r"[^ -~…“”]", err)) <= {"\n"}


def test_20_a_claim_without_words_is_told_what_to_add(refused):
    err = refused(changed(', words: "It is shut"', ""))
    assert told_at(err, 10, "field-missing")
    assert "add words: with its value" in err


def test_21_every_field_with_a_slip_is_told_what_was_meant(refused):
    record = (
        changed("speaker:", "spaeker:").replace("said:", "siad:").replace("printed:", "pritned:")
    )
    err = refused(record.replace("{in: a, words", "{in: a, wrods"))
    for line, field in ((7, "speaker"), (8, "said"), (10, "printed")):
        assert told_at(err, line, "field-unknown")
        assert f'did you mean "{field}"?' in err


@pytest.mark.parametrize(
    ("right", "wrong", "line", "meant"),
    [("claims:", "clams:", 5, "claims"), ("publisher", "publsher", 2, "publisher"),
     ("{name:", "{nmae:", 4, "name"), ("{words: on", "{wrods: on", 9, "words"),
     ('words: "It', 'wrods: "It', 10, "words"), ("{in: a, w", "{inn: a, w", 10, "in")],
)  # fmt: skip
def test_21_an_unknown_field_is_refused_with_the_one_that_was_meant(
    refused, right, wrong, line, meant
):
    err = refused(changed(right, wrong))
    assert told_at(err, line)
    assert f'did you mean "{meant}"?' in err


FAULTS = """\
    when: {wrods: on Wednesday}
    printed:
      - 5
      - {in: a, wrods: x}
      - {in: [], words: It is shut}
      - {words: It is shut}
"""


def test_21_no_fault_hides_another_and_each_is_told_at_its_own_line(refused):
    start, end = RECORD.index("    when:"), RECORD.index("dismissed:")
    err = refused(RECORD[:start] + FAULTS + RECORD[end:])
    assert re.findall(rf"^{PATH}:(\d+):\d+: error\[([a-z-]+)\]", err, re.MULTILINE) == [
        ("9", "field-unknown"),
        ("11", "field-type"),
        ("12", "field-unknown"),
        ("13", "field-type"),
        ("14", "field-missing"),
    ]


SLIPS = [b":", b"- ", b"[", b"]", b"{", b"}", b'"', b"'", b"#", b"&x ", b"*x", b"!!i ", b"|",
         b"\t", b"\n", b"---\n", b"\0", b"\xff", b"<<: ", b"\\", b"\xe2\x80\x8b"]  # fmt: skip


@pytest.mark.parametrize("number", range(40))
def test_22_the_real_record_with_slips_is_read_or_refused(root, around, number):
    """More of them in tests/fuzz, without the command around."""
    chance = random.Random(number)
    content = bytearray((root / PATH).read_bytes())
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content))
        content[at : at + chance.choice((0, 0, 1, 2, 40))] = chance.choice(SLIPS)
    folder = around / "digest"
    shutil.rmtree(folder / "seeds")
    shutil.copytree(root / "seeds", folder / "seeds")
    (folder / PATH).write_bytes(content)
    before = files(folder / "site")
    ended = digest("build", "--root", folder)
    assert ended.code in (0, 1), ended
    assert "Traceback" not in ended.err
    assert ended.code == 0 or files(folder / "site") == before
    assert ended.code == 0 or re.search(r"^\S+:\d+:\d+: error\[", ended.err, re.MULTILINE)


# -- The promises behind them


def test_p7_of_many_mistakes_the_first_50_are_listed_and_the_rest_is_counted(refused):
    slips = [f"a{number}: {{speaker: ada-low}}" for number in range(200)]
    err = refused(with_claims(*slips))
    listed = re.findall(rf"^{PATH}:(\d+):\d+: error", err, re.MULTILINE)
    assert listed == [str(line) for line in range(6, 56)]
    assert "\n… and 150 more, which the next run lists once these are mended\n" in err
    assert err.endswith("200 errors, 0 warnings\n")


def test_p7_an_error_is_not_hidden_behind_50_warnings(refused):
    speakers = "".join(f"  s{number}: {{name: B{number}}}\n" for number in range(60))
    err = refused(changed("speakers:\n", f"speakers:\n{speakers}").replace("It is", "It was"))
    assert "error[words-not-found]" in err
    assert err.endswith("1 error, 60 warnings\n")


def test_p7_50_mistakes_are_all_listed(refused):
    err = refused(with_claims(*(f"a{number}: {{speaker: ada-low}}" for number in range(50))))
    assert len(re.findall(r"^data/.*error\[", err, re.MULTILINE)) == 50
    assert " more" not in err


MANY = 145_000  # values, within the cap of 150,000
TALK = "the council met at noon and talked about the nets "


def shot(number: int, words: str = "It is shot", speaker: str = "ada-low") -> str:
    words = f"{words} {number}"
    return (
        f"a{number}: {{speaker: {speaker}, said: 2030-01-02, printed: [{{in: a, words: {words}}}]}}"
    )


def listed(field: str, value: str, count: int) -> str:
    """The record whose claim has a list of so many values in a field."""
    return changed("    said:", f"    {field}: [{', '.join([value] * count)}]\n    said:")


HOSTILE = {
    "a list of values": lambda: RECORD + "x: [" + "b," * MANY + "]\n",
    "one key again and again": lambda: RECORD + "a: b\n" * 900_000,
    "one key again and again, deep": lambda: RECORD + "x:\n" + " a: b\n" * 700_000,
    "unknown fields": lambda: changed(
        "    said:", "".join(f"    f{n}: \n" for n in range(MANY)) + "    said:"
    ),
    "unknown sections": lambda: RECORD + "".join(f"s{n}: \n" for n in range(MANY)),
    "ids that are none": lambda: with_claims(*(f"A{n}: " for n in range(MANY))),
    "empty claims": lambda: with_claims(*(f"a{n}: " for n in range(MANY))),
    "claims that lack all": lambda: with_claims(*(f"a{n}: {{x: y}}" for n in range(MANY // 2))),
    "near misses": lambda: with_claims(*(shot(n) for n in range(MANY // 7))),
    "far misses": lambda: with_claims(*(shot(n, "zzzz qqqq") for n in range(MANY // 7))),
    "long misses": lambda: with_claims(*(shot(n, TALK * 199) for n in range(480))),
    "unknown speakers": lambda: with_claims(
        *(shot(n, "It is shut", f"ada-lo{n}") for n in range(MANY // 7))
    ),
    "unknown among many speakers": lambda: with_claims(
        *(shot(n, "It is shut", f"t{n}") for n in range(MANY // 9))
    ).replace("speakers:\n", "speakers:\n" + "".join(f"  s{n}: {{}}\n" for n in range(16_000))),
    "passages that are not there": lambda: changed(
        "publisher: The Post", f"apart: [{', '.join(['met for an houx'] * MANY)}]"
    ),
    "quotation marks": lambda: quoted('"“shut”' + "“”" * 4_900 + '"'),
    "events that count from one another": lambda: (
        RECORD
        + "events:\n"
        + "".join(
            f"  e{n}: {{what: x, in: a, when: {{words: on Wednesday, than: e{n + 1}}}}}\n"
            for n in range(24_000)
        )
        + "  e24000: {what: x, said: 2030-01-02, because: y}\n"
    ),
    "events before one another": lambda: (
        RECORD
        + "events:\n"
        + "".join(
            f"  e{n}: {{what: x, said: 2030-01-02, because: y, before: e{n + 1}}}\n"
            for n in range(28_000)
        )
    ),
    "events in a ring": lambda: (
        RECORD
        + "events:\n"
        + "".join(
            f"  e{n}: {{what: x, said: 2030-01-02, because: y, after: e{(n + 1) % 28_000}}}\n"
            for n in range(28_000)
        )
    ),
    "one stretch again and again": lambda: quoted(
        f'"It is shut", again: [{", ".join(["It is shut"] * MANY)}]'
    ),
    "segments": lambda: quoted("[" + ", ".join(["It is shut"] * MANY) + "]"),
    "one printing again and again": lambda: changed(
        "printed: [", "printed: [" + "{in: a, words: It is shut}, " * (MANY // 3)
    ),
    "former ids": lambda: changed(
        "    said:",
        f"    formerly: [{', '.join(f'low-{n}' for n in range(MANY))}]\n    said:",
    ),
    "files that are not there": lambda: changed(
        "articles:\n",
        "articles:\n" + "".join(f"  r{n}: {{file: a{n}.txt}}\n" for n in range(70_000)),
    ),
    "one file again and again": lambda: changed(
        "articles:\n", "articles:\n" + "".join(f"  r{n}: {{file: a.txt}}\n" for n in range(70_000))
    ),
    "dismissed words that are not there": lambda: changed(
        "dismissed:\n  a: {", "dismissed:\n  a: {" + "".join(f"x{n}: y, " for n in range(MANY))
    ),
    "invisible characters": lambda: changed(
        "dismissed:\n  a: {", "dismissed:\n  a: {" + "".join(f'"x{n}\\0": y, ' for n in range(MANY))
    ),
    "comments that cut": lambda: RECORD + "names:\n  words:\n" + "  - a # b\n" * MANY,
    "a value of 4.9 MB": lambda: changed("    said:", f'    note: "{TALK * 98_000}"\n    said:'),
    "a key of 4.9 MB": lambda: RECORD + f'? "{TALK * 98_000}"\n: x\n',
    "a dismissed stretch of 4.9 MB": lambda: changed(
        "dismissed:\n  a: {", f'dismissed:\n  a: {{? "{TALK * 98_000}" : x, '
    ),
    "one line of 4.9 MB, not of ASCII": lambda: RECORD + f'x: ["{"é" * 2_400_000}"]\n',
}


@pytest.mark.parametrize("record", HOSTILE.values(), ids=HOSTILE)
def test_p8_a_hostile_record_within_the_caps_is_refused_within_10_s_and_512_mb(refused, record):
    text = record()
    assert len(text.encode()) <= 5_000_000
    refused(text)


LARGE = {
    "other spellings": lambda: (
        RECORD + f"names:\n  a: [{', '.join(f'b{n}' for n in range(MANY))}]\n"
    ),
    "phrases": lambda: RECORD + f"phrases:\n  a: [{', '.join(f'b{n}' for n in range(MANY))}]\n",
    "passages apart": lambda: changed(
        "publisher: The Post", f"apart: [{', '.join(['met for an hour'] * MANY)}]"
    ),
    "outlets": lambda: changed(
        "publisher: The Post", f"via: [{', '.join(f'b{n}' for n in range(MANY))}]"
    ),
    "second readings": lambda: listed("checked", "ab 2030-02-01", MANY),
    "voices": lambda: listed("voices", "{words: is, of: us}", MANY // 3),
    "corrections": lambda: listed(
        "corrections", "{day: 2031-01-01, what: a, was: b, because: c}", MANY // 5
    ),
    "steps of the scale": lambda: (
        RECORD
        + "stances:\n"
        + "".join(f"  r{n}: {{label: b, means: c}}\n" for n in range(MANY // 3))
    ),
}


@pytest.mark.parametrize("record", LARGE.values(), ids=LARGE)
def test_p8_a_large_record_within_the_caps_is_published_within_10_s_and_512_mb(publishes, record):
    assert "quotes/low-shut.html" in publishes(record())


BEYOND = {
    "5,000,001 bytes": (lambda: RECORD.ljust(5_000_001, "\n"), "file-size"),
    "an id of 101 characters": (lambda: called("a" * 101), "id-form"),
    "a quotation of 10,001 characters": (lambda: quoted("a" * 10_001), "yaml-long"),
    "a dismissed reason of 10,001": (lambda: changed("a price", "a" * 10_001), "yaml-long"),
    "150,001 values": (lambda: RECORD + "x:\n" + "- b\n" * 150_000, "yaml-size"),
}


@pytest.mark.parametrize(("record", "rule"), BEYOND.values(), ids=BEYOND)
def test_p8_beyond_a_cap_the_record_is_refused_within_a_second(refused, record, rule):
    assert f"error[{rule}]" in refused(record(), seconds=1)


def test_p8_at_the_caps_a_record_is_published(around, publishes):
    words, id = "a" * 10_000, "b" * 100
    seed = f"{SEED}“{words}” is what she wrote. {FILLER * 40}\n"
    (around / "digest/seeds/a.txt").write_text(seed, encoding="utf-8")
    claim = shot(0).replace("a0:", f"{id}:").replace("It is shot 0", words)
    record = with_claims(claim.replace("said: 2030-01-02", "said: 2030-01-02, because: x"))
    assert f"quotes/{id}.html" in publishes(record.ljust(5_000_000, "\n"))

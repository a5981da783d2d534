"""What was published stays: the ledger, what it licenses, and what a build refuses."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.build import Options, check, compose
from digest.diagnostics import Refused, errors
from digest.record.ledger import read_ledger
from digest.release import release
from digest.site.feeds import updated
from tests.test_same_bytes import files, run

FILLER = "The council met for an hour and talked about the wall, the ferries and the weather. " * 8
SEEDS = {
    "a.txt": f""" date 2030-01-02 “It is shut,” Ada Low said on Wednesday. {FILLER}
“We shall see what the winter brings,” Ben Orr said on Wednesday. {FILLER}
""",
    "b.txt": f""" date 2030-01-03 “It is shut now,” Ada Low said on Wednesday. {FILLER}
“It was never open,” Ada Low had said. Ben Orr, too, was there. {FILLER}
""",
}
RECORD = """\
stances:
  open: {label: Open, means: it may open}
  shut: {label: Shut, means: it stays shut}
articles:
  a: {file: a.txt, publisher: The Post}
  b: {file: b.txt, publisher: The Mail}
speakers:
  ada-low: {name: Ada Low}
  ben-orr: {name: Ben Orr}
claims:
  low-shut:
    speaker: ada-low
    said: 2030-01-02
    when: {words: on Wednesday}
    printed:
      - {in: a, words: It is shut}
  orr-winter:
    speaker: ben-orr
    when: {words: on Wednesday}
    printed: [{in: a, words: We shall see what the winter brings}]
  low-never:
    speaker: ada-low
    said: {latest: 2030-01-03}
    printed: [{in: b, words: It was never open}]
dismissed:
  b: {It is shut now: the same again}
"""
SITE = "title: A digest\nbase_url: https://digest.example\n"
D1, D2, D3 = date(2030, 2, 1), date(2030, 2, 10), date(2030, 2, 20)
LEDGER = "data/published.txt"
LOW = "quotes/low-shut.html"
WORDS = "      - {in: a, words: It is shut}\n"
SECOND = "      - {in: b, words: It is shut now}\n"
NOT_DISMISSED = ("dismissed:\n  b: {It is shut now: the same again}\n", "")
WINTER = """\
  orr-winter:
    speaker: ben-orr
    when: {words: on Wednesday}
    printed: [{in: a, words: We shall see what the winter brings}]
"""


def corrected(day):
    """A correction of the first claim."""
    made = f"    corrections: [{{day: {day}, what: the words, was: others, because: a slip}}]\n"
    return ("  low-shut:\n", f"  low-shut:\n{made}")


def hash_of(*told):
    return sha256("\0".join(told).encode()).hexdigest()


def write(top, record=RECORD):
    for name, text in {
        "data/claims.yaml": record,
        "data/site.yaml": SITE,
        **{f"seeds/{name}": text for name, text in SEEDS.items()},
    }.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text, "utf-8")
    return top


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "digest")


@pytest.fixture
def published(folder):
    """The digest after its first release."""
    released(folder)
    return folder


def released(folder, on=D1):
    """The addresses that a release enters."""
    outcome = check(Options(folder))
    assert outcome.digest
    assert not errors(outcome.findings), "\n".join(map(str, outcome.findings))
    return [line.address for line in release(folder, outcome.digest, outcome.folder.ledger, on)]


def edit(folder, *changes, path="data/claims.yaml"):
    """Each first text, which stands there once, made the second."""
    text = (folder / path).read_text("utf-8")
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    (folder / path).write_text(text, "utf-8")


def rules(folder, strict=False):
    return [finding.rule for finding in check(Options(folder, strict=strict)).findings]


def told(folder):
    return [str(finding) for finding in check(Options(folder)).findings]


# -- What a release writes


def test_a_release_enters_every_quotation_speaker_and_article(folder):
    lines = released(folder)
    assert lines == [
        LOW, "quotes/orr-winter.html", "quotes/low-never.html",
        "speakers/ada-low.html", "speakers/ben-orr.html", "articles/a.html", "articles/b.html",
    ]  # fmt: skip
    written = (folder / LEDGER).read_text("utf-8")
    assert [line.split(" ")[:2] for line in written.splitlines()] == [[to, str(D1)] for to in lines]
    assert written.endswith("\n")


def test_the_hash_is_of_what_a_citer_relies_on(published):
    written = (published / LEDGER).read_text("utf-8").splitlines()
    hashes = dict(line.split(" ")[::2] for line in written)
    assert hashes[LOW] == hash_of("ada-low", "2030-01-02", "It is shut")
    never = hash_of("ada-low", "by 2030-01-03", "It was never open")
    assert hashes["quotes/low-never.html"] == never
    assert hashes["speakers/ben-orr.html"] == hash_of("Ben Orr")
    assert hashes["articles/a.html"] == hash_of(SEEDS["a.txt"])


def test_a_second_release_adds_nothing(published):
    before = (published / LEDGER).read_bytes()
    assert released(published, D3) == []
    assert (published / LEDGER).read_bytes() == before


def test_a_withdrawn_quotation_and_a_former_address_are_promised_too(folder):
    edit(folder, ("  low-shut:\n", "  low-shut:\n    retracted: why\n    formerly: [old]\n"))
    assert {LOW, "quotes/old.html"} <= {*released(folder)}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("final", [True, False])
def test_a_release_only_appends_with_the_files_own_line_ends(folder, end, final):
    hashes = {
        "speakers/ada-low.html": hash_of("Ada Low"),
        "articles/a.html": hash_of(SEEDS["a.txt"]),
    }
    lines = [f"{to} 2030-01-30 {hashed}" for to, hashed in hashes.items()]
    old = (end.join(lines) + (end if final else "")).encode()
    (folder / LEDGER).write_bytes(old)
    assert len(released(folder)) == 5
    whole = (folder / LEDGER).read_bytes()
    assert whole.startswith(old)
    assert whole.count(b"\n") == whole.count(end.encode()) == 7
    assert rules(folder, strict=True) == []


def test_what_cannot_be_written_leaves_the_ledger_as_it_was(published):
    before = (published / LEDGER).read_bytes()
    edit(published, corrected("2030-02-05"))
    in_the_way = published / "data/.published.txt.digest-new"
    in_the_way.mkdir()
    with pytest.raises(Refused) as refused:
        released(published, D2)
    assert refused.value.findings[0].rule == "file-unwritten"
    assert (published / LEDGER).read_bytes() == before
    in_the_way.rmdir()
    assert released(published, D2) == [LOW]


def test_a_ledger_that_changed_meanwhile_is_not_written_over(folder):
    outcome = check(Options(folder))
    released(folder)
    before = (folder / LEDGER).read_bytes()
    with pytest.raises(Refused) as refused:
        release(folder, outcome.digest, outcome.folder.ledger, D2)
    assert refused.value.findings[0].rule == "file-changed"
    assert (folder / LEDGER).read_bytes() == before
    assert not list((folder / "data").glob(".published*"))


def test_a_release_before_a_correction_is_refused(published):
    edit(published, corrected("2030-02-05"))
    with pytest.raises(Refused) as refused:
        released(published, date(2030, 2, 4))
    assert [str(finding) for finding in refused.value.findings] == [
        "data/claims.yaml:11:3: error[release-day] is corrected on a later day than that of the "
        "release, 2030-02-04\n    release --on the day of the correction, or mend that day"
    ]


# -- What may change after it was published

HARMLESS = {
    "a stance": ("  low-shut:\n", "  low-shut:\n    stance: shut\n"),
    "a note": ("  orr-winter:\n", "  orr-winter:\n    note: He laughed.\n"),
    "a venue": ("    said: 2030-01-02\n", "    said: 2030-01-02\n    venue: the quay\n"),
    "a short form": ("  low-never:\n", "  low-never:\n    short: never open\n"),
    "an outlet between": ("a, words: It is", "a, via: [Radio], words: It is"),
    "a further printing": ("words: It is shut}\n", "words: It is shut}\n" + SECOND),
    "a publisher's name": ("The Mail", "The Evening Mail"),
    "a name beside the old one": ("name: Ben Orr", "name: Ben Orr Jr, also: [Ben Orr]"),
    "a role": ("name: Ada Low", "name: Ada Low, role: Mayor"),
    "a turning point": (
        "    speaker: ben-orr\n",
        "    speaker: ben-orr\n    turning-point: news\n",
    ),
}


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(sorted(HARMLESS)), min_size=1))
def test_all_but_the_speaker_the_day_and_the_words_may_change(which):
    changes = [HARMLESS[name] for name in sorted(which)]
    with TemporaryDirectory() as top:
        folder = write(Path(top))
        released(folder)
        edit(folder, *changes, *([NOT_DISMISSED] if "a further printing" in which else ()))
        assert rules(folder, strict=True) == []
        assert released(folder, D3) == []


ALTERED = {
    "the speaker": [("  low-shut:\n    speaker: ada-low", "  low-shut:\n    speaker: ben-orr")],
    "the day": [
        ("said: 2030-01-02\n    when: {words: on Wednesday}", "said: {latest: 2030-01-02}"),
    ],
    "the words shown large": [
        (WORDS, SECOND),
        ("{It is shut now: the same again}", "{}\n  a: {It is shut: the same}"),
    ],
    "their final comma": [("words: It is shut}\n", 'words: "It is shut,"}\n')],
    "the order of the printings": [(WORDS, SECOND + WORDS), NOT_DISMISSED],
}


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(ALTERED)), st.integers(-3, 9))
def test_an_alteration_needs_a_correction_dated_after_its_last_line(name, days):
    with TemporaryDirectory() as top:
        folder = write(Path(top))
        released(folder)
        first = (folder / LEDGER).read_bytes()
        edit(folder, *ALTERED[name])
        assert rules(folder) == ["published-altered"]
        correction = D1.replace(day=1) if days == 0 else date.fromordinal(D1.toordinal() + days)
        edit(folder, corrected(correction))
        assert rules(folder) == (["published-altered"] if days <= 0 else [])
        if days > 0:
            assert released(folder, D2) == [LOW]
            assert (folder / LEDGER).read_bytes().startswith(first)
            assert released(folder, D3) == []
            assert rules(folder, strict=True) == []


def test_a_correction_licenses_only_what_is_released_with_it(published):
    edit(published, corrected("2030-02-05"), *ALTERED["the words shown large"])
    assert released(published, D2) == [LOW]
    edit(published, (SECOND, WORDS), ("b: {}", "b: {It is shut now: the same}"))
    edit(published, ("\n  a: {It is shut: the same}", ""))
    assert rules(published) == ["published-altered"]


def test_a_correction_of_something_else_is_used_up_by_the_next_release_too(published):
    edit(published, corrected("2030-02-05"))
    assert rules(published) == []
    assert released(published, D2) == [LOW]
    edit(published, *ALTERED["the day"])
    assert rules(published) == ["published-altered"]


def test_a_published_correction_stays(published):
    made = corrected("2030-02-05")
    edit(published, made, *ALTERED["the words shown large"])
    released(published, D2)
    edit(published, (made[1], made[0]))
    assert told(published) == [
        "data/claims.yaml:11:3: error[published-correction] a correction of after 2030-02-01, "
        "until 2030-02-10, was published\n    put it back under corrections:"
    ]


def test_a_later_correction_does_not_stand_for_a_published_one(published):
    edit(published, corrected("2030-02-05"), *ALTERED["the words shown large"])
    released(published, D2)
    edit(published, ("day: 2030-02-05", "day: 2030-02-15"))
    assert rules(published) == ["published-correction"]


def test_a_corrected_claim_is_recognised_by_what_was_published_last(published):
    edit(published, corrected("2030-02-05"), *ALTERED["the words shown large"])
    released(published, D2)
    edit(published, ("  low-shut:\n", "  low-now:\n"))
    assert rules(published) == ["published-renamed"]
    assert 'was published on 2030-02-10 as "low-shut"' in told(published)[0]


def test_a_line_that_a_merge_entered_twice_is_told(published):
    lines = (published / LEDGER).read_text("utf-8")
    again = lines.splitlines()[0].replace(str(D1), str(D2))
    (published / LEDGER).write_text(f"{lines}{again}\n", "utf-8")
    assert told(published) == [
        "data/claims.yaml:11:3: error[published-correction] a correction of after 2030-02-01, "
        "until 2030-02-10, was published\n    put it back under corrections:; or, if a merge "
        "entered it twice, take out data/published.txt:8:1"
    ]


def test_the_message_says_how_an_alteration_is_written(published):
    edit(published, *ALTERED["the order of the printings"])
    assert told(published) == [
        "data/claims.yaml:11:3: error[published-altered] was published on 2030-02-01 with another "
        "speaker, day or words shown large\n"
        "    put back what was published, or say what changed: corrections: [{day: one after "
        "2030-02-01, what: …, was: …, because: …}]\n"
        '    or print the words of "a" first, as before'
    ]


# -- What is gone, moved or withdrawn


def test_a_claim_that_is_gone_stops_the_build_and_the_message_says_how_to_withdraw_it(published):
    edit(published, (WINTER, ""))
    edit(published, ("dismissed:\n", "dismissed:\n  a: {We shall see what the winter brings: x}\n"))
    assert told(published) == [
        'data/published.txt:2:1: error[published-dropped] the claim "orr-winter" was published on '
        "2030-02-01 and is gone from the record\n"
        "    withdrawn? put its entry back with retracted: and why; its address then says so\n"
        "    renamed, or a printing of another claim now? add formerly: [orr-winter] to that entry"
    ]
    assert compose(Options(published, cache=False)).files == {}


def test_a_withdrawn_claim_may_change_otherwise_and_is_a_tombstone(published):
    edit(published, *ALTERED["the words shown large"])
    edit(published, ("  low-shut:\n", "  low-shut:\n    retracted: she never said it\n"))
    outcome = compose(Options(published, strict=True, cache=False))
    assert outcome.findings == []
    assert b"she never said it" in outcome.files[LOW]


def test_a_renamed_claim_is_recognised_and_its_old_address_leads_to_it(published):
    edit(published, ("  orr-winter:", "  orr-on-winter:"))
    assert told(published) == [
        "data/claims.yaml:17:3: error[published-renamed] was published on 2030-02-01 as "
        '"orr-winter", and that address would be gone\n'
        "    add formerly: [orr-winter] to this entry: the old address then leads here"
    ]
    edit(published, ("  orr-on-winter:\n", "  orr-on-winter:\n    formerly: [orr-winter]\n"))
    outcome = compose(Options(published, cache=False))
    assert outcome.findings == []
    assert b"url=../quotes/orr-on-winter.html" in outcome.files["quotes/orr-winter.html"]
    assert released(published, D2) == ["quotes/orr-on-winter.html"]
    assert rules(published, strict=True) == []


def test_an_old_address_may_not_lead_to_other_words(published):
    edit(published, (WINTER, ""), ("  low-shut:\n", "  low-shut:\n    formerly: [orr-winter]\n"))
    edit(published, ("dismissed:\n", "dismissed:\n  a: {We shall see what the winter brings: x}\n"))
    edit(published, ("    speaker: ada-low\n    said: {l", "    speaker: ben-orr\n    said: {l"))
    assert "published-altered" in rules(published)
    assert '"orr-winter" was published on 2030-02-01 with another' in told(published)[0]


def test_a_claim_that_becomes_a_printing_of_another_needs_no_correction(folder):
    twice = "  low-now:\n    speaker: ada-low\n    said: 2030-01-02\n"
    twice += "    when: {words: on Wednesday}\n    printed:\n" + SECOND
    edit(folder, NOT_DISMISSED)
    edit(folder, ("  low-never:", twice + "  low-never:"))
    released(folder)
    edit(folder, (twice, ""), (WORDS, WORDS + SECOND))
    assert rules(folder) == ["published-dropped"]
    edit(folder, ("  low-shut:\n", "  low-shut:\n    formerly: [low-now]\n"))
    assert rules(folder, strict=True) == []


def test_a_fault_elsewhere_in_the_claims_does_not_make_them_seem_gone(published):
    edit(published, ("  low-shut:\n    speaker:", "  low-shut:\n    spekaer:"))
    assert rules(published) == ["field-unknown"]
    edit(published, ("  low-shut:\n", "  low-closed:\n    formerly: [low-shut]\n"))
    assert rules(published) == ["field-unknown"]


# -- Speakers and articles


def test_a_speakers_former_name_stays_known(published):
    edit(published, ("{name: Ben Orr}", "{name: Ben Orr Jr, also: [B. Orr, Ben Orr]}"))
    assert rules(published, strict=True) == []
    edit(published, (", Ben Orr]", ", Orr]"))
    assert told(published) == [
        "data/claims.yaml:9:19: error[published-altered] was published on 2030-02-01 under another "
        "name\n    keep the former name in also:; another person has an entry of their own"
    ]


def test_a_speaker_with_a_page_cannot_become_unnamed(published):
    edit(published, ("{name: Ben Orr}", "{unnamed: a ferryman, also: [Ben Orr]}"))
    # It is told at the claim too: the words were those of somebody with a name.
    at_the_claim, at_the_speaker = sorted(told(published))
    assert "claims.yaml:17:3: error[published-altered] was published on" in at_the_claim
    assert at_the_speaker == (
        "data/claims.yaml:9:22: error[published-altered] had a page under a name, published on "
        "2030-02-01\n    give name: again; for an unnamed speaker make another entry"
    )


def test_a_speaker_whom_nothing_names_any_more_keeps_the_page(published):
    edit(published, ("    speaker: ben-orr\n", "    speaker: ada-low\n"))
    edit(
        published,
        ("  orr-winter:\n", "  orr-winter:\n" + corrected("2030-02-05")[1].split("\n", 1)[1]),
    )
    outcome = compose(Options(published, strict=True, cache=False))
    assert outcome.findings == []
    assert b"Ben Orr" in outcome.files["speakers/ben-orr.html"]


def test_a_speaker_that_is_gone_or_renamed_stops_the_build(published):
    text = (published / "data/claims.yaml").read_text("utf-8")
    (published / "data/claims.yaml").write_text(text.replace("ben-orr", "orr"), "utf-8")
    gone = 'the speaker "ben-orr" was published on 2030-02-01 and is gone from the record'
    assert f"data/published.txt:5:1: error[published-dropped] {gone}\n" + (
        '    it is called "orr" now: an address stays; rename it'
    ) in told(published)
    edit(published, ("name: Ben Orr", "name: Mr Orr, also: [Ben Orr]"))
    assert f"data/published.txt:5:1: error[published-dropped] {gone}\n" + (
        "    put its entry back under speakers:, even if nothing names it"
    ) in told(published)


def test_the_file_of_a_published_article_is_never_edited(published):
    edit(published, ("weather. \n“We", "weather.\n“We"), path="seeds/a.txt")
    assert told(published) == [
        "data/claims.yaml:5:13: error[published-altered] seeds/a.txt is not the text that was "
        "published on 2030-02-01\n"
        "    put the file back as it was; another text of it is another article"
    ]


def test_an_article_that_is_renamed_stops_the_build(published):
    edit(published, ("  a: {file", "  aa: {file"))
    text = (published / "data/claims.yaml").read_text("utf-8").replace("in: a,", "in: aa,")
    (published / "data/claims.yaml").write_text(text, "utf-8")
    assert told(published) == [
        'data/published.txt:6:1: error[published-dropped] the article "a" was published on '
        '2030-02-01 and is gone from the record\n    it is called "aa" now: an address stays; '
        "rename it"
    ]


def test_an_unnamed_speakers_description_is_what_was_published(folder):
    edit(folder, ("{name: Ada Low}", "{unnamed: a pilot, also: [Ada Low]}"))
    assert "speakers/ada-low.html" not in released(folder)
    edit(folder, ("a pilot", "a captain"))
    assert rules(folder) == ["published-altered"] * 2


# -- Strict


def test_strict_refuses_a_claim_that_is_not_in_the_ledger(folder):
    assert rules(folder, strict=True) == []  # nothing was published yet
    text = (folder / "data/claims.yaml").read_text("utf-8")
    edit(folder, (WINTER, ""))
    edit(folder, ("  ben-orr: {name: Ben Orr}\n", ""))
    edit(folder, ("dismissed:\n", "dismissed:\n  a: {We shall see what the winter brings: x}\n"))
    released(folder)
    (folder / "data/claims.yaml").write_text(text, "utf-8")
    assert rules(folder) == []
    refused = compose(Options(folder, strict=True, cache=False))
    assert refused.files == {}
    assert [str(finding) for finding in refused.findings] == [
        'data/claims.yaml:17:3: warning[claim-unreleased] "orr-winter" is not in the ledger yet\n'
        "    digest release enters what is new; build --strict publishes nothing else"
    ]


def test_an_empty_ledger_is_none(folder):
    (folder / LEDGER).write_text("", "utf-8")
    assert rules(folder, strict=True) == []


# -- The file

H = "0123456789abcdef" * 4
NO_ADDRESS = "is no address that is promised"
NO_HASH = "expected a sha256, 64 digits and letters a to f"
BEHIND = "the line goes on behind its sha256"
MERGE = "a merge was left unfinished here"
EARLIER = "quotes/z.html is of 2030-01-01 already, in line 1"
MALFORMED = {
    "": (1, "ledger-line", f'"" {NO_ADDRESS}'),
    "quotes/a.html": (15, "ledger-line", '"" is not a day'),
    f" quotes/a.html 2030-01-01 {H}": (1, "ledger-line", f'"" {NO_ADDRESS}'),
    f"quotes/A.html 2030-01-01 {H}": (1, "ledger-line", f'"quotes/A.html" {NO_ADDRESS}'),
    f"quotes/../a.html 2030-01-01 {H}": (1, "ledger-line", f'"quotes/../a.html" {NO_ADDRESS}'),
    f"days/a.html 2030-01-01 {H}": (1, "ledger-line", f'"days/a.html" {NO_ADDRESS}'),
    f"quotes/a.html  2030-01-01 {H}": (15, "ledger-line", '"" is not a day'),
    f"quotes/a.html 2030-02-30 {H}": (15, "ledger-line", '"2030-02-30" is not a day'),
    f"quotes/a.html 20300201 {H}": (15, "ledger-line", '"20300201" is not a day'),
    f"quotes/a.html 2030-02-01 {H[1:]}": (26, "ledger-line", NO_HASH),
    f"quotes/a.html 2030-02-01 {H.upper()}": (26, "ledger-line", NO_HASH),
    f"quotes/a.html 2030-02-01 {H} ": (90, "ledger-line", BEHIND),
    f"quotes/a.html 2030-02-01 {H} # why": (90, "ledger-line", BEHIND),
    "<<<<<<< HEAD": (1, "ledger-merge", MERGE),
    "=======": (1, "ledger-merge", MERGE),
    ">>>>>>> theirs": (1, "ledger-merge", MERGE),
    f"quotes/z.html 2030-01-01 {H}": (15, "ledger-order", EARLIER),
    f"quotes/z.html 2029-12-31 {H}": (15, "ledger-order", EARLIER),
}


@pytest.mark.parametrize("line", MALFORMED)
def test_every_malformed_line_is_told_with_its_column_and_a_fix(line):
    good = f"quotes/z.html 2030-01-01 {H}"
    last = f"quotes/y.html 2030-01-01 {H}"
    ledger, [finding] = read_ledger(f"{good}\n{line}\n{last}\n")
    assert [*ledger.lines] == ["quotes/z.html", "quotes/y.html"]
    column, rule, message = MALFORMED[line]
    place = finding.place
    assert (place.path, place.line, place.column) == (LEDGER, 2, column)
    assert (finding.rule, finding.message, finding.severity) == (rule, message, "error")
    assert len(finding.hints) == 1


def test_a_malformed_line_stops_the_build(published):
    with (published / LEDGER).open("a") as ledger:
        ledger.write("quotes/x.html\n")
    assert rules(published) == ["ledger-line"]
    assert compose(Options(published, cache=False)).files == {}


def test_line_ends_of_windows_a_byte_order_mark_and_a_missing_last_newline_are_read(published):
    whole = (published / LEDGER).read_bytes()
    for written in (whole.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + whole, whole[:-1]):
        (published / LEDGER).write_bytes(written)
        assert rules(published, strict=True) == []


def test_a_link_is_no_ledger(published):
    (published / LEDGER).rename(published / "elsewhere.txt")
    (published / LEDGER).symlink_to("../elsewhere.txt")
    assert rules(published) == ["file-kind"]


WRITTEN = st.sampled_from(
    [f"quotes/a.html 2030-01-01 {H}", "quotes/a.html", " ", "\r", "=======", H]
)


@given(st.lists(st.one_of(WRITTEN, st.text())).map("\n".join))
def test_any_text_is_a_ledger_or_told_where_it_is_none(text):
    ledger, findings = read_ledger(text)
    lines = text.split("\n")
    for finding in findings:
        assert 1 <= finding.place.line <= len(lines)
        assert 1 <= finding.place.column <= len(lines[finding.place.line - 1]) + 2
    read = sum(map(len, ledger.lines.values()))
    assert read + len(findings) == (len(text.removesuffix("\n").split("\n")) if text else 0)


# -- What others are told


def test_feeds_and_sitemap_have_the_ledgers_day_or_the_last_corrections(published):
    outcome = check(Options(published))
    days = {one.id: updated(one, outcome.digest) for one in outcome.digest.claims}
    assert set(days.values()) == {D1}
    edit(published, corrected("2030-02-05"))
    site = compose(Options(published, cache=False)).files
    dated = {
        one["url"].rsplit("/", 1)[1]: one["date_modified"]
        for one in json.loads(site["feed.json"])["items"]
    }
    assert dated == {
        "low-shut.html": "2030-02-05T00:00:00Z",
        "orr-winter.html": "2030-02-01T00:00:00Z",
        "low-never.html": "2030-02-01T00:00:00Z",
    }
    released(published, D2)
    assert compose(Options(published, cache=False)).files["feed.json"] == site["feed.json"]
    sitemap = site["sitemap.xml"].decode()
    assert f"{LOW}</loc><lastmod>2030-02-05</lastmod>" in sitemap
    assert "quotes/low-never.html</loc><lastmod>2030-02-01</lastmod>" in sitemap


def test_a_report_is_as_new_as_the_page_of_its_article(folder):
    report = "reports:\n  met: {by: ben-orr, said: {latest: 2030-01-03}, in: b, passage: Ben Orr}\n"
    edit(
        folder,
        ("dismissed:", report.replace("Ben Orr}", '"Ben Orr, too, was there"}') + "dismissed:"),
    )
    released(folder)
    digest = check(Options(folder)).digest
    assert [updated(one, digest) for one in digest.reports] == [D1]


# -- The command


def test_the_command_prints_what_it_entered_and_then_has_nothing_to_do(folder):
    first = run("release", "--root", folder, "--on", "2030-02-01")
    assert (first.returncode, first.stderr) == (0, "")
    lines = first.stdout.splitlines()
    assert (lines[0], lines[-1], len(lines)) == (LOW, "7 addresses entered on 2030-02-01", 8)
    again = run("release", "--root", folder, "--on", "2030-02-03")
    assert (again.returncode, again.stdout) == (0, "nothing new since the last release\n")


def test_without_a_day_a_release_is_of_today(folder):
    before = date.today()
    assert run("release", "--root", folder).returncode == 0
    [day] = {line.split(" ")[1] for line in (folder / LEDGER).read_text("utf-8").splitlines()}
    assert before <= date.fromisoformat(day) <= date.today()


@pytest.mark.parametrize("day", ["tomorrow", "20300201", "2030-02-30"])
def test_a_day_that_is_none_is_a_slip_of_the_command_line(folder, day):
    assert run("release", "--root", folder, "--on", day).returncode == 2
    assert not (folder / LEDGER).exists()


def test_nothing_is_promised_while_anything_is_wrong(folder):
    edit(folder, ("words: It is shut}", "words: It was shut}"))
    refused = run("release", "--root", folder, "--on", "2030-02-01")
    assert refused.returncode == 1
    assert "error[words-not-found]" in refused.stderr
    assert not (folder / LEDGER).exists()


def test_a_build_after_a_release_is_that_of_a_clean_build(folder):
    assert run("build", "--root", folder).returncode == 0
    before = files(folder / "site")
    released(folder)
    assert run("build", "--root", folder).returncode == 0
    after = files(folder / "site")
    assert after != before
    assert run("build", "--root", folder, "--out", folder / "clean", "--no-cache").returncode == 0
    assert files(folder / "clean") == after
    edit(folder, (WINTER, ""))
    edit(folder, ("dismissed:\n", "dismissed:\n  a: {We shall see what the winter brings: x}\n"))
    assert run("build", "--root", folder).returncode == 1
    assert files(folder / "site") == after


def test_the_record_of_the_next_release_passes_every_check_before_it(published):
    edit(published, ("  orr-winter:\n", "  orr-cold:\n    formerly: [orr-winter]\n"))
    assert run("check", "--root", published, "--strict").returncode == 0
    assert run("build", "--root", published).returncode == 0
    strict = run("build", "--root", published, "--strict")
    assert strict.returncode == 1
    assert "error[claim-unreleased]" in strict.stderr


def test_a_file_that_is_no_ledger_is_read_no_further_than_a_thousand_wrong_lines():
    found, findings = read_ledger("no line\n" * 500_000)
    assert found.lines == {}
    assert len(findings) == 1001
    assert str(findings[-1].place) == "data/published.txt:1000:1"
    assert findings[-1].message == "is read no further: 1,000 lines of it are wrong"

"""One utterance printed twice is one claim, and a copy of an article adds none."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from itertools import combinations

import pytest

from digest.build import Options, check
from digest.proof.alike import similar

WEEK = (
    "The harbour council met on {day} to hear the engineers, who had measured every timber of the "
    "northern breakwater since the previous autumn. "
)
FIRST = (
    " date 2030-01-02 “{words},” Ada Low said on Wednesday. Merchants complained about shipments "
    "that stayed in warehouses beyond the estuary, and insurers demanded certificates.\n"
)
LATER = (
    " date 2030-01-03 Ada Low, speaking to broadcasters on Wednesday, was firm: “{words}.” Her "
    "opponents remained unimpressed, and fishermen announced demonstrations for the weekend. The "
    "engineers of the neighbouring county had offered help in the autumn, and nobody had replied "
    "to them; the ferries lay at anchor, the cranes stood still, and the fish market was empty.\n"
)
RECORD = """\
articles:
  a: {{file: a.txt}}
  b: {{file: b.txt}}
speakers:
  ada-low: {{name: Ada Low}}
  ben-orr: {{name: Ben Orr}}
claims:
  low-first:
    speaker: ada-low
    said: 2030-01-02
    when: {{words: on Wednesday}}
    printed: [{{in: a, words: "{one}"}}]
  low-later:
    speaker: {speaker}
    said: 2030-01-02
    when: {{words: on Wednesday}}
    printed: [{{in: b, words: "{other}"}}]
{more}"""


@pytest.fixture
def found(a_digest, tmp_path):
    """What is said of a record in which two articles print these words."""

    def find(one, other, speaker="ada-low", more=""):
        seeds = {
            "a.txt": FIRST.format(words=one),
            "b.txt": LATER.format(words=other) + "Ben Orr of the union was there.\n",
        }
        record = RECORD.format(one=one, other=other, speaker=speaker, more=more)
        if speaker == "ada-low":
            record = record.replace("  ben-orr: {name: Ben Orr}\n", "")
        return [str(one) for one in check(Options(a_digest(tmp_path, seeds, record))).findings]

    return find


TWICE = (
    'data/claims.yaml:12:3: warning[claim-alike] says nearly what "low-first" says, in another '
    "article\n    that stands at data/claims.yaml:7:3; one utterance printed twice is one claim: "
    "move it under printed: there (with formerly: [low-later] if it was published)\n"
    "    said twice? a disagreement with claims: [low-first, low-later] tells them apart"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will mend it before the winter", "We will mend it before the winter"),
        ("We will mend it before the winter", "we’ll mend it before the Winter"),
        ("a bit of impasse here", "a bit of [an] impasse here"),
        (
            "It’s not going anywhere. It’s not going to end anytime soon",
            "not going to end any time soon",
        ),
        ("The wall stands, and it will stand", "and it will stand"),
    ],
)
def test_t12_t13_nearly_the_same_words_of_one_speaker_in_two_articles_are_told(found, one, other):
    assert found(one, other) == [TWICE]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will mend it before the winter", "We will sell it after the summer"),
        ("walk away", "walk away"),  # a catchword
        ("will walk away", "will walk away"),
        ("we will walk away", "we will not walk away"),
        ("It was never open to the public or to the press", "Open the gates to the public now"),
    ],
)
def test_other_words_and_catchwords_are_not(found, one, other):
    assert found(one, other) == []


def test_the_same_words_of_another_speaker_are_not(found):
    assert found("We will mend it before the winter", "We will mend it before the winter",
                 speaker="ben-orr") == []  # fmt: skip


def test_claims_that_a_disagreement_names_both_are_told_apart(found):
    words = "We will mend it before the winter"
    sides = """\
disagreements:
  once-or-twice:
    about: whether she said it once
    sides:
      - {in: a, passage: Merchants complained about shipments, holds: once}
      - {in: b, passage: Her opponents remained unimpressed, holds: twice}
    follows: neither
    because: neither says
    claims: [low-later, low-first]
"""
    assert found(words, words, more=sides) == []
    assert TWICE in found(words, words, more=sides.replace("low-later, low-first", "low-first"))


def test_one_article_may_print_the_same_words_as_two_claims(a_digest, tmp_path):
    words = "We will mend it before the winter"
    seeds = {"a.txt": FIRST.format(words=words) + f"“{words},” Ada Low repeated.\n"}
    record = RECORD.format(one=words, other=words, speaker="ada-low", more="")
    record = record.replace("in: b", "in: a").replace("  b: {file: b.txt}\n", "")
    record = record.replace("  ben-orr: {name: Ben Orr}\n", "")
    record = record.replace(f'"{words}"', f'"{words},", after: "2030-01-02"', 1)
    record = record.replace(f'"{words}"', f'"{words},", after: "certificates."', 1)
    assert check(Options(a_digest(tmp_path, seeds, record))).findings == []


def test_a_withdrawn_claim_is_like_no_other(found):
    words = "We will mend it before the winter"
    assert found(words, words, more="    retracted: it is low-first\n") == []


# -- Copies

SCRAPED = [
    ("“", "«"),
    ("”", "»"),
    ("\n\n", "\n\nAdvertisement\n\n"),
    ("WhilePresident", "While President"),
]


def copied(root, tmp_path, text, name="009_again.txt"):
    """The findings about the real digest with one more file."""
    folder = tmp_path / "digest"
    folder.mkdir()
    shutil.copytree(root / "data", folder / "data")
    (folder / "seeds").mkdir()
    for seed in (root / "seeds").glob("*.txt"):
        (folder / "seeds" / seed.name).write_bytes(seed.read_bytes())
    (folder / "seeds" / name).write_text(text, "utf-8")
    found = check(Options(folder)).findings
    return [one for one in found if one.rule == "article-copy"]


SEEDS = [
    "000_f1ea0134da60f433.txt",
    "001_bca4b0d82c1e0203.txt",
    "002_ae83f8d0f36d95d9.txt",
    "003_3c540699d1e092a6.txt",
    "004_16b3e46e4f50e900.txt",
]


@pytest.mark.parametrize("seed", SEEDS)
def test_t51_a_second_scrape_of_an_article_is_told_at_the_later_file(root, tmp_path, seed):
    text = (root / "seeds" / seed).read_text("utf-8")
    for before, after in SCRAPED:
        text = text.replace(before, after)
    [finding] = copied(root, tmp_path, text)
    assert str(finding.place) == "seeds/009_again.txt:1:1"
    assert finding.message.startswith(f"is a copy of seeds/{seed}, by ")
    assert finding.severity == "warning"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_twelfth_word_changed_is_a_copy_still(root, tmp_path, seed):
    words = (root / "seeds" / seed).read_text("utf-8").split(" ")
    words[5::12] = ["otherwise"] * len(words[5::12])
    assert len(copied(root, tmp_path, " ".join(words))) == 1


def test_an_excerpt_is_a_copy_too_and_a_quoted_paragraph_is_not(root, tmp_path):
    text = (root / "seeds" / SEEDS[3]).read_text("utf-8")
    assert len(copied(root, tmp_path, text[: len(text) // 2])) == 1
    own = (root / "seeds" / SEEDS[4]).read_text("utf-8").replace("e", "é")
    (tmp_path / "second").mkdir()
    assert copied(root, tmp_path / "second", own + text[2000:2600]) == []


def test_a_copy_that_is_curated_as_one_is_not_told_again(a_digest, tmp_path):
    story = "".join(WEEK.format(day=day) for day in ("Monday", "Friday")) + FIRST[17:].format(
        words="We will mend it before the winter"
    )
    story += "Contractors estimated replacements, deliveries and scaffolding at fourteen millions; "
    story += "residents questioned whether temporary pontoons were appropriate meanwhile.\n"
    seeds = {"a.txt": f" date 2030-01-02 {story}", "b.txt": f" date 2030-01-02 {story}"}
    words = "We will mend it before the winter"
    record = RECORD.format(one=words, other=words, speaker="ada-low", more="")
    record = record.replace("  ben-orr: {name: Ben Orr}\n", "")
    found = check(Options(a_digest(tmp_path, seeds, record))).findings
    assert [one.rule for one in found] == ["claim-alike", "article-copy"]
    head, _, _ = record.partition("  low-later:")
    second = head.replace('winter"}]', 'winter"}, {in: b, words: "' + words + '"}]')
    assert check(Options(a_digest(tmp_path, seeds, second))).findings == []


# -- What it costs


def test_the_work_grows_with_the_number_and_not_with_the_pairs():
    compared = {
        count: sum(1 for _ in similar(range(count), lambda _: frozenset("abc"), 0.0))
        for count in (100, 200, 400)
    }
    assert compared[400] <= 2.1 * compared[200] <= 4.5 * compared[100] < 4.5 * 1000


def test_a_copy_is_found_however_common_its_words_are():
    chance = random.Random(7)
    common = [f"common {number}" for number in range(40)]
    own = [frozenset([*chance.sample(common, 12), *(f"{at} {n}" for n in range(20))])
           for at in range(60)]  # fmt: skip
    own.append(own[3])
    pairs = [pair for *pair, _ in similar(own, lambda runs: runs, 0.5)]
    assert pairs == [[own[3], own[60]]]


def test_of_many_copies_each_is_told():
    things = [frozenset("abc")] * 30
    later = [later for _, later, _ in similar(enumerate(things), lambda one: one[1], 0.5)]
    assert {number for number, _ in later} == set(range(1, 30))


def test_every_pair_of_a_few_is_compared():
    things = [frozenset([number, "shared"]) for number in range(6)]
    pairs = [(one, other) for one, other, _ in similar(range(6), things.__getitem__, 0.5)]
    assert pairs == sorted(combinations(range(6), 2), key=lambda pair: pair[1])


def test_a_record_without_near_misses_never_loads_what_measures_them(root):
    code = (
        "import sys; from pathlib import Path; from digest.build import Options, check; "
        f"found = check(Options(Path({str(root)!r}))).findings; "
        "assert not found, found; assert 'rapidfuzz' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""A curator's mistakes, one at a time, each with all that is said of it; and texts of any kind."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.build import check, compose
from digest.diagnostics import Diagnostic, Refused
from digest.model.options import Options
from digest.model.record import Record
from digest.reading.articles import read_article
from digest.record.parts import read_record

FILLER = "The council met for an hour and talked about the wall, the nets and the weather. " * 8
SEEDS = {
    "a.txt": f""" date 2030-01-02 “It is shut,” Ada Low said on Wednesday. {FILLER}
The council had voted on Monday. A day earlier the pier was “out of bounds” to all. {FILLER}
The last ferry sails tomorrow. “The old pier will never open again,” she said. {FILLER}
Gulls rest on the harbour wall. Write to desk@post.example for more. {FILLER}
On the quay, Ben Orr of the union said the crews would stay ashore. {FILLER}
""",
    "b.txt": f""" date 2030-01 “We were not asked,” Ben Orr said in Lowestoft on Monday. {FILLER}
""",
}
RECORD = """\
articles:
  a:
    file: a.txt
    publisher: The Post
    apart: ["Gulls rest on the harbour wall."]
  b: {file: b.txt, publisher: The Mail}
speakers:
  ada-low: {name: Ada Low}
  ben-orr: {name: Ben Orr}
events:
  vote:
    what: the council votes
    in: a
    when: {words: on Monday}
  closing:
    what: the pier is closed
    in: a
    when: {words: A day earlier, than: vote}
  visit:
    what: Low visits the quay
    in: a
    when: {words: on Wednesday}
claims:
  low-shut:
    speaker: ada-low
    said: 2030-01-02
    when: {words: on Wednesday}
    printed: [{in: a, words: "It is shut"}]
  low-pier:
    speaker: ada-low
    at: visit
    short: "old pier will never open again"
    printed: [{in: a, words: "The old pier will never open again"}]
  orr-asked:
    speaker: ben-orr
    when: {words: on Monday}
    printed: [{in: b, words: "We were not asked"}]
reports:
  orr-crews:
    by: ben-orr
    in: a
    passage: "the crews would stay ashore"
dismissed:
  a: {"out of bounds": a phrase}
phrases:
  shut: [shut, closed]
"""
Files = dict[str, str]


def changed(*slips: tuple[str, str]) -> Files:
    """The record with each first text, which stands in it once, made the second."""
    text = RECORD
    for right, wrong in slips:
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    return {"data/claims.yaml": text}


def article_a(right: str, wrong: str) -> Files:
    """The first article with other words, which the record does not know of."""
    assert SEEDS["a.txt"].count(right) == 1
    return {"seeds/a.txt": SEEDS["a.txt"].replace(right, wrong)}


SCALE = """\
stances:
  keep: {label: Keep, means: it stays}
  shorten: {label: Shorten, means: a part goes, threshold: speaks of an end}
  close: {label: Close, means: it goes}
"""
DIFFER = """\
disagreements:
  day:
    about: the day of the vote
    sides:
      - {in: a, passage: The council had voted on Monday, holds: 2029-12-31}
      - {in: b, passage: Ben Orr said in Lowestoft on Monday, holds: 2030-01-07}
    follows: neither
    because: nothing else decides
"""


def more(section: str, *slips: tuple[str, str]) -> Files:
    """The record and one more section, with each first text made the second."""
    for right, wrong in slips:
        assert section.count(right) == 1, right
        section = section.replace(right, wrong)
    return changed(("phrases:\n", section + "phrases:\n"))


def site(option: str) -> Files:
    """``site.yaml`` with one more line."""
    return {"data/site.yaml": f"title: A digest\n{option}\n"}


CLOSING = """\
  closing:
    what: the pier is closed
    in: a
    when: {words: A day earlier, than: vote}
"""
LOW_SAID = "    said: 2030-01-02\n    when: {words: on Wednesday}\n"
MISTAKES: dict[str, tuple[Files, list[str]]] = {
    "an event in an article that nobody knows": (
        changed(("quay\n    in: a", "quay\n    in: aa")),
        [
            ('data/claims.yaml:21:9: error[id-unknown] no article "aa"\n    did you mean "a"?'),
        ],
    ),
    "words for an event's day that stand twice": (
        article_a("sails tomorrow", "sailed on Monday"),
        [
            (
                "data/claims.yaml:14:19: error[when-place] stands 2 times: seeds/a.txt:2:23, "
                "seeds/a.txt:3:23\n"
                "    say where with after: and the words right before"
            ),
        ],
    ),
    "words for an event's day that stand nowhere": (
        changed(("A day earlier", "Two days earlier")),
        [
            (
                "data/claims.yaml:18:19: error[passage-not-found] does not stand in this article\n"
                "    nearest, at seeds/a.txt:2:34: “A day earlier”\n"
                "    here “Two days earl”, there “A day earlier”"
            ),
        ],
    ),
    "two events that count from each other": (
        changed(("on Monday}\n  closing", "A day earlier, than: closing}\n  closing")),
        [
            (
                "data/claims.yaml:18:40: error[when-cycle] counts from itself: vote → closing → "
                "vote\n"
                "    date one of them itself"
            ),
        ],
    ),
    "two events each before the other": (
        changed(
            (
                "on Monday}\n  closing",
                "on Monday}\n    before: call\n  call:\n    what: a call\n    in: a\n"
                "    when: {words: on Monday}\n    before: vote\n  closing",
            )
        ),
        [
            (
                "data/claims.yaml:15:13: error[order-circle] stands before itself\n"
                "    leave out one before: or after: of call, vote"
            ),
            (
                "data/claims.yaml:20:13: error[order-circle] stands before itself\n"
                "    leave out one before: or after: of call, vote"
            ),
        ],
    ),
    "an event before one of another day": (
        changed(("on Wednesday}\nclaims", "on Wednesday}\n    before: vote\nclaims")),
        [
            (
                "data/claims.yaml:23:13: error[order-day] said 2030-01-02, and that was "
                "2029-12-31\n"
                "    before: and after: order what is of one day"
            ),
        ],
    ),
    "earliest and latest exchanged": (
        changed(
            (
                LOW_SAID,
                "    said: {earliest: 2030-01-02, latest: 2030-01-01}\n    because: she said so\n",
            )
        ),
        [
            (
                "data/claims.yaml:26:11: error[window-order] 2030-01-02 is after 2030-01-01\n"
                "    exchange earliest and latest"
            ),
        ],
    ),
    "a day between two Mondays, whatever the reason": (
        changed(
            (
                "ben-orr\n    when",
                "ben-orr\n    said: 2030-01-08\n    because: the second week\n    when",
            )
        ),
        [
            (
                'data/claims.yaml:36:11: error[day-not-meant] 2030-01-08 does not follow: "on '
                'Monday" + article of 2030-01-01 to 2030-01-31 → 2029-12-31 or 2030-01-07 or '
                "2030-01-14 or 2030-01-21 or 2030-01-28\n"
                "    said: 2029-12-31, or other words for the day"
            ),
        ],
    ),
    "one Monday of several without a reason": (
        changed(("ben-orr\n    when", "ben-orr\n    said: 2030-01-07\n    when")),
        [
            (
                "data/claims.yaml:36:11: error[day-narrower] narrower than the words, which mean "
                "2029-12-31 or 2030-01-07 or 2030-01-14 or 2030-01-21 or 2030-01-28\n"
                "    say why: because: …"
            ),
        ],
    ),
    "a claim said after its article": (
        changed((LOW_SAID, "    said: 2030-01-03\n    because: she said so\n")),
        [
            (
                "data/claims.yaml:26:11: error[day-after-article] 2030-01-03 is after its "
                "article, which is of 2030-01-02\n"
                "    date the utterance, not the day on which it was filed"
            ),
        ],
    ),
    "a report said after its article": (
        changed(("by: ben-orr\n", "by: ben-orr\n    said: 2030-01-03\n    because: he said so\n")),
        [
            (
                "data/claims.yaml:41:11: error[day-after-article] 2030-01-03 is after its "
                "article, which is of 2030-01-02\n"
                "    date the utterance, not the day on which it was filed"
            ),
        ],
    ),
    "an announced day without ahead": (
        changed(
            (
                "quay\n    in: a\n    when: {words: on Wednesday}",
                "quay\n    in: a\n    when: {words: tomorrow}",
            ),
            ("at: visit", "at: vote"),
        ),
        [
            (
                "data/claims.yaml:22:19: error[when-ahead] no such day lies before the article\n"
                "    what was announced lies ahead: add ahead: yes"
            ),
        ],
    ),
    "a day that does not follow from its words": (
        changed(("said: 2030-01-02", "said: 2030-01-01")),
        [
            (
                'data/claims.yaml:26:11: error[day-not-meant] 2030-01-01 does not follow: "on '
                'Wednesday" + article of Wed 2030-01-02 → 2030-01-02\n'
                "    said: 2030-01-02, or other words for the day"
            ),
        ],
    ),
    "a header that says another month": (
        changed(("b: {file: b.txt", "b: {published: 2030-02-01, file: b.txt")),
        [
            (
                "data/claims.yaml:6:18: error[article-published] the file's own header says "
                "2030-01-01 to 2030-01-31"
            ),
        ],
    ),
    "quotation marks copied along": (
        changed(('"It is shut"', '"“It is shut,”"')),
        [
            (
                "data/claims.yaml:28:30: error[words-marked] holds the article's own quotation "
                "marks\n"
                "    leave out the quotation marks around the words"
            ),
        ],
    ),
    "part of a stretch": (
        changed(('"It is shut"', '"is shut"')),
        [
            (
                "data/claims.yaml:28:30: error[words-part] is only part of the stretch at "
                "seeds/a.txt:1:22\n"
                "    quote the whole stretch: nothing may be left out between the marks\n"
                "    “It is shut,”"
            ),
        ],
    ),
    "a stretch of another article": (
        changed(('"It is shut"', '"We were not asked"')),
        [
            (
                "data/claims.yaml:28:30: error[words-elsewhere] does not stand in this article "
                'but in "b"\n'
                "    in: b, or other words"
            ),
        ],
    ),
    "prose taken for a quotation": (
        changed(('"It is shut"', '"the crews would stay ashore"')),
        [
            (
                "data/claims.yaml:28:30: error[words-unquoted] stands at seeds/a.txt:5:40, but "
                "not between quotation marks\n"
                "    the article's own prose is a passage, not a quotation"
            ),
        ],
    ),
    "a stretch claimed and dismissed": (
        changed(('"out of bounds": a phrase', '"It is shut": a phrase, "out of bounds": a phrase')),
        [
            (
                "data/claims.yaml:44:7: error[stretch-twice] the stretch at seeds/a.txt:1:19 is "
                "spoken for\n"
                '    "low-shut" has it at data/claims.yaml:28:30; a stretch is in one claim, or '
                "dismissed"
            ),
        ],
    ),
    "a passage from a caption": (
        changed(('"the crews would stay ashore"', '"on the harbour wall"')),
        [
            (
                "data/claims.yaml:42:14: error[passage-apart] holds what is never printed: a "
                "caption, boilerplate, an address\n"
                "    give other words"
            ),
        ],
    ),
    "a passage with an address for mail": (
        changed(('"the crews would stay ashore"', '"Write to desk@post.example"')),
        [
            (
                "data/claims.yaml:42:14: error[passage-apart] holds what is never printed: a "
                "caption, boilerplate, an address\n"
                "    give other words"
            ),
        ],
    ),
    "claimed words that are apart": (
        changed(('"Gulls rest on the harbour wall."', '"It is shut"')),
        [
            (
                "data/claims.yaml:28:30: error[words-apart] holds what is never printed: a "
                "caption, boilerplate, an address\n"
                '    take the words out of apart: of "a", or out of the claim'
            ),
        ],
    ),
    "a speaker with neither name nor description": (
        changed(("{name: Ben Orr}", "{role: docker}")),
        [
            (
                "data/claims.yaml:9:3: error[speaker-name] has no name\n"
                "    give name:, or unnamed: with a description such as a European official"
            ),
        ],
    ),
    "a speaker with name and description": (
        changed(("{name: Ben Orr}", "{name: Ben Orr, unnamed: a docker}")),
        [
            (
                "data/claims.yaml:9:3: error[speaker-name] has a name and is unnamed\n"
                "    give name:, or unnamed: with a description such as a European official"
            ),
        ],
    ),
    "a speaker whose name is only inside a longer word": (
        changed(("ben-orr\n    when", "ada-low\n    when")),
        [
            (
                'data/claims.yaml:37:20: error[speaker-absent] "b" does not name Ada Low\n'
                "    another speaker? or add the name that it uses to also:"
            ),
        ],
    ),
    "a speaker with one wrong letter": (
        changed(("by: ben-orr", "by: ben-or")),
        [
            (
                'data/claims.yaml:40:9: error[id-unknown] no speaker "ben-or"\n'
                '    did you mean "ben-orr"?'
            ),
        ],
    ),
    "an id of the past that is a claim's": (
        changed(("short:", "formerly: [low-shut]\n    short:")),
        [
            (
                'data/claims.yaml:32:16: error[id-former] "low-shut" is the id of the claim '
                '"low-shut"\n'
                "    leave it out, or give the address that was published"
            ),
        ],
    ),
    "the same stretch dismissed in a second file": (
        {"data/claims/more.yaml": 'dismissed:\n  a:\n    "out of bounds": again\n'},
        [
            (
                'data/claims/more.yaml:3:5: error[id-repeated] "out of bounds" is dismissed '
                "already\n"
                "    it stands first at data/claims.yaml:44:7"
            ),
        ],
    ),
    "the same phrase in a second file": (
        {"data/claims/more.yaml": "phrases:\n  shut: [locked]\n"},
        [
            'data/claims/more.yaml:2:3: error[id-repeated] "shut" again',
        ],
    ),
    "an entry with no fields": (
        changed(("dismissed:", "  orr-empty: {}\ndismissed:")),
        [
            (
                'data/claims.yaml:43:3: error[field-missing] "by" is missing\n'
                "    add by: with its value"
            ),
        ],
    ),
    "an entry that is a word": (
        changed((CLOSING, "  closing: the pier is closed\n")),
        [
            (
                "data/claims.yaml:15:3: error[field-type] expected mapping, got words\n"
                "    its fields: said, when, because, venue, medium, before, after, what, short, in"
            ),
        ],
    ),
    "a section again with all its keys": (
        changed(("phrases:", "articles:\n  a:\n    file: a.txt\n  b: {file: b.txt}\nphrases:")),
        [
            (
                'data/claims.yaml:45:1: error[yaml-repeated-key] key "articles" again\n'
                "    it stands first at data/claims.yaml:1:1; keep one of the two"
            ),
        ],
    ),
    "a colon in plain words": (
        changed(('"the crews would stay ashore"', "the crews: ashore")),
        [
            (
                "data/claims.yaml:42:23: error[yaml-syntax] mapping values are not allowed in "
                "this context\n"
                "    a colon in plain words: put them in double quotation marks"
            ),
        ],
    ),
    "a tab": (
        changed(("    in: a\n    passage", "\tin: a\n    passage")),
        [
            (
                "data/claims.yaml:41:1: error[yaml-syntax] while scanning a plain scalar found a "
                "tab character that violates indentation\n"
                "    indent with blanks, not with a tab"
            ),
        ],
    ),
    "a quotation mark never closed": (
        changed(('"It is shut"', '"It is shut')),
        [
            (
                "data/claims.yaml:32:13: error[yaml-syntax] while parsing a flow mapping did not "
                "find expected ',' or '}'\n"
                "    a comma, bracket or closing quotation mark is missing here or just above"
            ),
        ],
    ),
    "a control character after accents": (
        changed(("publisher: The Post", "publisher: Thé Pöst \x07")),
        [
            "data/claims.yaml:4:25: error[yaml-character] U+0007 may not stand here",
        ],
    ),
    "an alias": (
        changed(('"the crews would stay ashore"', "*crews")),
        [
            (
                'data/claims.yaml:42:14: error[yaml-alias] "crews" is an anchor or alias; write '
                "the words out"
            ),
        ],
    ),
    "a file of another ending": (
        {"seeds/c.pdf": "x"},
        [
            "seeds/c.pdf:1:1: warning[file-skipped] is not read: only .txt and .md files are",
        ],
    ),
    "an article not yet curated and without quotations": (
        {"seeds/c.txt": FILLER},
        [
            (
                "seeds/c.txt:1:1: warning[article-waiting] is not yet curated: 0 stretches wait\n"
                "    digest add seeds/c.txt proposes its claims, or shows those that wait"
            ),
        ],
    ),
    "a day by its event and with a reason": (
        changed(("at: visit", "at: visit\n    because: she was there")),
        [
            (
                "data/claims.yaml:31:9: error[day-twice] the day is given twice\n"
                '    it is that of "visit": leave out at:, or said:, when: and because:'
            ),
        ],
    ),
    "a short with one wrong letter": (
        changed(('short: "old pier will never', 'short: "The old pier will nexer')),
        [
            (
                "data/claims.yaml:32:12: error[passage-not-found] does not stand in the words that "
                "it is part of\n"
                "    nearest, at seeds/a.txt:3:33: “The old pier will never open again”\n"
                "    here “pier will nexer open agai”, there “pier will never open agai”"
            ),
        ],
    ),
    "an article's language by its name": (
        changed(("publisher: The Mail", "publisher: The Mail, lang: English")),
        [
            (
                'data/claims.yaml:6:47: error[lang-tag] "English" is not a language tag '
                "(BCP 47)\n"
                "    two or three letters, with a script or region behind a hyphen: ar, "
                "sr-Latn, pt-BR"
            ),
        ],
    ),
    "a printing's language with a low line": (
        changed(('"It is shut"}', '"It is shut", lang: en_GB}')),
        [
            (
                'data/claims.yaml:28:50: error[lang-tag] "en_GB" is not a language tag '
                "(BCP 47)\n"
                "    two or three letters, with a script or region behind a hyphen: ar, "
                "sr-Latn, pt-BR"
            ),
        ],
    ),
    "a field that is not the article's known from outside": (
        changed(("publisher: The Mail", "publisher: The Mail, outside: {publishr: we know}")),
        [
            (
                'data/claims.yaml:6:51: error[field-unknown] no field "publishr"\n'
                '    did you mean "publisher"?'
            ),
        ],
    ),
    "an address without its beginning": (
        changed(("publisher: The Mail", "publisher: The Mail, url: mail.example/1")),
        [
            (
                "data/claims.yaml:6:46: error[article-address] is not an address on the web\n"
                "    begin it with https://"
            ),
        ],
    ),
    "a word where a list is meant": (
        changed(('words: "It is shut"', 'via: Radio, words: "It is shut"')),
        [
            (
                "data/claims.yaml:28:28: error[field-type] expected list, got words\n"
                "    write a list in square brackets: […]"
            ),
        ],
    ),
    "a day in words": (
        changed(("said: 2030-01-02", "said: 2 January 2030")),
        [
            ("data/claims.yaml:26:11: error[field-type] not a day: write it as 2025-05-19"),
        ],
    ),
    "one stretch in two claims": (
        changed(
            (
                "  low-pier:\n",
                "  low: {speaker: ada-low, printed: [{in: a, words: It is shut}]}\n  low-pier:\n",
            )
        ),
        [
            (
                "data/claims.yaml:29:52: error[stretch-twice] the stretch at "
                "seeds/a.txt:1:19 is spoken for\n"
                '    "low-shut" has it at data/claims.yaml:28:30; a stretch is in one '
                "claim, or dismissed"
            ),
        ],
    ),
    "a section in the singular": (
        changed(("reports:\n", "report:\n")),
        [
            (
                'data/claims.yaml:38:1: error[record-section] no section "report"\n'
                '    did you mean "reports"?'
            ),
        ],
    ),
    "a section that there is not": (
        changed(("phrases:\n", "quotes: {}\nphrases:\n")),
        [
            (
                'data/claims.yaml:45:1: error[record-section] no section "quotes"\n'
                "    one of: stances, articles, speakers, events, claims, reports, "
                "disagreements, phrases, names, dismissed"
            ),
        ],
    ),
    "a field that there is not": (
        changed(("at: visit", "at: visit\n    mood: sad")),
        [
            (
                'data/claims.yaml:32:5: error[field-unknown] no field "mood"\n'
                "    its fields: said, when, because, venue, medium, before, after, "
                "speaker, at, role, stance, condition, leaving, short, printed, voices, "
                "prompt, note, checked, corrections, formerly, retracted, turning-point"
            ),
        ],
    ),
    "a correction without its reason": (
        changed(("short:", "corrections: [{day: 2030-02-01, what: the day, was: a}]\n    short:")),
        [
            (
                'data/claims.yaml:32:19: error[field-missing] "because" is missing\n'
                "    add because: with its value"
            ),
        ],
    ),
    "a voice that is not in the words": (
        changed(
            ('"It is shut"}]', '"It is shut"}]\n    voices: [{words: It is open, of: ben-orr}]')
        ),
        [
            (
                "data/claims.yaml:29:22: error[passage-not-found] does not stand in the "
                "words that it is part of\n"
                "    nearest, at seeds/a.txt:1:19: “It is shut”\n"
                "    here “It is open”, there “It is shut”"
            ),
        ],
    ),
    "a report's short with one letter less": (
        changed(('stay ashore"\n', 'stay ashore"\n    short: the crew would stay\n')),
        [
            (
                "data/claims.yaml:43:12: error[passage-not-found] does not stand in the "
                "words that it is part of\n"
                "    nearest, at seeds/a.txt:5:40: “the crews would stay”\n"
                "    here “the crew would stay”, there “the crews would stay”"
            ),
        ],
    ),
    "a report's short from other prose": (
        changed(('stay ashore"\n', 'stay ashore"\n    short: on the quay\n')),
        [
            (
                "data/claims.yaml:43:12: error[passage-not-found] does not stand in the "
                "words that it is part of"
            ),
        ],
    ),
    "a second threshold in the scale": (
        more(SCALE, ("it goes", "it goes, threshold: ends")),
        [
            (
                "data/claims.yaml:48:52: error[stance-threshold] a second threshold in "
                "the scale\n"
                "    the line stands at data/claims.yaml:47:60; keep one of the two"
            ),
        ],
    ),
    "a threshold with one letter less": (
        more(SCALE, ("threshold", "treshold")),
        [
            (
                'data/claims.yaml:47:49: error[field-unknown] no field "treshold"\n'
                '    did you mean "threshold"?'
            ),
        ],
    ),
    "a threshold that is a list": (
        more(SCALE, ("speaks of an end", "[speaks of an end]")),
        [
            "data/claims.yaml:47:60: error[field-type] expected words, got list",
        ],
    ),
    "a disagreement about an event with one letter more": (
        more(DIFFER, ("the vote\n", "the vote\n    event: votes\n")),
        [
            (
                'data/claims.yaml:48:12: error[id-unknown] no event "votes"\n'
                '    did you mean "vote"?'
            ),
        ],
    ),
    "a disagreement's event misspelt": (
        more(DIFFER, ("the vote\n", "the vote\n    evnt: vote\n")),
        [
            (
                'data/claims.yaml:48:5: error[field-unknown] no field "evnt"\n'
                '    did you mean "event"?'
            ),
        ],
    ),
    "a disagreement that touches a report with one letter less": (
        more(DIFFER, ("    follows", "    claims: [orr-crew]\n    follows")),
        [
            (
                'data/claims.yaml:51:14: error[id-unknown] no claim or report "orr-crew"\n'
                '    did you mean "orr-crews"?'
            ),
        ],
    ),
    "a disagreement that follows nobody": (
        more(DIFFER, ("neither", "nobody")),
        [
            (
                'data/claims.yaml:51:14: error[id-unknown] no article "nobody"\n'
                "    an article's id, or neither"
            ),
        ],
    ),
    "a disagreement of one side": (
        more(DIFFER, (DIFFER.splitlines(keepends=True)[5], "")),
        [
            ("data/claims.yaml:49:7: error[field-type] holds too few: at least 2 are needed"),
        ],
    ),
    "a side with a word left out": (
        more(DIFFER, ("council had voted", "council voted")),
        [
            (
                "data/claims.yaml:49:26: error[passage-not-found] does not stand in this "
                "article\n"
                "    nearest, at seeds/a.txt:2:1: “The council had voted on Monday.”\n"
                "    here “The council voted on Mond”, there “The council had voted on ”"
            ),
        ],
    ),
    "an article's header with a day that never was": (
        article_a(" date 2030-01-02", " date 2030-02-30"),
        [
            (
                'seeds/a.txt:1:1: error[article-date] "2030-02-30" is not a day or month '
                "of the calendar\n"
                "    write it as 2025-05-19, or as 2025-05 where only the month is known"
            ),
        ],
    ),
    "the site's language by its name": (
        site("language: English"),
        [
            (
                'data/site.yaml:2:11: error[lang-tag] "English" is not a language tag '
                "(BCP 47)\n"
                "    two or three letters, with a script or region behind a hyphen: ar, "
                "sr-Latn, pt-BR"
            ),
        ],
    ),
    "the site's address without its beginning": (
        site("base_url: example.org/pier"),
        [
            (
                "data/site.yaml:2:11: error[site-address] is not an address on the web\n"
                "    begin it with https://"
            ),
        ],
    ),
    "the site leads with a kind that there is not": (
        site("leads: {kind: offical}"),
        [
            (
                'data/site.yaml:2:15: error[field-type] "offical" is none of the words '
                "that may stand here\n"
                "    one of: official, analyst, other"
            ),
        ],
    ),
    "an option of the site misspelt": (
        site("licens: CC0-1.0"),
        [
            (
                'data/site.yaml:2:1: error[field-unknown] no field "licens"\n'
                '    did you mean "licence"?'
            ),
        ],
    ),
    "a site without a title": (
        {"data/site.yaml": "language: en\n"},
        [
            (
                'data/site.yaml:1:1: error[field-missing] "title" is missing\n'
                "    add title: with its value"
            ),
        ],
    ),
}


@pytest.fixture
def findings(a_digest, tmp_path):
    """All that is said of the small digest with some of its files changed."""

    def told(files: Files) -> list[str]:
        folder = a_digest(tmp_path, SEEDS, RECORD)
        for path, text in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(text.encode())
        found = check(Options(folder, cache=False)).findings
        assert compose(Options(folder, cache=False)).findings == found
        return [str(finding) for finding in found]

    return told


def test_the_small_digest_itself_has_no_mistake(findings):
    assert findings({}) == []


@pytest.mark.parametrize(("files", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_at_its_place_with_its_fix_and_nothing_else_is(findings, files, told):
    assert findings(files) == told


few = settings(max_examples=100, deadline=None, database=None)
names = st.sampled_from(["x.txt", "x.md"])
MARKS = ["“", "”", "„", "«", "»", '"', "'", "…", "\u00ad", "\u200d", "\ufeff", "\0", "\r", "\n\n"]
PROSE = [
    "It is shut,", " Ada Low said. ", "By Ada Low\n", "A heading\n", "\n", "\n", " ", " (Reuters) ",
    "The council met for an hour and talked about the wall. ", "All rights reserved.\n",
    "The council met for an hour and talked about the wall.\n", "AP Photo", "Advertisement\n",
    # A caption, glued to the paragraph before and repeated with its credit.
    "Gulls. A gull rests on the wall of the old harbour.\n"
    "A gull rests on the wall of the old harbour. AP Photo Ada Low left.\n",
    "The post A title appeared first on The Post.\n", "The Post has contacted the council. ",
]  # fmt: skip
BEGINS = [
    "", " date 2030-01-02 ", " date 2030-01 ", " date 2030-13 ", "---\ndate: 2030-01-02\n---\n",
    "---\ntitle: A title\n---\n", "---\ndate: [2030]\n---\n", "---\na: *b\n---\n", "---\n- a\n",
]  # fmt: skip
news = st.builds(
    lambda begins, pieces: begins + "".join(pieces),
    st.sampled_from(BEGINS),
    st.lists(st.sampled_from(PROSE + MARKS) | st.text(max_size=5), max_size=20),
)
SLIPS = [
    "",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "#",
    "&x ",
    "*x",
    "!!int ",
    "|",
    "\t",
    "---\n",
]
WORDS = [
    *SLIPS,
    "\x07",
    "\\u200b",
    "0",
    "~",
    "{}",
    "[]",
    "claims:\n",
    "a: {because: {}}",
    "? [a]\n",
]


@st.composite
def records(draw) -> str:
    """The small record with a few of its parts overwritten."""
    text = RECORD
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        wrong = draw(st.sampled_from(WORDS) | st.text(max_size=3))
        text = text[:at] + wrong + text[at + draw(st.integers(0, 25)) :]
    return text


@few
@given(names, st.binary() | st.builds(str.encode, st.text() | news))
def test_an_article_of_any_bytes_is_read_or_refused_with_a_reason(name, content):
    findings: list[Diagnostic] = []
    text = ""
    try:
        text = read_article(name, content).text
    except Refused as refused:
        findings += refused.findings
    assert findings or text.encode() == content
    assert all(finding.place.path == f"seeds/{name}" for finding in findings)


@few
@given(names, news)
def test_blocks_are_in_order_and_no_two_share_a_character(name, text):
    try:
        article = read_article(name, text.encode())
    except Refused:
        return
    spans = [block.span for block in article.blocks]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert all(one.end <= after.start for one, after in pairwise(spans))
    for stretch in article.stretches:
        assert stretch.marked.within(spans[stretch.block])
        assert stretch.span.within(stretch.marked)


@few
@given(st.text() | records())
def test_a_record_of_any_text_is_read_with_all_that_is_wrong_with_it(text):
    record, findings = read_record({"data/claims.yaml": text})
    assert isinstance(record, Record)
    for finding in findings:
        assert isinstance(finding, Diagnostic)
        assert finding.place.path == "data/claims.yaml"
        assert 1 <= finding.place.line <= text.count("\n") + 2
        assert finding.message

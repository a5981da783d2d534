"""What a curator writes into a field stands where a reader looks for it.

One record has something in every field, and every text in it has a word of its own that is no
word: if it stands on a page, then because that field is printed there.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest

from digest.build import Options, compose
from digest.model import entry

FILLER = "The council met for an hour and talked about the wall, the ferries and the rain.\n\n" * 90
SEEDS = {
    "a.txt": f""" date 2030-01-09 The pier opened on Monday. Some had walked there on Sunday.

The mayor of the town had asked for promptvorn.

Ada Lovorn of the port spoke a day earlier. “Leave the shortvorn pier to the gulls, for ‘they
voicevorn alone’ and the phraseformvorn need it,” she said. She called it “an againvorn” too.

“We came for the wordsvorn and stayed until the lamps were out,” Lovorn said at the opening.

“Nobody meant the gonevorn when we spoke of the end of the line,” Lovorn said later.

They call her “dismissedvorn” there. The tide was at passagevorn that night.

{FILLER}""",
    "b.txt": f"""The beginvorn was read aloud in the hall of the town by a clerk of the port.

A clerk said on January 6: “Ada Lovorn said ‘no othervorn’ and went home before it was dark.”

The clerk has filed the reportvorn for the town, with reportshortvorn and a seal on it.

The tide was at otherpassagevorn that night. The evidencevorn is of December.

{FILLER}""",
    "uncuratedvorn.txt": FILLER,
}
RECORD = """
stances:
  stay: {label: Staylabelvorn, means: meansvorn}
  go: {label: Golabelvorn, means: gomeansvorn, threshold: thresholdvorn}
phrases: {phraselabelvorn: [phraseformvorn], absentvorn: [nowhere to be found]}
articles:
  a:
    file: a.txt
    title: Titlevorn
    byline: bylinevorn
    publisher: publishervorn
    via: [articleviavorn]
    kind: opinion
    caution: cautionvorn
    url: https://urlvorn.example/a
    archived: https://archivedvorn.example/a
    retrieved: 2031-03-04
    note: articlenotevorn
    outside: {title: outsidevorn}
  b:
    file: b.txt
    published: {earliest: 2030-01-11, latest: 2030-01-19}
    because: [The evidencevorn is of December]
speakers:
  ada-lovorn:
    name: Ada Lovorn
    also: [alsovorn]
    kind: official
    side: sidevorn
    role: speakerrolevorn
  clerk: {unnamed: unnamedvorn, kind: official, role: clerkrolevorn}
events:
  opening:
    what: whatvorn
    short: eventshortvorn
    said: 2030-01-07
    when: {words: on Monday, in: a}
    because: eventbecausevorn
    venue: eventvenuevorn
    medium: eventmediumvorn
  walk:
    what: walkvorn
    said: 2030-01-06
    when: {words: on Sunday, in: a}
claims:
  lovorn-shut:
    speaker: ada-lovorn
    said: 2030-01-06
    when: {words: a day earlier, than: opening}
    because: becausevorn
    venue: venuevorn
    medium: mediumvorn
    before: walk
    role: rolevorn
    stance: go
    condition: conditionvorn
    leaving: leavingvorn
    short: Leave the shortvorn pier
    printed:
      - in: a
        words: >-
          Leave the shortvorn pier to the gulls, for ‘they voicevorn alone’ and the
          phraseformvorn need it,
        via: [viavorn]
        again: [an againvorn]
    voices: [{words: they voicevorn alone, of: voiceofvorn, kind: future}]
    prompt: asked for promptvorn
    note: notevorn
    checked: [checkedvorn]
    corrections:
      - {day: 2031-02-03, what: correctedvorn, was: wasvorn, because: correctionbecausevorn}
    turning-point: turningvorn
  lovorn-came:
    speaker: ada-lovorn
    at: opening
    stance: stay
    printed: [{in: a, words: We came for the wordsvorn and stayed until the lamps were out}]
  lovorn-gone:
    speaker: ada-lovorn
    said: 2030-01-09
    because: it was then
    retracted: retractedvorn
    printed: [{in: a, words: Nobody meant the gonevorn when we spoke of the end of the line}]
  clerk-home:
    speaker: clerk
    said: 2030-01-06
    when: {words: on January 6}
    after: walk
    voices: [{words: no othervorn, of: ada-lovorn, kind: reported}]
    formerly: [formerlyvorn]
    printed: [{in: b, words: Ada Lovorn said ‘no othervorn’ and went home before it was dark.}]
reports:
  filed:
    by: clerk
    said: 2030-01-08
    because: it was then
    venue: reportvenuevorn
    medium: reportmediumvorn
    stance: go
    condition: reportconditionvorn
    leaving: the hall
    in: b
    passage: filed the reportvorn for the town, with reportshortvorn
    short: filed the reportvorn
    note: reportnotevorn
    turning-point: reportturningvorn
dismissed:
  a: {dismissedvorn: dismissedbecausevorn}
disagreements:
  tide:
    about: aboutvorn
    sides:
      - {in: a, passage: The tide was at passagevorn, holds: holdsvorn}
      - {in: b, passage: The tide was at otherpassagevorn, holds: otherholdsvorn}
    follows: a
    because: disagreementbecausevorn
    claims: [lovorn-shut]
    event: opening
"""
SITE = """
title: Sitetitlevorn
tagline: taglinevorn
editor: editorvorn
licence: licencevorn
corrections: deskvorn@example.org
leads: {kind: official, called: calledvorn}
"""
LOW, CAME, CLERK = "quotes/lovorn-shut.html", "quotes/lovorn-came.html", "quotes/clerk-home.html"
A, B, ADA = "articles/a.html", "articles/b.html", "speakers/ada-lovorn.html"
HOME, DAY, TUESDAY = "index.html", "days/2030-01-06.html", "days/2030-01-08.html"

# The field, what of it a reader reads, and the pages on which.
SHOWN = [
    ("site.title", "Sitetitlevorn", [HOME, "words.html header"]),
    ("site.tagline", "taglinevorn", [HOME]),
    ("site.editor", "Edited by editorvorn", ["about.html", "words.html footer"]),
    ("site.licence", "licencevorn", ["data.html", "words.html footer"]),
    ("site.corrections", "deskvorn@example.org", ["about.html"]),
    ("site.leads", "calledvorn", [HOME, "words.html"]),
    ("stance.label", "Golabelvorn", [HOME, LOW, A, ADA, DAY, "about.html"]),
    ("stance.label", "Staylabelvorn", [HOME, CAME, "about.html"]),
    ("stance.means", "gomeansvorn", [LOW, "about.html"]),
    ("stance.means", "meansvorn", [CAME, "about.html"]),
    ("stance.threshold", "the speaker thresholdvorn", [HOME, ADA]),
    ("stance.threshold", "articles thresholdvorn", [HOME]),
    ("phrases", "Whose phrase is “phraselabelvorn”?", ["words.html"]),
    ("phrases", "“phraseformvorn”", [ADA]),
    ("phrases", "In none of these articles: absentvorn", ["words.html"]),
    ("article.file", "seeds/a.txt", [A, LOW]),
    ("article.title", "Titlevorn", [A, LOW, HOME, "coverage.html"]),
    ("article.byline", "bylinevorn", [A]),
    ("article.publisher", "Exactly as printed by publishervorn", [LOW]),
    ("article.publisher", "publishervorn", [A, HOME, "words.html", "disagreements.html"]),
    ("article.via", "by way of articleviavorn", [A]),
    ("article.via", "publishervorn articleviavorn our copy", [LOW]),
    ("article.published", "between 11 and 19 January 2030, inferred", [B]),
    ("article.published", "between 11 and 19 January 2030 (inferred)", [CLERK]),
    ("article.because", "The evidencevorn is of December", [B]),
    ("article.kind", "an opinion piece", [A]),
    ("article.caution", "cautionvorn", [A, LOW]),
    ("article.url", "https://urlvorn.example/a", [A]),
    ("article.archived", "https://archivedvorn.example/a", [A]),
    ("article.retrieved", "retrieved 2031-03-04", [A]),
    ("article.note", "articlenotevorn", [A]),
    ("article.outside", "From outside the file: title outsidevorn", [A]),
    ("speaker.name", "Ada Lovorn", [HOME, LOW, A, ADA, DAY, "corrections.html", "coverage.html"]),
    ("speaker.unnamed", "unnamedvorn", [HOME, CLERK, B, DAY, "coverage.html"]),
    ("speaker.also", "Also printed as alsovorn", [ADA]),
    ("speaker.side", "speakerrolevorn, sidevorn", [ADA, HOME]),
    ("speaker.role", "speakerrolevorn", [ADA, CAME, HOME]),
    ("speaker.role", "clerkrolevorn", [CLERK, HOME, DAY]),
    ("event.what", "whatvorn", [LOW]),
    ("event.what", "Walkvorn", [HOME, DAY]),
    ("event.short", "eventshortvorn", [HOME, ADA]),
    ("event.said", "= Mon 7 January 2030", [CAME]),
    ("event.when", "“on Monday” in publishervorn", [CAME]),
    ("event.because", "because eventbecausevorn", [CAME]),
    ("event.venue", "eventvenuevorn", [CAME, HOME]),
    ("event.medium", "eventmediumvorn", [CAME, HOME]),
    ("claim.speaker", "Ada Lovorn, 6 January 2030", [LOW, A]),
    ("claim.at", "Ada Lovorn, 7 January 2030", [CAME]),
    ("claim.said", "= Sun 6 January 2030", [LOW]),
    ("claim.when", "“a day earlier” in publishervorn", [LOW]),
    ("claim.when", "+ Mon 7 January 2030 whatvorn", [LOW]),  # what they count from
    ("claim.because", "because becausevorn", [LOW]),
    ("claim.venue", "venuevorn", [LOW, HOME, DAY]),
    ("claim.medium", "mediumvorn", [LOW, HOME, DAY]),
    ("claim.before", "before: walkvorn", [LOW]),
    ("claim.after", "after: walkvorn", [CLERK]),
    ("claim.role", "Ada Lovorn, rolevorn", [LOW, HOME, DAY]),
    ("claim.stance", "Golabelvorn: gomeansvorn", [LOW]),
    ("claim.condition", "condition: conditionvorn", [HOME, ADA, DAY]),
    ("claim.condition", "On condition that conditionvorn", [LOW]),
    ("claim.leaving", "Leaving what leavingvorn", [LOW]),
    ("claim.short", "“Leave the shortvorn pier …”", [HOME, CLERK, DAY]),
    ("claim.printed", "We came for the wordsvorn", [CAME, HOME, ADA, A, "coverage.html"]),
    ("claim.voices", "future words of voiceofvorn they voicevorn alone", [LOW]),
    ("claim.voices", "reported words of Ada Lovorn no othervorn", [CLERK]),
    ("claim.prompt", "asked for promptvorn", [LOW]),
    ("claim.note", "notevorn", [LOW]),
    ("claim.checked", "Read a second time checkedvorn", [LOW]),
    ("claim.corrections", "correctedvorn; was: wasvorn. correctionbecausevorn", [LOW]),
    (
        "claim.corrections",
        "2031-02-03, Ada Lovorn correctedvorn; it was: wasvorn. correctionbecausevorn",
        ["corrections.html"],
    ),
    ("claim.formerly", "another address", ["quotes/formerlyvorn.html"]),
    ("claim.retracted", "retractedvorn", ["quotes/lovorn-gone.html", "corrections.html"]),
    ("claim.turning-point", "turningvorn", [HOME]),
    ("printed.words", "“We came for the wordsvorn and stayed", [CAME, HOME]),
    ("printed.via", "via viavorn", [LOW, HOME, A]),
    ("printed.via", "Ada Lovorn viavorn publishervorn", [LOW]),
    ("printed.again", "an againvorn", [LOW, A, "coverage.html"]),
    ("report.by", "unnamedvorn", [HOME]),
    ("report.said", "8 January 2030", [TUESDAY, B]),
    ("report.venue", "reportvenuevorn", [HOME, TUESDAY]),
    ("report.medium", "reportmediumvorn", [HOME, TUESDAY]),
    ("report.stance", "Golabelvorn", [TUESDAY, B]),
    ("report.condition", "condition: reportconditionvorn", [HOME, TUESDAY]),
    ("report.in", "filed the reportvorn", [B]),
    ("report.passage", "filed the reportvorn for the town, with reportshortvorn", [HOME, B]),
    ("report.short", "filed the reportvorn …", [HOME]),
    ("report.note", "reportnotevorn", [HOME, TUESDAY]),
    ("report.turning-point", "reportturningvorn", [HOME]),
    ("dismissed.because", "“dismissedvorn” dismissed: dismissedbecausevorn", ["coverage.html"]),
    ("disagreement.about", "Aboutvorn", ["disagreements.html", LOW]),
    (
        "disagreement.sides",
        "publishervorn: holdsvorn The tide was at passagevorn",
        ["disagreements.html"],
    ),
    ("disagreement.follows", "This digest follows publishervorn:", ["disagreements.html", LOW]),
    ("disagreement.because", "disagreementbecausevorn", ["disagreements.html", LOW]),
    ("disagreement.claims", "disputed", [LOW, HOME]),
    ("side.holds", "holdsvorn", ["disagreements.html", LOW]),
    ("side.holds", "otherholdsvorn", ["disagreements.html", LOW]),
    ("side.passage", "The tide was at passagevorn", ["disagreements.html", LOW]),
    ("side.passage", "The tide was at otherpassagevorn", ["disagreements.html", LOW]),
    ("a page's heading", "Pageheadingvorn", ["own.html", "words.html header"]),
    ("a page's text", "pagetextvorn", ["own.html"]),
    ("a file not yet curated", "seeds/uncuratedvorn.txt: 0 stretches to decide", ["coverage.html"]),
]

# What pages make of the fields: counts, headings, and one statement after the other.
MADE = [
    ("heading", "Staylabelvorn day inferred Ada Lovorn, 7 January 2030 “We came for", [CAME]),
    ("heading", "Golabelvorn via viavorn day inferred disputed Ada Lovorn, 6 January", [LOW]),
    ("scale", "as this desk reads it Staylabelvorn Golabelvorn Golabelvorn:", [LOW]),
    ("corrected", "Corrections 2031-02-03: correctedvorn", [LOW]),
    ("withdrawn", "Withdrawn Ada Lovorn retractedvorn", ["corrections.html"]),
    ("printing", "As printed Publishervorn Titlevorn, 9 January 2030", [LOW]),
    ("context", "until the lamps were out,” Lovorn said at the opening.", [CAME, A]),
    ("proof", "Through 3 outlets. Proof: seeds/a.txt, characters 172–269", [LOW]),
    (
        "side",
        "hall …: otherholdsvorn The tide was at otherpassagevorn",
        ["disagreements.html", LOW],
    ),
    ("neighbour", "After it, 6 Jan “Ada Lovorn said ‘no othervorn’", [LOW]),
    ("neighbour", "Before it, by Ada Lovorn, 6 Jan “Leave the shortvorn pier …”", [CAME]),
    ("scope", "3 statements", [HOME]),
    ("scope", "from 6 January 2030 to 8 January 2030, in 2 articles", [HOME]),
    ("key", "Latest position Staylabelvorn Golabelvorn", [HOME]),
    ("latest", "Ada Lovorn speakerrolevorn Staylabelvorn 7 Jan “We came for the", [HOME]),
    ("latest", "unnamedvorn clerkrolevorn Golabelvorn 8 Jan filed the reportvorn …", [HOME]),
    ("strip", "unnamedvorn Lovorn 31 Dec 1 of 1 7 Jan 1 of 2 14 – articles", [HOME]),
    ("strip", "eventshortvorn 7 Jan", [HOME, ADA]),
    ("table", "7 Jan Ada Lovorn Staylabelvorn “We came for the wordsvorn and", [HOME, ADA]),
    ("turning", "6 January 2030, Ada Lovorn “Leave the shortvorn pier …” turningvorn", [HOME]),
    ("turning", "unnamedvorn filed the reportvorn … reportturningvorn", [HOME]),
    ("month", "January 2030 Sunday 6 January “Leave the shortvorn", [HOME]),
    ("line", "need it,” Ada Lovorn, rolevorn, mediumvorn, venuevorn Golabelvorn", [HOME, DAY]),
    ("day", "6 January 2030 Sunday 6 January: what was said", [DAY]),
    ("evening", "Ada Lovorn rolevorn Golabelvorn 6 Jan “Leave the shortvorn pier …”", [DAY]),
    ("other days", "7 January 2030", [DAY]),
    ("counts", "4 claimed, 1 dismissed, 0 waiting", [A, "coverage.html"]),
    ("counts", "Between quotation marks in 3 articles: 6 stretches, 5", ["coverage.html"]),
    ("counts", "6 stretches in 3 articles: 5 claimed, 1 dismissed, 0 waiting", ["data.html"]),
    ("speaker", "2 statements in 1 article", [ADA]),
    ("steps", "Golabelvorn Staylabelvorn 31 Dec", [ADA]),
    ("used", "“phraseformvorn” 6 January 2030", [ADA]),
    ("said", "need it,” 6 January 2030, mediumvorn, venuevorn Golabelvorn", [ADA]),
    ("hit", "the phraseformvorn need it,” Ada Lovorn publishervorn, paragraph 3", ["words.html"]),
    ("group", "1 in calledvorn’s own words (by Ada Lovorn) […]", ["words.html"]),
    ("scale", "Staylabelvorn meansvorn Golabelvorn gomeansvorn", ["about.html"]),
    ("our text", "Method", ["about.html"]),
]

# Fields that no page tells in words, and why.
NOT_SHOWN = {
    "article.apart": "what is never printed",
    "article.lang": "an attribute of the words",
    "disagreement.event": "dashes the edges of a band of the strip",
    "event.before": "the order of rows",
    "event.after": "the order of rows",
    "event.in": "where to look",
    "printed.in": "a part of printed",
    "printed.after": "where to look",
    "printed.lang": "an attribute of the words",
    "dismissed.after": "where to look",
    "report.at": "as of a claim",
    "report.when": "only claims have a page that shows the working",
    "report.because": "only claims have a page that shows the working",
    "report.before": "only claims have a page that says so; the order of rows",
    "report.after": "only claims have a page that says so; the order of rows",
    "report.leaving": "for claims.json",
    "side.in": "a part of sides",
    "side.when": "a check of what the side holds",
    "site.base_url": "addresses",
    "site.language": "an attribute",
    "speaker.kind": "chooses who leads",
    "speaker.pronoun": "not used",
}
KINDS = {
    "site": entry.SiteEntry,
    "stance": entry.Stance,
    "article": entry.ArticleEntry,
    "speaker": entry.SpeakerEntry,
    "event": entry.EventEntry,
    "claim": entry.ClaimEntry,
    "printed": entry.PrintedEntry,
    "report": entry.ReportEntry,
    "dismissed": entry.DismissedEntry,
    "disagreement": entry.DisagreementEntry,
    "side": entry.SideEntry,
}


class Told(HTMLParser):
    """What a reader reads in each part of a page; without the citation, which repeats it all."""

    SILENT = ("script", "style", "title", "pre")
    VOID = ("meta", "link", "br", "input", "use", "path", "circle", "rect", "line")
    INLINE = ("a", "b", "mark", "q", "time")

    def __init__(self, html):
        super().__init__()
        self.open = []
        self.parts = {"header": [], "main": [], "footer": []}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag not in self.VOID:
            self.open.append("pre" if ("class", "cite") in attributes else tag)
        self.read("" if tag in self.INLINE else " ")

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        self.open.pop()
        self.read("" if tag in self.INLINE else " ")

    def handle_data(self, data):
        if not any(tag in self.SILENT for tag in self.open):
            self.read(data)

    def read(self, text):
        for part in self.open[2:3]:
            self.parts.get(part, []).append(text)

    def of(self, part):
        return " ".join("".join(self.parts[part]).split())


@pytest.fixture(scope="module")
def files(a_digest, tmp_path_factory):
    folder = a_digest(tmp_path_factory.mktemp("fields"), SEEDS, RECORD, SITE)
    (folder / "data/pages/own.md").write_text("# Pageheadingvorn\n\nHere is pagetextvorn.\n")
    outcome = compose(Options(folder, cache=False))
    assert [finding.rule for finding in outcome.findings] == ["article-waiting"]
    return outcome.files


@pytest.mark.parametrize(
    ("field", "text", "page"),
    [(field, text, page) for field, text, pages in SHOWN + MADE for page in pages],
)
def test_a_field_is_read_on_its_page(files, field, text, page):
    address, _, part = page.partition(" ")
    told = Told(files[address].decode()).of(part or "main")
    assert re.search(rf"(?<!\w){re.escape(text)}(?!\w)", told), (field, told)


def test_no_field_is_forgotten():
    fields = {
        f"{kind}.{field.encode_name}"
        for kind, of in KINDS.items()
        for field in msgspec.structs.fields(of)
    }
    shown = {field for field, _, _ in SHOWN if "." in field}
    assert fields - shown == set(NOT_SHOWN)
    assert shown <= fields


def test_every_word_of_the_record_is_sought():
    sought = " ".join(f"{text} {pages}" for _, text, pages in SHOWN).lower()
    for word in re.findall(r"\w+vorn\b", (RECORD + SITE).lower()):
        assert re.search(rf"(?<!\w){word}(?!\w)", sought) or word == "gonevorn", word

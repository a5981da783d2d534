"""Whose words a hit of a phrase stands in."""

from __future__ import annotations

from msgspec import Struct

from digest import address
from digest.model.article import Article, Stretch
from digest.model.claim import Claim, Curated, Digest, Passage, Report, Speaker, Voice
from digest.model.entry import SiteEntry
from digest.site.phrases import Hit
from digest.site.views import Link, home_of, when
from digest.wording import passages

# Every kind of words, as pages call it and in their order.
KINDS = {
    "leads": "{called} own words",
    "official": "other officials’ words",
    "analyst": "analysts’ words",
    "other": "other speakers’ words",
    "voice": "words that a speaker has somebody else say",
    "brackets": "newsrooms’ words in square brackets",
    "withdrawn": "quotations that were withdrawn",
    "dismissed": "quoted words that are nobody’s statement",
    "waiting": "quoted words that wait to be curated",
    "heading": "titles and headings",
    "opinion": "opinion writers’ prose",
    "prose": "reporters’ prose",
    "apart": "captions and the like, which are not shown",
}


class Utterance(Struct, frozen=True):
    """A claim in whose speaker's own words a hit stands: what the concordance tells of it."""

    id: str
    speaker: str  # the id
    name: str  # of the speaker
    said: str  # when, in words


class Whose(Struct, frozen=True):
    """Which kind of words a hit stands in, and whose they are."""

    kind: str
    to: Link | None = None  # the quotation or report; None: it has only its article
    utterance: Utterance | None = None  # None: they are no speaker's own
    note: str | None = None  # how it stands there, where that is not plain


def called(site: SiteEntry) -> str:
    """What those are called whom the site leads with."""
    return site.leads.called if site.leads else "speakers"


def leads(speaker: Speaker, site: SiteEntry) -> bool:
    """Whether the site leads with what they say: by kind and side, as ``site.yaml`` has it."""
    wanted, entry = site.leads, speaker.entry
    return wanted is None or (
        wanted.kind in (None, entry.kind) and wanted.side in (None, entry.side)
    )


class Attributions:
    """What became of every stretch of a digest, at hand for its hits."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.claims: dict[tuple[str, int], tuple[Claim, Passage]] = {
            (passage.article, passage.span.start): (claim, passage)
            for claim in digest.claims
            for printing in claim.printings
            for passage in (*printing.segments, *printing.again)
        }
        self.dismissed = {
            (one.words.article, one.words.span.start): one.because for one in digest.dismissed
        }
        self.reports: dict[str, list[Report]] = {}  # by article
        for report in digest.reports:
            self.reports.setdefault(report.passage.article, []).append(report)

    def of(self, hit: Hit) -> Whose:
        """Whose words a hit stands in; what stands apart is nobody's."""
        curated = self.digest.articles[hit.article]
        if hit.room is None:
            return Whose("apart", note="stands apart")
        return self._quoted(hit, hit.stretch, curated) if hit.stretch else self._told(hit, curated)

    def _quoted(self, hit: Hit, stretch: Stretch, curated: Curated) -> Whose:
        """Between quotation marks: the speaker's, but for brackets and voices inside."""
        key = curated.id, stretch.span.start
        claim, passage = self.claims.get(key, (None, None))
        to = Link(address.quote(claim.id), claim.speaker.name) if claim else None
        before = curated.article.text[stretch.span.start : hit.span.start]
        if before.rfind("[") > before.rfind("]"):
            return Whose("brackets", to, note="the newsroom’s")
        if claim is None or passage is None:
            because = self.dismissed.get(key)
            return Whose("dismissed" if because else "waiting", note=because or "waiting")
        if claim.retracted:
            return Whose("withdrawn", to, note="withdrawn")
        for voice in claim.voices:
            if _speaks(voice, hit, passage, curated.article):
                of = self.digest.speakers.get(voice.entry.of)
                note = f"{voice.entry.kind} words of {of.name if of else voice.entry.of}"
                return Whose("voice", to, note=note)
        ahead = leads(claim.speaker, self.digest.site)
        said, by = when(claim.moment.working.said).text, claim.speaker
        utterance = Utterance(claim.id, by.id, by.name, said)
        return Whose("leads" if ahead else by.entry.kind, to, utterance)

    def _told(self, hit: Hit, curated: Curated) -> Whose:
        """Outside quotation marks: a heading's, or the writer's, though it tell of an act."""
        article = curated.article
        if article.blocks[article.paragraph(hit.span.start)].kind != "prose":
            return Whose("heading", note="a heading")
        opinion = curated.entry.kind == "opinion"
        kind, writer = ("opinion", "the author") if opinion else ("prose", "the reporter")
        for report in self.reports.get(curated.id, ()):
            if hit.span.within(report.passage.span):
                to = Link(home_of(report, self.digest), report.speaker.name)
                return Whose(kind, to, note=f"told by {writer}")
        return Whose(kind, note=writer)


def _speaks(voice: Voice, hit: Hit, passage: Passage, article: Article) -> bool:
    """Whether a hit is in the words of a voice, in whichever printing of the claim it stands."""
    start, end = passage.span.start, passage.span.end
    inside = passages(voice.words.text, article.folded, article.text, start, end)
    return any(hit.span.within(span) for span in inside)

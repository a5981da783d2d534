"""Whose words the phrases are: every hit in every article, and who it belongs to.

A phrase may be an official's own, or a reporter's for what the official said. So each hit is
shown as a keyword in context under the kind of words it stands in, and the kinds are counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from digest import address
from digest.model.article import Article
from digest.model.claim import Curated, Digest
from digest.model.entry import SiteEntry
from digest.site.context import Paragraph, around, in_context
from digest.site.phrases import Hit
from digest.site.rights import KEYWORD, Bounds, Shown
from digest.site.views import Link, outlet_link, so_many
from digest.site.whose import KINDS, Attributions, Utterance, Whose, called
from digest.wording import Span


class Use(Struct, frozen=True, gc=False):
    """One hit: whose words it stands in, and a few of them around it."""

    hit: Hit
    whose: Whose
    article: Link
    paragraph: int  # from 1, as the file counts them: titles and headings too
    shown: Paragraph | None  # None: no page may print it


class Group(Struct, frozen=True):
    """The hits of a phrase in one kind of words."""

    called: str
    uses: tuple[Use, ...]

    @property
    def utterances(self) -> list[Utterance]:
        """Those that the hits are in: one may be printed by several articles."""
        every = (use.whose.utterance for use in self.uses)
        return list({one.id: one for one in every if one}.values())

    def __str__(self) -> str:
        return f"{len(self.uses) or 'none'} in {self.called}{_said_by(self)}"


class Phrase(Struct, frozen=True):
    """A phrase of the record and its hits by kind, those that the site leads with first."""

    label: str
    id: str  # of its section on the page
    groups: tuple[Group, ...]
    finding: str  # whose it is, in a sentence

    @property
    def uses(self) -> tuple[Use, ...]:
        """Every hit."""
        return tuple(use for group in self.groups for use in group.uses)

    @property
    def listed(self) -> list[tuple[str, tuple[Use, ...]]]:
        """The hits by kind, each kind with its count."""
        return [(str(group), group.uses) for group in self.groups]


class Used(Struct, frozen=True):
    """A form of a phrase that a speaker used, and the quotations that hold it, by their days."""

    form: str
    quotes: tuple[Link, ...]


class Concordance(Struct, frozen=True):
    """Every phrase of the record: those with most hits first, and those with none."""

    phrases: tuple[Phrase, ...]
    without: tuple[str, ...]
    finding: str  # of all phrases together
    used: dict[str, tuple[Used, ...]]  # by speaker

    def used_by(self, speaker: str) -> tuple[Used, ...]:
        """The forms in a speaker's own words; not what they have somebody else say."""
        return self.used.get(speaker, ())


def concordance(
    digest: Digest, shown: Mapping[str, Shown], bounds: Mapping[str, Bounds]
) -> Concordance:
    """Every phrase with its hits, the words around them as wide as rights allow."""
    attributions = Attributions(digest)
    uses: dict[str, list[Use]] = {label: [] for label in digest.phrases}
    for id, curated in digest.articles.items():
        for use in _uses(curated, shown[id].hits, bounds[id].printed, attributions):
            uses[use.hit.phrase].append(use)
    ordered = sorted(uses.items(), key=lambda of: -len(of[1]))
    every = [use for _, found in ordered for use in found]
    phrases = tuple(_phrase(label, found, digest.site) for label, found in ordered if found)
    return Concordance(
        phrases=phrases,
        without=tuple(label for label, found in ordered if not found),
        finding=_phrase("all", every, digest.site).finding,
        used=_used(use for phrase in phrases for use in phrase.uses),
    )


def _used(uses: Iterable[Use]) -> dict[str, tuple[Used, ...]]:
    """For each speaker the forms, and for each form the quotations, once each."""
    found: dict[str, dict[str, dict[str, Link]]] = {}
    for use in uses:
        if one := use.whose.utterance:
            forms = found.setdefault(one.speaker, {})
            forms.setdefault(use.hit.form, {})[one.id] = Link(address.quote(one.id), one.said)
    return {
        speaker: tuple(Used(form, tuple(links.values())) for form, links in forms.items())
        for speaker, forms in found.items()
    }


def _uses(
    curated: Curated, hits: Iterable[Hit], printed: Sequence[Span], attributions: Attributions
) -> Iterator[Use]:
    """The hits in one article."""
    link = outlet_link(curated)
    numbers = _paragraphs(curated.article)
    for hit in hits:
        paragraph = numbers[curated.article.paragraph(hit.span.start)]
        yield Use(hit, attributions.of(hit), link, paragraph, _shown(hit, curated, printed))


def _paragraphs(article: Article) -> list[int]:
    """For each block the number of its paragraph; a caption cut out of one has the same."""
    numbers: list[int] = []
    for index, block in enumerate(article.blocks):
        above = article.text[article.blocks[index - 1].span.end : block.span.start] if index else ""
        numbers.append((numbers[-1] if numbers else 0) + (not index or "\n" in above))
    return numbers


def _shown(hit: Hit, curated: Curated, printed: Sequence[Span]) -> Paragraph | None:
    """The hit in context: of the words around it, only what pages print anyway."""
    if hit.room is None:
        return None
    run = printed[bisect_right(printed, hit.span.start, key=lambda one: one.start) - 1]
    wide = around(curated, hit.span, hit.room, KEYWORD)
    shown = Span(max(wide.start, run.start), min(wide.end, run.end))
    return in_context(curated, hit.span, hit.room, shown)


def _phrase(label: str, uses: Sequence[Use], site: SiteEntry) -> Phrase:
    """A phrase with its hits by kind; the kind that the site leads with is there if empty."""
    whose = called(site) + ("’" if called(site).endswith("s") else "’s")
    groups = []
    for kind, words in KINDS.items():
        among = tuple(use for use in uses if use.whose.kind == kind)
        if among or kind == "leads":
            groups.append(Group(words.format(called=whose), among))
    id = "-".join(("phrase", *label.split()))
    return Phrase(label, id, tuple(groups), _finding(groups))


def _finding(groups: Sequence[Group]) -> str:
    """Whose phrase it is; it says so where none whom the site leads with is."""
    uses = [use for group in groups for use in group.uses]
    articles = len({use.hit.article for use in uses})
    counts = "; ".join(map(str, groups))
    return f"{so_many(len(uses), 'hit')} in {so_many(articles, 'article')}: {counts}."


def _said_by(group: Group) -> str:
    """How many utterances hold the hits, if not as many, and by whom they are."""
    utterances = group.utterances
    if not utterances:
        return ""
    names = list(dict.fromkeys(one.name for one in utterances))
    count = len(utterances)
    every = {1: "", 2: "both "}.get(count, "all ") if len(names) == 1 else ""
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    by = listed if len(names) < 4 else so_many(len(names), "speaker")
    said = "" if count == len(group.uses) else f"{so_many(count, 'utterance')}, "
    return f" ({said}{every}by {by})"

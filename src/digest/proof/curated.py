"""Articles as the record knows them: file, published day, and what stands apart, each proven."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from digest.dates import Window
from digest.diagnostics import SHOWN, Diagnostic, did_you_mean
from digest.model.article import Article
from digest.model.claim import Curated, Passage
from digest.model.entry import ArticleEntry, Days
from digest.model.record import OnRecord, Record
from digest.proof.days import window
from digest.proof.misses import Miss, no_passage
from digest.proof.rules import check_lang
from digest.proof.words import find_passage
from digest.wording import Span, passages

# Each run of letters is looked at once, from its start.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")


def curate(
    record: Record, articles: Iterable[Article], unread: frozenset[str]
) -> tuple[dict[str, Curated], list[Diagnostic]]:
    """Every article of the record with its text, and what does not hold of it."""
    files = {article.file: article for article in articles}
    findings: list[Diagnostic] = []
    curated: dict[str, Curated] = {}
    taken: dict[str, str] = {}
    for id, entry in record.articles.items():
        file = entry.entry.file
        if file in unread:
            continue
        if file not in files:
            near = did_you_mean(file, files) if len(findings) < SHOWN else ()
            hints = near or ("put the file into seeds/",)
            findings.append(
                entry.finding("article-file", f'no file "{file}" in seeds/', "file", hints=hints)
            )
            continue
        if file in taken:
            message = f'"{taken[file]}" is this file already'
            findings.append(entry.finding("article-file", message, "file"))
        taken.setdefault(file, id)
        curated[id], faults = _curated(entry, files[file])
        findings += faults
    return curated, findings


def _curated(entry: OnRecord[ArticleEntry], article: Article) -> tuple[Curated, list[Diagnostic]]:
    findings: list[Diagnostic] = []
    evidence: list[Passage] = []
    for index, words in enumerate(entry.entry.because):
        found = find_passage(words, article, nearest_to=0)
        if isinstance(found, Miss):
            search = len(findings) < SHOWN
            findings.append(found.finding(entry, "because", index, search=search))
        else:
            evidence.append(Passage(entry.id, found, found.of(article.text)))
    named: list[Span] = []
    first = {words: index for index, words in reversed([*enumerate(entry.entry.apart)])}
    for words, index in first.items():
        spans = passages(words, article.folded, article.text)
        named += spans
        if not spans:
            miss = no_passage(words, article, None, None)
            findings.append(miss.finding(entry, "apart", index, search=len(findings) < SHOWN))
    findings += check_lang(entry, entry.entry.lang, "lang")
    findings += [*_check_addresses(entry), *_check_published(entry, article)]
    published = _published(entry.entry.published, article.dated)
    never = [*named, *_never_printed(article)]
    other = (block.span for block in article.blocks if block.kind != "prose")
    whole = Curated(
        id=entry.id,
        article=article,
        entry=entry.entry,
        published=published,
        evidence=tuple(evidence),
        never=tuple(dict.fromkeys(never)),
        apart=tuple(dict.fromkeys([*never, *other])),
    )
    return whole, findings


def _never_printed(article: Article) -> Iterator[Span]:
    """Bylines, captions, boilerplate, footers, and any address that mail could be sent to."""
    for block in article.blocks:
        if block.kind in ("byline", "caption", "boilerplate", "footer"):
            yield block.span
    if "@" in article.text:  # else the search would try every word
        yield from (Span(mail.start(), mail.end()) for mail in _MAIL.finditer(article.text))


def _published(written: date | Days | None, dated: Window | None) -> Window | None:
    """The day to reckon with: the record's, or the header's where the two disagree."""
    if written is None or (dated and not window(written).within(dated)):
        return dated
    said = window(written)
    ends = sorted(filter(None, (said.earliest, said.latest)))
    return Window(ends[0] if said.earliest else None, ends[-1])


def _check_addresses(entry: OnRecord[ArticleEntry]) -> Iterator[Diagnostic]:
    """An address on the web is one that a reader's click may follow."""
    for field in ("url", "archived"):
        to = getattr(entry.entry, field)
        if to is not None and not to.startswith(("https://", "http://")):
            message, hint = "is not an address on the web", "begin it with https://"
            yield entry.finding("article-address", message, field, hints=(hint,))


def _check_published(entry: OnRecord[ArticleEntry], article: Article) -> Iterator[Diagnostic]:
    """A curated day of publication agrees with the header, or shows what it rests on."""
    own = entry.entry
    if own.published is None:
        return
    written: Window = window(own.published)
    if written.earliest and written.earliest > written.latest:
        yield entry.finding(
            "window-order", f"{written.earliest} is after {written.latest}", "published"
        )
    if article.dated and not written.within(article.dated):
        message = f"the file's own header says {article.dated}"
        yield entry.finding("article-published", message, "published")
    elif not article.dated and not own.because and "published" not in own.outside:
        hint = "add because: with the article's words, or outside: {published: how we know}"
        message = "nothing shows that it was published then"
        yield entry.finding("article-published", message, "published", hints=(hint,))

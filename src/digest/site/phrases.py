"""Where the phrases of the record stand in its articles."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct, msgpack

from digest.memo import Memo, Question
from digest.model.article import Article, Stretch
from digest.model.claim import Curated, Digest
from digest.site.asked import Asked
from digest.wording import Span, fold, passages

_EFFORT = 200  # µs for an article


class Hit(Struct, frozen=True, array_like=True, gc=False):
    """A form of a phrase in an article: whole words of one paragraph."""

    phrase: str  # the label that the form is listed under
    form: str  # as the record lists it
    article: str  # its id
    span: Span
    stretch: Stretch | None  # None: it does not stand between quotation marks
    room: Span | None  # what words around it are taken from; None: no page may print it


def hits(digest: Digest, memo: Memo | None) -> Mapping[str, list[Hit]]:
    """Every hit in every curated article: by phrase, then in the order of the article.

    With a memory all are looked for at once; else those of an article that is asked about.
    """
    spelled = {phrase: list(_spelled(forms)) for phrase, forms in digest.phrases.items()}
    if memo is None:
        return Asked(digest.articles, lambda one: _hits_in(one, spelled))
    questions = []
    for one in digest.articles.values():
        made_from = msgpack.encode((spelled, one.id, one.article.sha256, one.never, one.apart))
        questions.append(Question((made_from,), partial(_hits_in, one, spelled), _EFFORT))
    return dict(zip(digest.articles, memo.recall("hits", questions, list[Hit]), strict=True))


def _hits_in(curated: Curated, spelled: Mapping[str, Sequence[tuple[str, str]]]) -> list[Hit]:
    found = []
    for phrase, forms in spelled.items():
        for form, span in _found(forms, curated.article):
            stretch = _around(span, curated.article)
            room = _room(span, stretch, curated)
            found.append(Hit(phrase, form, curated.id, span, stretch, room))
    return found


def _spelled(forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each form with the words that are looked for.

    Typography is folded as everywhere (see ``wording``) and case is not, or "pull US out" would
    be found in "pull us out": only a form's first letter may also be the capital that begins a
    sentence. Other capitals, of a headline, are forms of their own.
    """
    for form in dict.fromkeys(forms):
        for words in dict.fromkeys((form, form[:1].upper() + form[1:])):
            yield form, fold(words).text.strip()


def _found(spelled: Sequence[tuple[str, str]], article: Article) -> list[tuple[str, Span]]:
    """The places of the forms of one phrase; of two that overlap, the one that begins first."""
    every = sorted(
        (span.start, -span.end, form)
        for form, words in spelled
        if words in article.folded.text  # most are not, and this is the fastest to tell
        for span in passages(words, article.folded, article.text)
    )
    kept: list[tuple[str, Span]] = []
    for start, end, form in every:
        span = Span(start, -end)
        paragraph = article.blocks[article.paragraph(start)].span
        if span.within(paragraph) and (not kept or kept[-1][1].end <= start):
            kept.append((form, span))
    return kept


def _around(span: Span, article: Article) -> Stretch | None:
    """The stretch that holds ``span``."""
    after = bisect_right(article.stretches, span.start, key=lambda stretch: stretch.span.start)
    stretch = article.stretches[after - 1] if after else None
    return stretch if stretch and span.within(stretch.span) else None


def _room(span: Span, stretch: Stretch | None, curated: Curated) -> Span | None:
    """Its stretch with the marks, else what may be printed of its paragraph."""
    if curated.bars(span):
        return None
    if stretch:
        return stretch.marked
    article = curated.article
    paragraph = article.blocks[article.paragraph(span.start)].span
    cuts = [one for one in curated.never if one.meets(paragraph)]
    start = max((one.end for one in cuts if one.end <= span.start), default=paragraph.start)
    end = min((one.start for one in cuts if one.start >= span.end), default=paragraph.end)
    return Span(start, end)

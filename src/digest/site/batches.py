"""Every file of the site, in the batches that it is made in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import jinja2

from digest import address
from digest.diagnostics import Diagnostic, Place, Refused
from digest.site.annotation import annotated, annotation, beside
from digest.site.citation import BIBLIOGRAPHY, bibliography
from digest.site.copied import check_xml
from digest.site.edition import Edition
from digest.site.exports import claims_csv, claims_json
from digest.site.feeds import feeds, json_feed, sitemap
from digest.site.origins import Origins
from digest.site.owners import one_owner
from digest.site.page import Page
from digest.site.pages import plan, shared
from digest.site.render import own_static, render, static
from digest.site.search import shards
from digest.site.stage import MANIFEST, Batch, Begun, Files
from digest.site.templates import check_templates, templates

# About how many µs of work, so that each processor gets as much: a page; of a whole file, for
# each claim in it.
_PAGES = {"quotes": 450, "days": 250, "articles": 650, "speakers": 1300}
_OTHER = 1000
_SITEMAP, _EXPORT, _SEARCH = 5, 18, 40


def batches(edition: Edition, root: Path) -> list[Batch]:
    """What makes every file of the site but those that are ``given``."""
    sees, count = shared(edition), len(edition.digest.claims)
    environment = templates(root)
    if faults := [*check_templates(environment, root), *own_static(root)[1]]:
        raise Refused(*faults)
    origins, planned = Origins(edition, root), list(plan(edition))
    record = origins.record
    quoted = dict(annotated(edition))
    articles = {address.article(id): id for id in edition.digest.articles}

    def begin(to: str, make: Callable[[], Page]) -> Begun:
        """Of most pages what they are made from is known; of others it is what they show."""
        if to in quoted:
            return origins.of_quotation(quoted[to]), lambda: with_annotation(to, make())
        if to in articles:
            return origins.of_article(articles[to]), lambda: _rendered([make()], sees, environment)
        page = make()
        return origins.of_page(page), lambda: _rendered([page], sees, environment)

    def with_annotation(to: str, page: Page) -> Files:
        yield from _rendered([page], sees, environment)
        yield beside(to), annotation(quoted[to], edition).encode()

    found = []
    for to, make in chain(planned, feeds(edition)):
        files = (to, beside(to)) if to in quoted else (to,)
        made_from = "" if to in quoted or to in articles else record
        found.append((to, Batch(partial(begin, to, make), _effort(to), files, made_from)))
    # Quotations of one article stand together: they share what is worked out about it.
    near = _nearness(edition)
    found.sort(key=lambda one: near.get(one[0].rpartition(".")[0], -1))
    addresses, digest = [to for to, _ in planned], edition.digest
    whole: list[tuple[int, Callable[[], Files], tuple[str, ...]]] = [
        (_SITEMAP, lambda: _rendered(sitemap(addresses, digest), sees, environment), ()),
        *((_EXPORT, make, names) for make, names in _exports(edition)),
        (_SEARCH, lambda: shards(edition).items(), ("search/",)),
    ]
    every = (
        Batch(partial(_anew, make), effort * count, names, record) for effort, make, names in whole
    )
    return [*every, *(batch for _, batch in found)]  # small ones last, to come out even


def _effort(address: str) -> int:
    return _PAGES.get(address.partition("/")[0], _OTHER)


def given(edition: Edition, root: Path, made: Iterable[str]) -> dict[str, bytes]:
    """Files that stand in the site as they are, by address. Raises Refused where one is taken."""
    own, copied = ("templates/static/", static(root)), ("data/static/", edition.copied)
    return one_owner([*made, MANIFEST], own, copied)


def _anew(make: Callable[[], Files]) -> Begun:
    """What is made anew wherever the record is another."""
    return None, make


def _nearness(edition: Edition) -> dict[str, int]:
    """For each quotation's address, without its ending, where the article stands that prints it."""
    order = {id: number for number, id in enumerate(edition.digest.articles)}
    return {
        address.quote(id).removesuffix(".html"): order[claim.printings[0].article]
        for claim in edition.digest.claims
        for id in (claim.id, *claim.formerly)
    }


def _rendered(pages: Any, sees: dict[str, Any], environment: jinja2.Environment) -> Files:
    for to, text in render(pages, sees, environment):
        content = _encoded(to, text)
        if to.endswith(".xml") and (faults := list(check_xml(f"site/{to}", content))):
            raise Refused(*faults)
        yield to, content


def _encoded(to: str, text: str) -> bytes:
    """The bytes of a page; half a character, which a digest's own template may print, has none."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        message = f"U+{ord(text[error.start]):04X} is no character"
        line = text.count("\n", 0, error.start) + 1
        raise Refused(Diagnostic(Place(f"site/{to}", line), "template", message)) from None


def _exports(edition: Edition) -> Iterator[tuple[Callable[[], Files], tuple[str, ...]]]:
    """The whole record for other programs: what makes it, and the names of the files."""
    digest = edition.digest
    standing = [claim for claim in digest.claims if not claim.retracted]
    yield lambda: [("claims.json", claims_json(digest))], ("claims.json",)
    yield lambda: [("claims.csv", claims_csv(digest).encode())], ("claims.csv",)
    yield lambda: [("feed.json", json_feed(edition).encode())], ("feed.json",)
    yield lambda: bibliography([*map(edition.cite, standing)]), BIBLIOGRAPHY

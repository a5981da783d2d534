"""Every file of the site, in the batches that it is made in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import jinja2

from digest import address
from digest.diagnostics import Diagnostic, Place, Refused
from digest.site.annotation import annotated, beside
from digest.site.citation import bibliography
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
from digest.site.stage import MANIFEST, Batch
from digest.site.templates import check_templates, templates

# About how many µs of work, so that each processor gets as much: a page; of a whole file, for
# each claim in it.
_PAGES = {"quotes": 400, "days": 250, "articles": 650, "speakers": 1300}
_OTHER, _JSON = 1000, 50
_FEEDS, _SITEMAP, _EXPORTS, _SEARCH = 35, 5, 70, 40
Files = Iterator[tuple[str, bytes]]


def batches(edition: Edition, root: Path) -> list[Batch]:
    """What makes every file of the site but those that are ``given``."""
    sees, count = shared(edition), len(edition.digest.claims)
    environment = templates(root)
    if faults := [*check_templates(environment, root), *own_static(root)[1]]:
        raise Refused(*faults)
    origins = _origins(edition, root)
    planned = list(plan(edition))

    def of_page(make: Callable[[], Page]) -> Files:
        return _rendered([make()], sees, environment)

    found = [
        (to, Batch(partial(of_page, make), _effort(to), to, origins.get(to)))
        for to, make in planned
    ]
    found += [
        (to, Batch(partial(_written, to, make), _JSON, to, origins.get(to)))
        for to, make in annotated(edition)
    ]
    # Quotations of one article stand together: they share what is worked out about it.
    near = _nearness(edition)
    found.sort(key=lambda one: near.get(one[0].rpartition(".")[0], -1))
    addresses = [to for to, _ in planned]
    whole = [
        Batch(lambda: _rendered(feeds(edition), sees, environment), _FEEDS * count),
        Batch(
            lambda: _rendered(sitemap(addresses, edition.digest), sees, environment),
            _SITEMAP * count,
        ),
        Batch(lambda: _exported(edition), _EXPORTS * count),
        Batch(lambda: iter(shards(edition).items()), _SEARCH * count),
    ]
    return [*whole, *(batch for _, batch in found)]  # small ones last, to come out even


def _effort(address: str) -> int:
    return _PAGES.get(address.partition("/")[0], _OTHER)


def given(edition: Edition, root: Path, made: Iterable[str]) -> dict[str, bytes]:
    """Files that stand in the site as they are, by address. Raises Refused where one is taken."""
    own, copied = ("templates/static/", static(root)), ("data/static/", edition.copied)
    return one_owner([*made, MANIFEST], own, copied)


def _origins(edition: Edition, root: Path) -> dict[str, Callable[[], str]]:
    """By address what says from what a file is made, for those that may be kept."""
    origins = Origins(edition, root)
    found: dict[str, Callable[[], str]] = {}
    for claim in edition.digest.claims:
        if not claim.retracted:
            page = address.quote(claim.id)
            found[page] = found[beside(page)] = partial(origins.of_quotation, claim)
    for id in edition.digest.articles:
        found[address.article(id)] = partial(origins.of_article, id)
    return found


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


def _written(to: str, make: Callable[[], str]) -> Files:
    yield to, make().encode()


def _exported(edition: Edition) -> Files:
    """The whole record for other programs."""
    digest = edition.digest
    exported = {
        "claims.json": claims_json(digest),
        "claims.csv": claims_csv(digest),
        "feed.json": json_feed(edition),
        **bibliography(edition.citations.values()),
    }
    return ((to, text.encode()) for to, text in exported.items())

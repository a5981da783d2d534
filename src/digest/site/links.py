"""Every link in the rendered site leads somewhere.

Links are collected where a page is made, each folder's only once, and looked up when all pages
are there: what ten thousand pages share is looked up once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from html import unescape
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from msgspec import Struct

from digest.diagnostics import Diagnostic, Place

# Our own templates write every attribute so; a literal prefix is what makes the search fast, and
# bytes are searched twice as fast as text that is not ASCII.
_LINK = re.compile(rb' href="([^"]*)"')
_ID = re.compile(rb' id="([^"]*)"')
_OUTWARD = ("https://", "http://", "mailto:")


class Links(Struct, frozen=True, array_like=True):
    """What a page links to that no page before it did, and what can be linked to in it."""

    to: list[str]  # as they are written
    ids: str  # as they are written, with blanks between
    astray: list[str]  # links to parts of its own that it does not have
    twice: list[str]  # ids that name two parts of it


class Collector:
    """Collects the links of pages, one after the other."""

    def __init__(self) -> None:
        self._seen: dict[str, set[bytes]] = {}  # links that pages had, by the folder of the pages

    def links_of(self, address: str, html: bytes) -> Links:
        """The links of the page at an address that are new, and its ids."""
        seen = self._seen.setdefault(dirname(address), set())
        ids, new = _ID.findall(html), set(_LINK.findall(html)) - seen
        own = {link for link in new if link.startswith(b"#")}
        seen |= new - own
        known = set(ids)
        return Links(
            [one for one in _told(new - own) if not one.startswith(_OUTWARD)],
            b" ".join(ids).decode(errors="replace"),
            _told(one for one in own if one[1:] not in known),
            _told(id for id in known if ids.count(id) > 1) if len(known) < len(ids) else [],
        )


def _told(found: Iterable[bytes]) -> list[str]:
    return sorted(one.decode(errors="replace") for one in found)


def ids_of(html: bytes | None) -> set[str]:
    """The parts of a page that can be linked to, as they are written."""
    return set(_told(_ID.findall(html or b"")))


def check_links(
    pages: Mapping[str, Links], addresses: Container[str], read: Callable[[str], bytes]
) -> Iterator[Diagnostic]:
    """Each relative link names a file of the site, and its fragment an id there.

    ``pages`` are those that were made; ``addresses`` are those of all files; ``read`` gives a
    page again, to name the line, or a page that was kept.
    """
    ids = {path: set(found.ids.split(" ")) for path, found in pages.items()}
    lost = {
        (dirname(path), link)
        for path, found in pages.items()
        for link in found.to
        if not _leads(link, path, ids, addresses, read)
    }
    for path, found in pages.items():
        here = [link for folder, link in lost if folder == dirname(path)]
        if here or found.astray or found.twice:
            yield from _findings(path, read(path).decode(errors="replace"), here, found)


def _findings(path: str, html: str, lost: Iterable[str], found: Links) -> Iterator[Diagnostic]:
    """What is wrong with the links of one page, at its lines."""
    for link in (*lost, *found.astray):
        if f' href="{link}"' in html:
            line = html.count("\n", 0, html.index(f'"{link}"')) + 1
            message = f'"{unescape(link)}" leads nowhere'
            yield Diagnostic(Place(f"site/{path}", line), "link", message)
    for id in found.twice:
        line = html.count("\n", 0, html.rindex(f' id="{id}"')) + 1
        hint = "give the claim, report or disagreement of this name another id"
        message = f'"{unescape(id)}" names two parts of this page'
        yield Diagnostic(Place(f"site/{path}", line), "id-twice", message, (hint,))


def collected(pages: Iterable[tuple[str, bytes]]) -> dict[str, Links]:
    """The links of every page, by its address."""
    collector = Collector()
    return {address: collector.links_of(address, html) for address, html in pages}


def _leads(
    link: str,
    page: str,
    ids: dict[str, set[str]],
    addresses: Container[str],
    read: Callable[[str], bytes],
) -> bool:
    address, _, fragment = link.partition("#")
    path = normpath(join(dirname(page), unescape(address)))
    target = unquote(path)
    if target not in addresses or target.count("/") > path.count("/"):
        return False
    if not fragment:
        return True
    if target not in ids:
        ids[target] = ids_of(read(target))
    return fragment in ids[target]

"""Every link in the rendered site leads somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape

from digest.diagnostics import Diagnostic, Place

# Our own templates write every attribute so; a literal prefix is what makes the search fast.
_LINK = re.compile(r' href="([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')
_OUTWARD = ("https://", "http://", "mailto:")


def check_links(files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Each relative link names a file of the site, and its fragment an id there.

    ``files`` are the site's files by address; only HTML is read.
    """
    written = ((path, html) for path, html in files.items() if path.endswith(".html"))
    pages = {path: html.decode(errors="replace") for path, html in written}
    ids = {path: set(map(unescape, _ID.findall(html))) for path, html in pages.items()}
    yield from _twice(pages)
    known: set[tuple[str, str]] = set()  # a folder, and a link that leads somewhere from there
    for path, html in pages.items():
        folder = posixpath.dirname(path)
        for link in dict.fromkeys(_LINK.findall(html)):
            if (folder, link) in known or link.startswith(_OUTWARD):
                continue
            to = unescape(link)
            if _leads(to, path, files, ids):
                # A link to a part of its own page says nothing of other pages.
                known |= {(folder, link)} if not to.startswith("#") else set()
                continue
            line = html[: html.index(f'"{link}"')].count("\n") + 1
            yield Diagnostic(Place(f"site/{path}", line), "link", f'"{to}" leads nowhere')


def _twice(pages: Mapping[str, str]) -> Iterator[Diagnostic]:
    """No id names two parts of a page: a link could mean either."""
    for path, html in pages.items():
        found = _ID.findall(html)
        if len(found) > len(set(found)):
            for id in sorted({id for id in found if found.count(id) > 1}):
                line = html[: html.rindex(f' id="{id}"')].count("\n") + 1
                hint = "give the claim, report or disagreement of this name another id"
                message = f'"{id}" names two parts of this page'
                yield Diagnostic(Place(f"site/{path}", line), "id-twice", message, (hint,))


def _leads(to: str, page: str, files: Mapping[str, bytes], ids: Mapping[str, set[str]]) -> bool:
    address, _, fragment = to.partition("#")
    target = posixpath.join(posixpath.dirname(page), address) if address else page
    target = posixpath.normpath(target)
    return target in files and (not fragment or fragment in ids.get(target, ()))

"""A page as a browser builds it, by the rules of the HTML standard: what in it would run or ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import html5lib

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "script-src 'self'; base-uri 'none'; form-action 'none'"
)
SVG = "{http://www.w3.org/2000/svg}"
# All that our templates write, and Markdown.
ELEMENTS = frozenset(
    "html head meta title link script body a p span b i em strong small code pre q mark ins sup br"
    " hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote figure figcaption section article aside nav"
    " header main footer div details summary table caption thead tbody tr th td time form label"
    " input select optgroup option output".split()
) | {f"{SVG}{name}" for name in "svg defs g path circle rect line text title use a".split()}
INLINE = ("a", "b", "mark", "q", "time")
ADDRESSES = ("href", "src", "cite", "{http://www.w3.org/1999/xlink}href")
OTHERS = (
    "style",
    "srcdoc",
    "srcset",
    "action",
    "formaction",
    "poster",
    "ping",
    "background",
    "data",
)


class Page:
    """One page, parsed."""

    def __init__(self, html: bytes) -> None:
        self.tree = html5lib.parse(html, transport_encoding="utf-8", namespaceHTMLElements=False)

    @cached_property
    def elements(self) -> list[tuple[str, dict[str, str]]]:
        """Every element with its attributes, in order."""
        found = ((one.tag, dict(one.attrib)) for one in self.tree.iter())
        return [("comment" if callable(tag) else tag, attributes) for tag, attributes in found]

    @cached_property
    def text(self) -> str:
        """What can be read, runs of white space as one."""
        return flat("".join(self._texts(self.tree)))

    @cached_property
    def told(self) -> list[str]:
        """Every attribute's value."""
        return [value for _, attributes in self.elements for value in attributes.values()]

    def _texts(self, within) -> Iterator[str]:
        """Runs of text; what does not stand in a line ends one."""
        apart = "" if within.tag in INLINE else " "
        yield apart
        yield within.text or "" if within.tag != "script" else ""
        for one in within:
            yield from self._texts(one)
            yield one.tail or ""
        yield apart

    def runs(self) -> Iterator[str]:
        """What would run, ask or lead astray, each told in words."""
        for tag, attributes in self.elements:
            if tag not in ELEMENTS:
                yield f"element {tag}"
            yield from self._script(tag, attributes)
            for name, value in attributes.items():
                if name.lower().startswith("on") or name in OTHERS:
                    yield f"attribute {name} of {tag}"
                if name in ADDRESSES and not harmless(value):
                    yield f"address {value!r} of {tag}"
            if tag == "form" and attributes.get("id") != "filters":
                yield "a form"
            if "http-equiv" in attributes:
                yield from self._equivalent(attributes)

    def _script(self, tag, attributes) -> Iterator[str]:
        ours = {*attributes} == {"src", "defer"} and attributes["src"].endswith("digest.js")
        if tag.endswith("script") and not ours and attributes != {"type": "application/ld+json"}:
            yield f"script {attributes}"

    def _equivalent(self, attributes) -> Iterator[str]:
        policy = attributes == {"http-equiv": "Content-Security-Policy", "content": POLICY}
        away = re.fullmatch(r"0; url=(?:\.\./)?quotes/[a-z0-9-]+\.html", attributes["content"])
        if not policy and not (attributes["http-equiv"] == "refresh" and away):
            yield f"meta {attributes}"


def harmless(address: str) -> bool:
    """Whether a click stays on the site, or goes to the web or to a mail program.

    A browser drops white space around an address, and tabs and line ends within it.
    """
    clean = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33))))).lower()
    scheme = re.match(r"[a-z][a-z0-9+.-]*:|//|\\", clean)
    return not scheme or scheme[0] in ("https:", "http:", "mailto:")


def flat(text: str) -> str:
    """Runs of white space as one blank."""
    return " ".join(text.split())


def active(site: Path) -> list[str]:
    """All that would run in any page below a folder."""
    return [
        f"{path.relative_to(site)}: {what}"
        for path in sorted(site.rglob("*.html"))
        for what in Page(path.read_bytes()).runs()
    ]

"""What may lie in ``data/static/``: files that a browser shows or keeps, and never runs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from digest.diagnostics import Diagnostic, Place

_INERT = frozenset(
    ".png .jpg .jpeg .gif .webp .avif .ico .woff .woff2 .ttf .otf .mp3 .ogg .mp4 .webm .vtt"
    " .txt .md .csv .bib .ris .json .jsonld .webmanifest .xml .pdf .ics .asc .zip .gz".split()
)
_NAMED = frozenset("CNAME LICENCE LICENSE _headers _redirects .nojekyll".split())
_RUN = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg")


def check_copied(copied: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Nothing that a browser may run is copied: it would run as a part of the site."""
    for path, content in copied.items():
        name = os.path.basename(path)
        ending = os.path.splitext(name)[1].lower()
        if name not in _NAMED and ending not in _INERT:
            hints = (
                "scripts, styles and SVG of your own design belong in templates/static/",
                f"copied are {', '.join(sorted(_NAMED))} and files in {' '.join(sorted(_INERT))}",
            )
            message = f'is not copied: a browser may run "{ending or name}"'
            yield Diagnostic(Place(f"data/static/{path}"), "file-active", message, hints)
        elif ending == ".xml":
            yield from _check_inert(f"data/static/{path}", content)


def check_xml(path: str, content: bytes) -> Iterator[Diagnostic]:
    """An XML file is well-formed: a feed that is not is no feed."""
    yield from _parsed(path, content, expat.ParserCreate())


def _check_inert(path: str, content: bytes) -> Iterator[Diagnostic]:
    """No XHTML, SVG or style sheet hides in an XML file: a browser would run them."""
    parser, found = expat.ParserCreate(namespace_separator=" "), list[Diagnostic]()

    def run(name: str, _: object) -> None:
        if name.startswith(_RUN) or name == "xml-stylesheet":
            place = Place(path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
            message = f'holds "{name}", which a browser may run'
            hint = "pages and pictures of your own design belong in templates/static/"
            found.append(Diagnostic(place, "file-active", message, (hint,)))

    parser.StartElementHandler = parser.ProcessingInstructionHandler = run
    yield from _parsed(path, content, parser)
    yield from found[:1]


def _parsed(path: str, content: bytes, parser: expat.XMLParserType) -> Iterator[Diagnostic]:
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        place = Place(path, error.lineno, error.offset + 1)
        yield Diagnostic(place, "xml", f"is not well-formed XML: {expat.ErrorString(error.code)}")

"""Pages become HTML, and our own notes too; nothing in an article is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from digest import address
from digest.diagnostics import Diagnostic, Refused
from digest.folder import PACKAGED, below
from digest.memo import Memo, Question
from digest.site.page import Page
from digest.site.templates import bounded, told

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_NOTE = 400  # µs that markdown-it-py takes for one
_NAMED = 10_000  # characters of addresses that even a short text may have


def render(
    pages: Iterable[Page], shared: dict[str, Any], environment: jinja2.Environment
) -> Iterator[tuple[str, str]]:
    """Each page's address and its HTML; ``shared`` is what all of them see.

    Raises Refused at the template's line for a template that is missing or wrong.
    """
    for page in pages:
        up = address.up(page.address)
        own = {"here": page.address, "up": up, "meta": page.meta, **page.sees}
        try:
            with bounded(environment):
                made = environment.get_template(page.template).render(**shared, **own)
        except Exception as error:  # whatever a template does wrong is told at its line
            raise Refused(told(error, page.template)) from None
        yield page.address, made


def notes(written: dict[str, str], memo: Memo) -> dict[str, str]:
    """Our own words, from Markdown; raw HTML in them is shown, not obeyed."""
    questions = [Question((text,), partial(_markdown, text), _NOTE) for text in written.values()]
    return dict(zip(written, memo.recall("notes", questions, str), strict=True))


def _markdown(text: str) -> str:
    """HTML; where a text names one address so often that the page would burst, no name is one."""
    tokens = _parser().parse(text)
    if _named(tokens) > 4 * len(text) + _NAMED:
        tokens = _parser("reference").parse(text)
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, {}))


def _named(tokens: Iterable[Token]) -> int:
    """Characters in the addresses and titles of all links."""
    links = (part for token in tokens for part in token.children or ())
    return sum(len(str(told)) for link in links for told in link.attrs.values())


@cache
def _parser(*without: str) -> MarkdownIt:
    """The only Markdown parser; no image of another host: a page asks nothing of anybody."""
    from markdown_it import MarkdownIt  # heavy, and only for words not seen before

    return MarkdownIt("commonmark", {"html": False}).disable(["image", *without])


def static(root: Path) -> dict[str, bytes]:
    """What pages link to and nobody renders, by address: the program's, or the digest's own."""
    return packaged_static() | own_static(root)[0]


def packaged_static() -> dict[str, bytes]:
    """The program's own styles, scripts and fonts, by address."""
    folder = PACKAGED / "static"
    packaged = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in packaged}


def own_static(root: Path) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """What lies in a digest's own ``templates/static/``, and what of it is not read and why."""
    findings: list[Diagnostic] = []
    return dict(below(root, "templates/static", findings)), findings

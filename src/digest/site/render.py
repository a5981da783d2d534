"""Pages become HTML, and our own notes too; nothing in an article is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from digest import address
from digest.diagnostics import Diagnostic, Place, Refused
from digest.folder import PACKAGED
from digest.memo import Memo, Question
from digest.site.page import Page

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_NOTE = 400  # µs that markdown-it-py takes for one
_FAULTS = (
    jinja2.TemplateError,
    ArithmeticError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


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
            yield page.address, environment.get_template(page.template).render(**shared, **own)
        except jinja2.TemplateSyntaxError as error:
            raise _refused(error.name or page.template, error.lineno, error.message) from None
        except jinja2.TemplateNotFound as error:
            raise _refused(str(error), 1, "there is no such template") from None
        except _FAULTS as error:
            raise _refused(page.template, _line(error, environment), str(error)) from None


def notes(written: dict[str, str], memo: Memo) -> dict[str, str]:
    """Our own words, from Markdown; raw HTML in them is shown, not obeyed."""
    questions = [Question((text,), partial(_markdown, text), _NOTE) for text in written.values()]
    return dict(zip(written, memo.recall("notes", questions, str), strict=True))


def _markdown(text: str) -> str:
    return str(_parser().render(text))


@cache
def _parser() -> MarkdownIt:
    """The only Markdown parser; no image of another host: a page asks nothing of anybody."""
    from markdown_it import MarkdownIt  # heavy, and only for words not seen before

    return MarkdownIt("commonmark", {"html": False}).disable("image")


def _refused(template: str, line: int, message: str | None) -> Refused:
    return Refused(
        Diagnostic(Place(f"templates/{template}", line), "template", message or "is wrong")
    )


def _line(error: BaseException, environment: jinja2.Environment) -> int:
    """The line of the template that was being rendered."""
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith((".html", ".xml")):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def static(root: Path) -> dict[str, bytes]:
    """What pages link to and nobody renders, by address: the program's, or the digest's own."""
    found = {}
    for folder in (PACKAGED / "static", root / "templates/static"):
        linked = folder.is_symlink() or folder.parent.is_symlink()
        for path in () if linked else sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():  # a link could show another file
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found

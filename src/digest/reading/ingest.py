"""Saved HTML becomes text: the article alone, under front matter with what the page says of it.

trafilatura finds the article among menus, teasers and comments; it is the extra ``html``,
because only this needs it. It folds white space and leaves soft hyphens out: so the page itself
is kept beside the text that was taken from it.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from digest.diagnostics import Diagnostic, Place, Refused
from digest.yamlwriting import entry

LARGEST = 5_000_000  # bytes of a saved page
_MOST = 1_000_000  # code points of it that are no script or style: a book
# Bounded, and each searched for once: a page of unclosed tags must not take minutes.
_UNREAD = re.compile(r"<(?P<tag>script(?![^>]{0,500}ld\+json)|style)\b[^>]{0,2000}>", re.IGNORECASE)
_CLOSES = {tag: re.compile(f"</{tag}[^>]{{0,100}}>", re.IGNORECASE) for tag in ("script", "style")}
# What no reader of the page sees.
_HIDDEN = (
    "//template", "//noscript", "//*[@hidden]",
    "//*[contains(translate(@style, 'DISPLAYNOE ', 'displaynoe'), 'display:none')]",
)  # fmt: skip
_LOOKS = re.compile(rb"\s*(?><!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FIELDS = {"title": "title", "author": "byline", "sitename": "publisher", "date": "published",
           "url": "url"}  # fmt: skip


def is_page(content: bytes) -> bool:
    """Whether a file is HTML, by its own look."""
    start = content[:2000].removeprefix(codecs.BOM_UTF8)
    return bool(_LOOKS.match(start)) or content.startswith(
        (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    )


def ingested(path: str, content: bytes) -> str:
    """The article of a saved page as Markdown: front matter, and its paragraphs.

    Raises Refused where the extra is not installed, the page is too large or not in the encoding
    that it names, or holds no article.
    """
    if len(content) > LARGEST:
        raise _refused(path, "article-size", f"more than {LARGEST:,} bytes")
    page = _read_part(_decoded(path, content))
    if len(page) > _MOST:
        raise _refused(path, "article-size", f"more than {_MOST:,} characters, scripts left out")
    found = _extracted(path, page)
    text = (found.text or "").strip() if found else ""
    if not text:
        hint = "save the article’s text as a .txt file, and add that"
        raise _refused(path, "page-empty", "no article was found in this page", hint)
    if "\ufffd" in text:
        hint = "save the page again as UTF-8"
        raise _refused(path, "article-encoding", "holds characters that were lost", hint)
    written = {ours: getattr(found, theirs, None) for theirs, ours in _FIELDS.items()}
    fields = {name: " ".join(str(value).split()) for name, value in written.items() if value}
    front = "".join(entry(name, value) for name, value in fields.items())
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and lines[0] == fields.get("title"):
        del lines[0]  # it stands in the front matter
    return f"---\n{front}---\n\n" + "\n\n".join(lines) + "\n"


def _read_part(page: str) -> str:
    """The page without scripts and styles, but for the JSON-LD that says what it is."""
    kept, at = [], 0
    while opened := _UNREAD.search(page, at):
        closed = _CLOSES[opened["tag"].lower()].search(page, opened.end())
        if closed is None:
            break
        kept.append(page[at : opened.start()])
        at = closed.end()
    return "".join((*kept, page[at:]))


def _extracted(path: str, page: str) -> Any:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        hint = "install it with: pip install 'walking-away[html]', or add the text as a .txt file"
        raise _refused(path, "extra-missing", "reading HTML needs trafilatura", hint) from None
    try:
        return bare_extraction(
            page,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            prune_xpath=list(_HIDDEN),
        )
    except (RecursionError, ValueError, TypeError, AttributeError) as error:
        message = f"this page cannot be read ({type(error).__name__})"
        hint = "save the article’s text as a .txt file, and add that"
        raise _refused(path, "page-unreadable", message, hint) from None


def _decoded(path: str, content: bytes) -> str:
    """The page in the encoding that its mark or its head names; UTF-8 where it names none."""
    named = _CHARSET.search(content[:4096])
    charset = named[1].decode("ascii").lower() if named else "utf-8"
    # Pages that say Latin-1 mean Windows: so reads every browser.
    charset = "cp1252" if charset in ("iso-8859-1", "latin1", "us-ascii", "ascii") else charset
    charset = next((name for mark, name in _BOMS if content.startswith(mark)), charset)
    try:
        return content.decode(charset)
    except LookupError:
        raise _refused(path, "article-encoding", f'no encoding "{charset}" is known') from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} ({content[error.start]:#04x}) is not {charset}"
        finding = Diagnostic(Place(path, line), "article-encoding", message, ("save it as UTF-8",))
        raise Refused(finding) from None


def _refused(path: str, rule: str, message: str, *hints: str) -> Refused:
    return Refused(Diagnostic(Place(path), rule, message, hints))

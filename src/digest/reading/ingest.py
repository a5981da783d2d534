"""Saved HTML becomes text: the article alone, under front matter with what the page says of it.

trafilatura finds the article among menus, teasers and comments; it is the extra ``html``,
because only this needs it. It folds white space and leaves soft hyphens out: so the page itself
is kept beside the text that was taken from it.
"""

from __future__ import annotations

import codecs
import html
import re
from typing import Any

import msgspec

from digest.bounded import bounded
from digest.diagnostics import Diagnostic, Place, Refused
from digest.reading.charsets import charset
from digest.yamlwriting import entry

LARGEST = 5_000_000  # bytes of a saved page
_MOST = 1_000_000  # code points of it that are no script or style: a book
_SECONDS = 4  # of the processor for one page; most take a quarter of one
# Bounded, and each searched for once: a page of unclosed tags must not take minutes.
_UNREAD = re.compile(r"<(?P<tag>script(?![^>]{0,500}ld\+json)|style)\b[^>]{0,2000}>", re.IGNORECASE)
_CLOSES = {tag: re.compile(f"</{tag}[^>]{{0,100}}>", re.IGNORECASE) for tag in ("script", "style")}
# What no reader of the page sees: a style in small letters and without white space, for each tag
# what is shown only where something does not work, and JSON-LD, which is read before.
_STYLE = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\n\r', 'abcdefghijklmnopqrstuvwxyz')"
_HIDDEN = (
    "//template | //noscript | //script | //audio | //canvas | //iframe | //object | //video",
    "//*[@hidden] | //dialog[not(@open)] | //*[@data-preloaded]",
    f"//*[contains({_STYLE}, 'display:none') or contains({_STYLE}, 'visibility:hidden')]",
)
_LOOKS = re.compile(
    rb"\s*(?>(?:<!--.*?-->|<\?xml[^>]*>)\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_LOOKED_AT = 65_536  # bytes of a file's start: comments may stand before the page
# In a reference, browsers take these numbers for those of Windows: &#147; is “.
_WINDOWS = re.compile(r"&#(?:0*1[2-5]\d|x0*[89][0-9a-f])(?!\d);?", re.IGNORECASE)
_FIELDS = {"title": "title", "author": "byline", "sitename": "publisher", "date": "published",
           "url": "url"}  # fmt: skip


def is_page(content: bytes) -> bool:
    """Whether a file is HTML, by its own look."""
    start = content[:_LOOKED_AT]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return bool(_LOOKS.match(start.removeprefix(codecs.BOM_UTF8)))


def ingested(path: str, content: bytes) -> str:
    """The article of a saved page as Markdown: front matter, and its paragraphs.

    Raises Refused where the extra is not installed, the page is too large, takes too long to read
    or is not in the encoding that it names, or holds no article.
    """
    if len(content) > LARGEST:
        raise _refused(path, "article-size", f"more than {LARGEST:,} bytes")
    page = _read_part(_decoded(path, content))
    if len(page) > _MOST:
        raise _refused(path, "article-size", f"more than {_MOST:,} characters, scripts left out")
    found = _extracted(path, page)
    text = found.pop("text").strip()
    if not text:
        hint = "save the article’s text as a .txt file, and add that"
        raise _refused(path, "page-empty", "no article was found in this page", hint)
    if any("\ufffd" in told for told in (text, *found.values())):
        hint = "save the page again as UTF-8"
        raise _refused(path, "article-encoding", "holds characters that were lost", hint)
    fields = {name: " ".join(value.split()) for name, value in found.items()}
    front = "".join(entry(name, value) for name, value in fields.items() if value)
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


def _extracted(path: str, page: str) -> dict[str, str]:
    """The article's text, and what the page says of it, by our names."""
    try:
        import trafilatura  # noqa: F401
    except ImportError:
        hint = "install it with: pip install 'walking-away[html]', or add the text as a .txt file"
        raise _refused(path, "extra-missing", "reading HTML needs trafilatura", hint) from None
    page = _WINDOWS.sub(lambda reference: html.unescape(reference[0]), page)
    found = bounded(lambda: _bare(page), _SECONDS)
    if found is None:
        hint = "save the article’s text as a .txt file, and add that"
        message = f"this page cannot be read, or not within {_SECONDS} seconds"
        raise _refused(path, "page-unreadable", message, hint)
    return msgspec.json.decode(found, type=dict[str, str])


def _bare(page: str) -> bytes:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        page,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        prune_xpath=list(_HIDDEN),
    )
    written = {ours: getattr(found, theirs, None) for theirs, ours in _FIELDS.items()}
    told = {"text": (found and found.text) or ""}
    return msgspec.json.encode(
        told | {name: str(value) for name, value in written.items() if value}
    )


def _decoded(path: str, content: bytes) -> str:
    """The page in the encoding that its mark or its head names; UTF-8 where it names none."""
    try:
        name = charset(content)
        return content.decode(name)
    except LookupError as error:
        raise _refused(path, "article-encoding", f"no encoding {error} is known") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} ({content[error.start]:#04x}) is not {name}"
        finding = Diagnostic(Place(path, line), "article-encoding", message, ("save it as UTF-8",))
        raise Refused(finding) from None


def _refused(path: str, rule: str, message: str, *hints: str) -> Refused:
    return Refused(Diagnostic(Place(path), rule, message, hints))

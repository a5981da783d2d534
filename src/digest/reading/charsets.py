"""Which encoding a saved page is in: its byte order mark says, or else its head."""

from __future__ import annotations

import codecs
import re

_HEAD = 4096  # bytes in which a page names its encoding
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Those that browsers know. Python has others, which run for hours or unpack what they are given.
_KNOWN = frozenset(
    "utf-8 cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10"
    " iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874 cp1250"
    " cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 gbk gb18030 big5hkscs euc_jp"
    " iso2022_jp cp932 cp949".split()
)
# What a page says, and what browsers take it for.
_MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gbk",
    "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949",
    # The name was read as ASCII: so the page is not in one of these.
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(rb"""<meta\b((?:[^>"']|"[^"]*"|'[^']*')*)""", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_XML = re.compile(rb"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""")
_NAMED = re.compile(rb"""charset\s*=\s*["']?\s*([^\s"';]+)""", re.IGNORECASE)


def charset(page: bytes) -> str:
    """The encoding to decode a page with; UTF-8 where it names none.

    Raises LookupError, with the name in quotation marks, for one that browsers do not know.

    >>> charset(b'<meta charset="latin1">'), charset(b"<p>")
    ('cp1252', 'utf-8')
    """
    marked = next((name for mark, name in _BOMS if page.startswith(mark)), None)
    if marked:
        return marked
    named = _named(page[:_HEAD])
    try:
        known = codecs.lookup(named).name
    except (LookupError, ValueError):
        known = ""
    meant = _MEANT.get(known, known)
    if meant not in _KNOWN:
        raise LookupError(f'"{named}"')
    return meant


def _named(head: bytes) -> str:
    """The encoding that a page's head names, as a browser reads it: a comment names none."""
    for meta in _META.finditer(_COMMENT.sub(b"", head)):
        told: dict[bytes, bytes] = {
            name.lower(): value.strip(b"\"'") for name, value in _ATTRIBUTE.findall(meta[1])
        }
        if b"charset" in told:
            return told[b"charset"].decode("ascii", "replace").strip().lower()
        if told.get(b"http-equiv", b"").lower() == b"content-type":
            found = _NAMED.search(told.get(b"content", b""))
            if found:
                return found[1].decode("ascii", "replace").lower()
    declared = _XML.match(head)
    return declared[1].decode("ascii").lower() if declared else "utf-8"

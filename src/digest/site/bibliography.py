"""One reference in the formats that reference managers and encyclopedias read.

Each format has one field on a line and its own characters that must not stand bare; whatever
they are escaped to reads back as the article's own.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from msgspec import Struct

from digest.dates import spelled

_TEX = {one: f"\\{one}" for one in "{}%#&$_"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# Each begins with a set of characters: the search then skips all others, ten times as fast.
_SPECIAL = re.compile(r"[{}%#&$_\\~^]")
# TeX prints two hyphens as a dash.
_LIGATURE = re.compile(r"[-'`,!?](?:(?<=([-'`,]))(?=\1)|(?<=[!?])(?=`))")
# What wikitext does not print as it is: these, and two of some others.
_MARKUP = re.compile(r"[&|{}\[\]<>'_~](?:(?<=[&|{}\[\]<>])|(?<=')'+|(?<=_)_+|(?<=~)~~+)")
_FAMILY_FIRST = re.compile(r"(?P<family>[^\s,]+), (?P<given>[^,]+)")
_TWO_WORDS = re.compile(r"(?P<given>[^\s,]+) (?P<family>[^\s,]+)")


class Reference(Struct, frozen=True):
    """An article and the words cited from it; None where nothing says it."""

    id: str
    authors: tuple[str, ...]  # as the byline has them
    title: str  # of an article without one: in brackets, what it is called by
    outlet: str | None
    via: str | None  # who printed the article again
    day: date | None  # published; None: inferred, or not one day
    dated: str  # published, in words
    lang: str  # of the article, a BCP 47 tag
    url: str | None
    retrieved: date | None
    remarks: tuple[str, ...]  # what the formats have no field for
    said: str  # whose words, when, and through whom they reached the article
    text: str  # the words
    verified: str  # where

    @property
    def quotation(self) -> str:
        """Whose words, and the words: the speaker is not the article's author."""
        return f"Words of {self.said}: “{self.text}”"

    @property
    def note(self) -> str:
        """The remarks, and where the words were verified."""
        return ". ".join([*self.remarks, f"Verified as printed: {self.verified}"])

    @property
    def reprint_and_note(self) -> str:
        """The note for formats without a field for who printed the article again."""
        return f"By way of {self.via}. {self.note}" if self.via else self.note


def as_bibtex(reference: Reference) -> str:
    """A biblatex entry; second braces keep a title's capitals, and a name in one piece."""
    fields = {
        "entrysubtype": "newspaper",
        "author": " and ".join(map(_tex_name, reference.authors)),
        "title": f"{{{_tex(reference.title)}}}",
        "journaltitle": _tex(reference.outlet or ""),
        "date": str(reference.day or ""),
        "year": "" if reference.day else _tex(reference.dated),  # biblatex prints it as it is
        "url": reference.url,
        "urldate": str(reference.retrieved or ""),
        "note": _tex(reference.reprint_and_note),
        "annotation": _tex(reference.quotation),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{reference.id},\n{lines}}}\n"


def as_ris(reference: Reference) -> str:
    """A record of RIS: its lines end with CR LF, its days are ``YYYY/MM/DD/``."""
    undated = "" if reference.day else f"Published: {reference.dated}. "
    fields = [
        ("TY", "NEWS"),
        ("ID", reference.id),
        *(("AU", family_first(author) or author) for author in reference.authors),
        ("TI", reference.title),
        ("T2", reference.outlet),
        ("PY", reference.day and str(reference.day.year)),
        ("DA", _slashed(reference.day)),
        ("LA", reference.lang),
        ("UR", reference.url),
        ("Y2", _slashed(reference.retrieved)),
        ("N1", undated + reference.reprint_and_note),
        ("N1", reference.quotation),
    ]
    lines = "".join(f"{tag}  - {one_line(told)}\r\n" for tag, told in fields if told)
    return f"{lines}ER  - \r\n"


def as_csl(reference: Reference) -> dict[str, Any]:
    """An entry of CSL-JSON; a day that is not known outright is a literal, in words."""
    fields: dict[str, Any] = {
        "id": reference.id,
        "type": "article-newspaper",
        "author": [_parts(author) or {"literal": author} for author in reference.authors],
        "title": reference.title,
        "container-title": reference.outlet,
        "issued": _date_parts(reference.day) or {"literal": reference.dated},
        "language": reference.lang,
        "URL": reference.url,
        "accessed": _date_parts(reference.retrieved),
        "note": reference.reprint_and_note,
        "annote": reference.quotation,
    }
    return {name: told for name, told in fields.items() if told}


def as_wikitext(reference: Reference) -> str:
    """``{{cite news}}`` of Citation Style 1, and behind it whose words they are."""
    known = reference.dated.removeprefix("n.d.").strip(" []")
    read = spelled(reference.retrieved) if reference.retrieved else ""
    fields = {
        **_wiki_authors(reference.authors),
        "title": _wiki(reference.title),
        "url": reference.url,
        "newspaper": _wiki(reference.outlet or ""),
        "via": _wiki(reference.via or ""),
        "date": spelled(reference.day) if reference.day else "n.d.",
        "orig-date": "" if reference.day else known,  # shown in brackets behind the date
        "language": reference.lang,
        "access-date": read if reference.url else "",  # an error there without an address
        "quote": _wiki(reference.text),
    }
    told = "".join(f" |{name}={value}" for name, value in fields.items() if value)
    return f"{{{{cite news{told}}}}} {_wiki(f'Words of {reference.said}. {reference.note}')}"


def one_line(text: str) -> str:
    """Text without line breaks: readers of these formats split at any that Unicode has."""
    return " ".join(text.splitlines())


def _slashed(day: date | None) -> str | None:
    return f"{day.isoformat().replace('-', '/')}/" if day else None


def _date_parts(day: date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _parts(author: str) -> dict[str, str] | None:
    """Family and given name, from "Ada Low" or "Low, Ada"; None: who can tell.

    >>> _parts("Anna van der Berg"), _parts("Reuters")
    (None, None)
    """
    found = _FAMILY_FIRST.fullmatch(author) or _TWO_WORDS.fullmatch(author)
    return found.groupdict() if found else None


def family_first(author: str) -> str | None:
    """``Low, Ada``, as reference managers want a name; None: who can tell."""
    parts = _parts(author)
    return f"{parts['family']}, {parts['given']}" if parts else None


def _tex_name(author: str) -> str:
    name = family_first(author)
    return _tex(name) if name else f"{{{_tex(author)}}}"


def _wiki_authors(authors: tuple[str, ...]) -> dict[str, str]:
    """The parameters for authors, numbered from 1."""
    fields: dict[str, str] = {}
    for n, author in enumerate(authors, start=1):
        if parts := _parts(author):
            fields |= {f"last{n}": _wiki(parts["family"]), f"first{n}": _wiki(parts["given"])}
        else:
            fields[f"author{n}"] = _wiki(author)
    return fields


def _tex(text: str) -> str:
    """Text for TeX. BibTeX counts escaped braces too: one without its fellow goes by its name."""
    bare = _SPECIAL.sub(lambda found: _TEX[found[0]], one_line(text))
    escaped = _LIGATURE.sub(lambda found: found[0] + "{}", bare)
    if ("{" not in text and "}" not in text) or _paired(text):
        return escaped
    return escaped.replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}")


def _paired(text: str) -> bool:
    """Whether every brace is closed, and none closes what was not open."""
    left = re.sub(r"[^{}]", "", text)
    while "{}" in left:
        left = left.replace("{}", "")
    return not left


def _wiki(text: str) -> str:
    """Text for wikitext: its markup as character references."""
    line = one_line(text)
    return _MARKUP.sub(lambda found: "".join(f"&#{ord(one)};" for one in found[0]), line)

"""One reference in the formats that reference managers and encyclopedias read.

Each format has one field on a line and its own characters that must not stand bare; whatever
they are escaped to reads back as the article's own.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
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


class Work(Struct, frozen=True, dict=True):
    """An article that is cited; None where nothing says it.

    What each format tells of it is written once, for all that is cited from it.
    """

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
    told: str  # all that in a sentence

    @cached_property
    def bibtex(self) -> str:
        """Lines of a biblatex entry; second braces keep a title's capitals, and a name whole."""
        return _bibtex(
            entrysubtype="newspaper",
            author=" and ".join(map(_tex_name, self.authors)),
            title=f"{{{_tex(self.title)}}}",
            journaltitle=_tex(self.outlet or ""),
            date=str(self.day or ""),
            year="" if self.day else _tex(self.dated),  # biblatex prints it as it is
            url=self.url,
            urldate=str(self.retrieved or ""),
        )

    @cached_property
    def ris(self) -> str:
        """Lines of RIS; its days are ``YYYY/MM/DD/``."""
        return _ris(
            *(("AU", family_first(author) or author) for author in self.authors),
            ("TI", self.title),
            ("T2", self.outlet),
            ("PY", str(self.day.year) if self.day else None),
            ("DA", _slashed(self.day)),
            ("LA", self.lang),
            ("UR", self.url),
            ("Y2", _slashed(self.retrieved)),
        )

    @cached_property
    def csl(self) -> dict[str, Any]:
        """Fields of CSL-JSON; a day that is not known outright is a literal, in words."""
        fields: dict[str, Any] = {
            "type": "article-newspaper",
            "author": [_parts(author) or {"literal": author} for author in self.authors],
            "title": self.title,
            "container-title": self.outlet,
            "issued": _date_parts(self.day) or {"literal": self.dated},
            "language": self.lang,
            "URL": self.url,
            "accessed": _date_parts(self.retrieved),
        }
        return {name: told for name, told in fields.items() if told}

    @cached_property
    def wikitext(self) -> str:
        """Parameters of ``{{cite news}}`` of Citation Style 1."""
        known = self.dated.removeprefix("n.d.").strip(" []")
        read = spelled(self.retrieved) if self.retrieved else ""
        fields = {
            **_wiki_authors(self.authors),
            "title": _wiki(self.title),
            "url": self.url,
            "newspaper": _wiki(self.outlet or ""),
            "via": _wiki(self.via or ""),
            "date": spelled(self.day) if self.day else "n.d.",
            "orig-date": "" if self.day else known,  # shown in brackets behind the date
            "language": self.lang,
            "access-date": read if self.url else "",  # an error there without an address
        }
        return "".join(f" |{name}={value}" for name, value in fields.items() if value)


class Reference(Struct, frozen=True):
    """Words that are cited from an article."""

    id: str
    work: Work
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
        return ". ".join([*self.work.remarks, f"Verified as printed: {self.verified}"])

    @property
    def reprint_and_note(self) -> str:
        """The note for formats without a field for who printed the article again."""
        return f"By way of {self.work.via}. {self.note}" if self.work.via else self.note


def as_bibtex(reference: Reference) -> str:
    """A biblatex entry."""
    note, quotation = _tex(reference.reprint_and_note), _tex(reference.quotation)
    own = _bibtex(note=note, annotation=quotation)
    return f"@article{{{reference.id},\n{reference.work.bibtex}{own}}}\n"


def as_ris(reference: Reference) -> str:
    """A record of RIS."""
    work = reference.work
    undated = "" if work.day else f"Published: {work.dated}. "
    first = _ris(("TY", "NEWS"), ("ID", reference.id))
    last = _ris(("N1", undated + reference.reprint_and_note), ("N1", reference.quotation))
    return f"{first}{work.ris}{last}ER  - \r\n"


def as_csl(reference: Reference) -> dict[str, Any]:
    """An entry of CSL-JSON."""
    note, quotation = reference.reprint_and_note, reference.quotation
    return {"id": reference.id, **reference.work.csl, "note": note, "annote": quotation}


def as_wikitext(reference: Reference) -> str:
    """``{{cite news}}``, and behind it whose words they are."""
    behind = _wiki(f"Words of {reference.said}. {reference.note}")
    quoted = _wiki(reference.text)
    return f"{{{{cite news{reference.work.wikitext} |quote={quoted}}}}} {behind}"


def _bibtex(**fields: str | None) -> str:
    return "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)


def _ris(*fields: tuple[str, str | None]) -> str:
    """Lines of RIS: they end with CR LF."""
    return "".join(f"{tag}  - {one_line(told)}\r\n" for tag, told in fields if told)


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

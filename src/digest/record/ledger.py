"""The ledger: which addresses were published, when, and what stood there.

``data/published.txt`` has a line for each, ``address day sha256``, divided by single blanks.
Lines are added by ``digest release`` and never rewritten. An address has a further line, of a
later day, for each time that it was corrected: its first line says since when it is promised,
its last line what stands there. The third column is the hash of what a citer relies on:

- of a quotation, its speaker, its day and the words shown large, NUL between them: the id of a
  named speaker, whose name has a line of its own, or the description of an unnamed one; the
  window as the record prints it; each segment as the article has it. A further printing, a
  stance or a note does not alter it.
- of a redirect to a quotation, that of the quotation.
- of a speaker, the name.
- of an article, the bytes of its file, which is never edited: spans count in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from msgspec import Struct

from digest import address
from digest.address import LEDGER
from digest.dates import a_day
from digest.diagnostics import Diagnostic, Place, Refused
from digest.model.claim import Claim, Digest, Printing

_ADDRESS = re.compile(r"(quotes|speakers|articles)/(.*)\.html")
_HASH = re.compile(r"[0-9a-f]{64}")
_WRONG = 1000  # lines, after which the rest is not read
_MERGE = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


class Line(Struct, frozen=True):
    """One line of the ledger."""

    address: str
    day: date
    sha256: str
    number: int  # from 1

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(LEDGER, self.number)

    @property
    def id(self) -> str:
        """The id that its address is made of."""
        return self.address.partition("/")[2].removesuffix(".html")


class Ledger(Struct, frozen=True):
    """What was published: the lines of each address, in the order of their days."""

    lines: dict[str, tuple[Line, ...]] = {}

    @property
    def since(self) -> dict[str, date]:
        """The day since when each address is promised."""
        return {to: lines[0].day for to, lines in self.lines.items()}

    def last(self, folder: str) -> list[Line]:
        """The last line of each address in ``folder``: the one that counts."""
        return [lines[-1] for to, lines in self.lines.items() if to.startswith(f"{folder}/")]


class Promise(Struct, frozen=True):
    """An address that the site has and that is promised for ever."""

    address: str
    sha256: str  # of what stands there now
    claim: Claim | None = None  # whose corrections may alter it


def read_ledger(text: str) -> tuple[Ledger, list[Diagnostic]]:
    """The ledger, and every line of it that is none; an empty text is an empty ledger.

    A file that is no ledger at all is not read to its end.
    """
    lines: dict[str, list[Line]] = {}
    findings: list[Diagnostic] = []
    for number, written in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        try:
            line = _line(written.removesuffix("\r"), number)
            before = lines.setdefault(line.address, [])
            _check_later(line, before)
            before.append(line)
        except Refused as refused:
            findings += refused.findings
        if len(findings) == _WRONG:
            message = f"is read no further: {_WRONG:,} lines of it are wrong"
            findings.append(Diagnostic(Place(LEDGER, number), "ledger-line", message))
            break
    return Ledger({to: tuple(of) for to, of in lines.items()}), findings


def _line(written: str, number: int) -> Line:
    """One line; Refused at the column where it ceases to be one."""
    if written.startswith(_MERGE):
        hint = "keep the lines of both sides and take out those that begin with <, |, = or >"
        message = "a merge was left unfinished here"
        raise Refused(Diagnostic(Place(LEDGER, number), "ledger-merge", message, (hint,)))
    to, day, hashed, *rest = [*written.split(" ", 3), "", ""]
    found = _ADDRESS.fullmatch(to)
    if not found or address.fault(found[2]):
        raise _no_line(number, 1, f'"{to[:120]}" is no address that is promised')
    if not (on := a_day(day)):
        raise _no_line(number, len(to) + 2, f'"{day[:40]}" is not a day')
    if not _HASH.fullmatch(hashed):
        raise _no_line(number, len(to) + 13, "expected a sha256, 64 digits and letters a to f")
    if rest != ["", ""]:
        raise _no_line(number, len(to) + 77, "the line goes on behind its sha256")
    return Line(to, on, hashed, number)


def _no_line(number: int, column: int, message: str) -> Refused:
    hint = "digest release writes these lines: address day sha256; put it back as it was"
    return Refused(Diagnostic(Place(LEDGER, number, column), "ledger-line", message, (hint,)))


def _check_later(line: Line, before: list[Line]) -> None:
    """A further line of an address is of a later day."""
    if before and line.day <= before[-1].day:
        message = f"{line.address} is of {before[-1].day} already, in line {before[-1].number}"
        hint = "of two lines for one address the later day stands further down; keep the first"
        place = Place(LEDGER, line.number, len(line.address) + 2)
        raise Refused(Diagnostic(place, "ledger-order", message, (hint,)))


def hash_of(*told: str) -> str:
    """The sha256 of some texts, NUL between them."""
    return sha256("\0".join(told).encode()).hexdigest()


def hash_of_claim(claim: Claim, printing: Printing | None = None) -> str:
    """The hash of speaker, day and words; of the words shown large, or of another printing's."""
    speaker, said = claim.speaker, claim.moment.working.said
    words = (segment.text for segment in (printing or claim.printings[0]).segments)
    return hash_of(speaker.id if speaker.entry.name else speaker.name, str(said), *words)


def promises(digest: Digest) -> Iterator[Promise]:
    """Every address that a release promises, with what stands there now."""
    for claim in digest.claims:
        for id in (claim.id, *claim.formerly):
            yield Promise(address.quote(id), hash_of_claim(claim), claim)
    for speaker in digest.speakers.values():
        if speaker.entry.name:
            yield Promise(address.speaker(speaker.id), hash_of(speaker.entry.name))
    for id, curated in digest.articles.items():
        yield Promise(address.article(id), curated.article.sha256)


def due(digest: Digest, ledger: Ledger, on: date) -> list[Line]:
    """The lines that a release on that day adds: what is new, and what was corrected since.

    Raises Refused where a correction is dated later: it would license what comes after it.
    """
    early = [claim.written for claim in digest.claims for one in claim.corrections if one.day > on]
    if early:
        message = f"is corrected on a later day than that of the release, {on}"
        hint = "release --on the day of the correction, or mend that day"
        raise Refused(*(Diagnostic(at, "release-day", message, (hint,)) for at in early))
    return [
        Line(one.address, on, one.sha256, 0) for one in promises(digest) if _is_due(one, ledger)
    ]


def _is_due(one: Promise, ledger: Ledger) -> bool:
    """Whether an address is new, or its claim has a correction that no line has yet."""
    lines = ledger.lines.get(one.address)
    return not lines or bool(one.claim and corrected(one.claim, lines[-1].day))


def corrected(claim: Claim, after: date, until: date = date.max) -> bool:
    """Whether a claim was corrected after one day and not later than another."""
    return any(after < one.day <= until for one in claim.corrections)

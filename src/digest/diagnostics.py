"""What we say when something is wrong, and how it prints.

A finding is a value. Stages return findings; only the command line prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]
SHOWN = 50  # findings that are printed; of more, hints that cost a search are not worked out


class Place(Struct, frozen=True, order=True, gc=False):
    """Where a finding is: a file relative to the root, line and column from 1 in code points."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Diagnostic(Struct, frozen=True, order=True):
    """One finding about the digest: where, which rule, what was found, and how to mend it."""

    place: Place
    rule: str
    message: str
    hints: tuple[str, ...] = ()  # each printed on an indented line of its own
    severity: Severity = "error"

    def __str__(self) -> str:
        first = f"{self.place}: {self.severity}[{self.rule}] {self.message}"
        # What was found may hold the end of a line: a message has one line, and each hint has one.
        return "\n    ".join(line.replace("\n", "\\n") for line in (first, *self.hints))


class Refused(Exception):
    """The only exception this program raises on purpose: input it will not work with."""

    def __init__(self, *findings: Diagnostic) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


def ordered(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings in the order of the files, each said once."""
    return sorted(set(findings))


def errors(findings: Iterable[Diagnostic], strict: bool = False) -> int:
    """How many findings stop a build; with ``strict`` warnings do too."""
    return sum(strict or finding.severity == "error" for finding in findings)


def did_you_mean(wrong: str, known: Iterable[str]) -> tuple[str, ...]:
    """A hint naming the nearest known word, or nothing.

    >>> did_you_mean("jd-vanse", ["jd-vance", "marco-rubio"])
    ('did you mean "jd-vance"?',)
    >>> did_you_mean("xyz", ["jd-vance"])
    ()
    """
    from rapidfuzz import fuzz, process  # only a mistake needs it

    near = process.extractOne(wrong, sorted(known), scorer=fuzz.ratio, score_cutoff=60)
    return (f'did you mean "{near[0]}"?',) if near else ()


def printable(text: str) -> str:
    """``text`` made safe for a terminal: control and other invisible characters by code point.

    >>> printable("two" + chr(27) + "[2Jlines")
    'two<U+001B>[2Jlines'
    """
    return "".join(c if c.isprintable() or c == "\n" else f"<U+{ord(c):04X}>" for c in text)


def summary(findings: Sequence[Diagnostic]) -> str:
    """``2 errors, 1 warning``: how the command line ends."""
    counts = [(errors(findings), "error")]
    counts.append((len(findings) - counts[0][0], "warning"))
    return ", ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in counts)

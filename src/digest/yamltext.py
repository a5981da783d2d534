"""YAML whose every string knows its line.

Every scalar is read as a string: `no`, `12:30` and `2025-13-41` surprise nobody, and types
are given by us. Read from the parser's events, so that nothing recurses and an alias or a tag
is refused where it stands. PyYAML itself keeps the last of two equal keys in silence
(yaml/pyyaml#165); here both lines are named.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

import yaml
from msgspec import Struct

from digest.diagnostics import Diagnostic, Place, Refused

Path = tuple[str | int, ...]
ESCAPE = re.compile(r'\\[^"\\]')
DEEPEST = 12  # levels; the record needs seven
MOST = 150_000  # values in one file; 10,000 claims need 90,000
_ENOUGH = 1_000  # findings in one file: then the rest of it is not read
# Of Unicode's line ends only those at which an editor breaks a line; libyaml counts them all.
_NEW_LINE = re.compile("\r\n|\r|\n")
_MERGE = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: |$)", re.MULTILINE)


class Tree(Struct, frozen=True):
    """A YAML document as dicts, lists and strings, and where each of them stands."""

    path: str  # of the file, relative to the root
    root: Any
    values: dict[Path, tuple[int, int]]  # line and column, from 1
    keys: dict[Path, tuple[int, int]]
    cut: frozenset[Path] = frozenset()  # plain scalars with a comment behind them
    plain: bool = False  # the file holds no escape and no character that cannot be seen

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where the value (or ``key``) at ``path`` stands; its nearest parent if it is absent."""
        if key and path in self.keys:
            return Place(self.path, *self.keys[path])
        while path and path not in self.values:
            path = path[:-1]
        return Place(self.path, *self.values.get(path, (1, 1)))


_EMPTY: dict[type, type] = {yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}


class _Open:
    """A mapping or list whose end was not reached yet."""

    def __init__(self, path: Path, content: dict[str, Any] | list[Any]) -> None:
        self.path, self.content = path, content
        self.key: str | None = None

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.content, dict) and self.key is None

    def next_path(self) -> Path:
        step = len(self.content) if isinstance(self.content, list) else self.key
        return (*self.path, step)  # type: ignore[arg-type]  # a key is awaited elsewhere

    def add(self, value: Any) -> None:
        if isinstance(self.content, list):
            self.content.append(value)
        elif self.key is not None:
            self.content[self.key] = value
            self.key = None


def read(text: str, path: str, longest: int | None = None) -> Tree:
    """The one document of ``text``.

    Raises Refused, with every repeated key named, for what is not plain YAML: syntax errors,
    repeated keys, tags, anchors, aliases, several documents, nesting beyond twelve levels, more
    values than any record needs, and each value of more than ``longest`` code points.
    """
    return _Reader(text, path, longest or len(text)).tree()


class _Reader:
    def __init__(self, text: str, path: str, longest: int) -> None:
        self.text, self.path, self.longest = text, path, longest
        self.root: Any = None
        self.open: list[_Open] = []
        self.values: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        self.cut: set[Path] = set()
        self.findings: list[Diagnostic] = []
        self.again: set[Path] = set()  # paths of repeated keys: what is inside is not told too
        self.documents = 0
        self.lines = [0, *(found.end() for found in _NEW_LINE.finditer(text))]  # where each begins

    def tree(self) -> Tree:
        try:
            events = yaml.CSafeLoader(self.text)
            while event := events.get_event():
                self.take(event)
        except yaml.MarkedYAMLError as error:
            raise self.no_yaml(error) from None
        except yaml.reader.ReaderError as error:
            raise self.unreadable(error) from None
        if self.findings:
            raise Refused(*self.findings)
        seen = self.text.replace("\n", "").isprintable() and not ESCAPE.search(self.text)
        return Tree(self.path, self.root, self.values, self.keys, frozenset(self.cut), seen)

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent or kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            if event.anchor or event.tag:
                self.refuse_tricks(event)
            self.take_node(event, kind)
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            self.open.pop()
        elif kind is yaml.AliasEvent:
            self.refuse_tricks(event)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise self.refusal("yaml-documents", "a second document begins", event.start_mark)

    def take_node(self, event: Any, kind: type) -> None:
        parent = self.open[-1] if self.open else None
        where = self.where(event.start_mark.index)
        if parent and parent.awaits_key:
            self.take_key(parent, event, where)
            return
        path = parent.next_path() if parent else ()
        self.values[path] = where
        if len(self.values) > MOST:
            hint = "move a part of it into another file: data/claims/ may hold many"
            message = f"holds more than {MOST:,} values"
            raise self.refusal("yaml-size", message, event.start_mark, hint)
        value: Any = self.scalar(event, path) if kind is yaml.ScalarEvent else _EMPTY[kind]()
        if parent:
            parent.add(value)
        else:
            self.root = value
        if kind is not yaml.ScalarEvent:
            if len(self.open) >= DEEPEST:
                raise self.refusal("yaml-depth", "nested too deeply", event.start_mark)
            self.open.append(_Open(path, value))

    def take_key(self, parent: _Open, event: Any, where: tuple[int, int]) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise self.refusal("yaml-key", "a key must be a word", event.start_mark)
        path = (*parent.path, event.value)
        if path in self.keys and not self.inside_repeated(path):
            self.again.add(path)
            line, column = self.keys[path]
            hint = f"it stands first at {self.path}:{line}:{column}; keep one of the two"
            self.find(where, "yaml-repeated-key", f'key "{event.value[:100]}" again', hint)
        self.keys.setdefault(path, where)
        parent.key = event.value

    def inside_repeated(self, path: Path) -> bool:
        """Whether a key above was told to be there twice: then all below it is, too."""
        return any(path[:length] in self.again for length in range(1, len(path)))

    def scalar(self, event: Any, path: Path) -> str:
        if len(event.value) > self.longest:
            message = f"is longer than {self.longest:,} characters"
            self.find(self.where(event.start_mark.index), "yaml-long", message)
        if not event.style and event.value and self.comment_follows(event.end_mark.index):
            self.cut.add(path)
        return str(event.value)

    def where(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1

    def find(self, where: tuple[int, int], rule: str, message: str, *hints: str) -> None:
        self.findings.append(Diagnostic(Place(self.path, *where), rule, message, hints))
        if len(self.findings) == _ENOUGH:
            raise Refused(*self.findings)

    def comment_follows(self, index: int) -> bool:
        return self.text[index : index + 40].lstrip(" ").startswith("#")

    def refuse_tricks(self, event: Any) -> None:
        """Anchors, aliases and tags have no use in a record and many in an attack."""
        if event.anchor:
            message = f'"{event.anchor[:100]}" is an anchor or alias; write the words out'
            raise self.refusal("yaml-alias", message, event.start_mark)
        if event.tag != "!":
            message = f'tag "{event.tag[:100]}" is not read; every value is plain words'
            raise self.refusal("yaml-tag", message, event.start_mark)

    def no_yaml(self, error: yaml.MarkedYAMLError) -> Refused:
        """Where it ceases to be YAML; a quotation mark without an end, where it begins."""
        merge = _MERGE.search(self.text)
        if merge:
            place = Place(self.path, bisect_right(self.lines, merge.start()))
            hint = "keep the lines of one side, and take out those that begin with <, |, = or >"
            return Refused(Diagnostic(place, "yaml-merge", "a merge was left unfinished", (hint,)))
        unclosed = "unexpected end of stream" in (error.problem or "")
        mark = error.context_mark if unclosed else error.problem_mark
        return self.refusal("yaml-syntax", _plainly(error), mark, *_mended(error))

    def refusal(self, rule: str, message: str, mark: Any, *hints: str) -> Refused:
        place = Place(self.path, *self.where(mark.index)) if mark else Place(self.path)
        return Refused(Diagnostic(place, rule, message, hints))

    def unreadable(self, error: yaml.reader.ReaderError) -> Refused:
        """The reader's error has no line: count it."""
        bytes_before = self.text.encode()[: error.position]  # libyaml counts bytes
        place = Place(self.path, *self.where(len(bytes_before.decode(errors="ignore"))))
        code = error.character if isinstance(error.character, int) else ord(error.character)
        return Refused(Diagnostic(place, "yaml-character", f"U+{code:04X} may not stand here"))


def _plainly(error: yaml.MarkedYAMLError) -> str:
    return " ".join(part for part in (error.context, error.problem) if part)


_MENDS = {
    "mapping values are not allowed": "a colon in plain words: put them in double quotation marks",
    "expected ',' or": "a comma, bracket or closing quotation mark is missing here or just above",
    "cannot start any token": "a tab, or a sign of YAML: put words in quotation marks",
    "tab character": "indent with blanks, not with a tab",
    "unexpected end of stream": "a quotation mark is opened and never closed",
    "expected <block end>": "this line is indented otherwise than its neighbours, or a quotation "
    "mark inside '…' must be written twice",
    "did not find expected key": "this line is indented otherwise than its neighbours",
    "could not find expected ':'": "a key needs a colon behind it",
    "alphabetic or numeric character": "put words that begin with & or * in quotation marks",
}


def _mended(error: yaml.MarkedYAMLError) -> tuple[str, ...]:
    """How such a slip is mended, in a curator's words."""
    told = _plainly(error)
    return tuple(mend for slip, mend in _MENDS.items() if slip in told)[:1]

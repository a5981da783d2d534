"""A YAML file read for what it says; where each string stands is found out when it is asked.

A record without a fault needs the lines of its entries and no others, and to keep account of the
rest costs as much again as all the reading. So it is skimmed, and read with every place
(``yamltext``) only where something is to be told of it.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import Any

import yaml

from digest.diagnostics import Place
from digest.yamltext import DEEPEST, ESCAPE, MOST, Path, Tree, read

LONGEST = 10_000  # code points of one value
_COMMENT = re.compile(r" *#")
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class Written:
    """A YAML file: what it says, and where. The root is as ``yamltext.read`` gives it.

    Raises Refused as that does, when its root is asked for.
    """

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self._skimmed: _Skimmed | None = None

    @cached_property
    def root(self) -> Any:
        """Dicts, lists and strings."""
        self._skimmed = _skim(self.text)
        return self._skimmed.root if self._skimmed else self.tree.root

    @cached_property
    def tree(self) -> Tree:
        """The document with all its places."""
        return read(self.text, self.path, LONGEST)

    @property
    def plain(self) -> bool:
        """Whether nothing in it is cut or cannot be seen."""
        return self._skimmed is not None

    def at(self, *path: str) -> tuple[int, int]:
        """Line and column of the key at ``path``."""
        place = self.place(*path, key=True)
        return place.line, place.column

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where the value (or ``key``) at ``path`` stands."""
        at = self._skimmed.keys.get(path) if key and self._skimmed else None
        return Place(self.path, *at) if at else self.tree.place(*path, key=key)


class _Skimmed:
    """A document that has nothing unusual, and where its entries stand."""

    def __init__(self) -> None:
        self.root: Any = None
        self.keys: dict[Path, tuple[int, int]] = {}


def _skim(text: str) -> _Skimmed | None:
    """The document, or None for anything that has to be looked at, or told, in full."""
    if not text.replace("\n", "").isprintable() or ESCAPE.search(text):
        return None
    try:
        return _read(text, yaml.CSafeLoader(text))
    except yaml.YAMLError:
        return None


def _read(text: str, events: Any) -> _Skimmed | None:  # noqa: C901  # see below
    """One loop without a call for each event: half as fast again as one with."""
    skimmed, next_event = _Skimmed(), events.get_event
    above: list[tuple[Any, str | None]] = []  # what is open around ``inside``, and at which key
    inside: Any = None
    key: str | None = None
    documents, values, commented = 0, 0, "#" in text
    kind: Any = None
    # A value has three events at the most: its key, its start and its end.
    for event in islice(iter(next_event, None), 3 * MOST):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value: Any = event.value
            if event.anchor or event.tag or len(value) > LONGEST:
                return None
            if type(inside) is dict and key is None:
                if value in inside:
                    return None
                key = value
                if len(above) < 3 or (len(above) == 3 and above[1][1] == "dismissed"):
                    steps = (*(step for _, step in above[1:]), value)
                    mark = event.start_mark
                    skimmed.keys[steps] = (mark.line + 1, mark.column + 1)
                continue
            if (
                commented
                and value
                and not event.style
                and _COMMENT.match(text, event.end_mark.index)
            ):
                return None
        elif kind in _STARTS:
            if event.anchor or event.tag or len(above) >= DEEPEST:
                return None
            value = {} if kind is yaml.MappingStartEvent else []
        elif kind in _ENDS:
            inside, key = above.pop()
            key = None
            continue
        else:
            documents += kind is yaml.DocumentStartEvent
            if kind is yaml.AliasEvent or documents > 1:
                return None
            continue
        values += 1
        if inside is None:
            skimmed.root = value
        elif type(inside) is list:
            inside.append(value)
        elif key is None:  # a key that is no word
            return None
        else:
            inside[key] = value
        if kind is not yaml.ScalarEvent:
            above.append((inside, key))
            inside = value
        key = None
    return skimmed if kind is yaml.StreamEndEvent and values <= MOST else None

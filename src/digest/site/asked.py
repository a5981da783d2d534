"""What is worked out only for those who are asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")
Thing = TypeVar("Thing")


class Asked(Mapping[str, T]):
    """What is worked out for an id when it is first asked for, and kept."""

    def __init__(self, things: dict[str, Thing], work_out: Callable[[Thing], T]) -> None:
        self._things, self._work_out = things, work_out
        self._found: dict[str, T] = {}

    def __getitem__(self, id: str) -> T:
        found = self._found.get(id)
        if found is None:
            found = self._found[id] = self._work_out(self._things[id])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

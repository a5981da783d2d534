"""A page of the site, before a template sets it; and what is too much for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct

from digest import address
from digest.site.metadata import Metadata
from digest.site.views import Link

_T = TypeVar("_T")


class Page(Struct, frozen=True):
    """A page of the site: where it stands, how it is set, and all that it prints."""

    address: str
    template: str
    sees: dict[str, Any]
    meta: Metadata


Planned = tuple[str, Callable[[], Page]]  # its address, and what makes it when it is asked for


class Sheet(Struct, Generic[_T], frozen=True):
    """A part of a list that is too long for one page."""

    address: str
    things: Sequence[_T]
    parts: list[Link]  # every sheet of the list; none where there is only this one


def sheets(page: str, things: Sequence[_T], most: int) -> list[Sheet[_T]]:
    """A list in sheets of a size; the first has the page's own address, and is always there."""
    begins = range(0, max(len(things), 1), most)
    parts = [Link(address.part(page, n), str(n)) for n in range(1, len(begins) + 1)]
    return [
        Sheet(part.to, things[at : at + most], parts if len(parts) > 1 else [])
        for part, at in zip(parts, begins, strict=True)
    ]

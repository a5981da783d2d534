"""The digest's folder as a command finds it, and as it would be after a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from digest.diagnostics import Diagnostic, Refused, errors
from digest.folder import Folder, read_folder
from digest.model.claim import Digest
from digest.written import alone


class Judged(Protocol):
    """What a check says of a folder."""

    @property
    def findings(self) -> list[Diagnostic]:
        """Everything that is wrong with it."""

    @property
    def digest(self) -> Digest | None:
        """All that is proven."""


Check = Callable[[Folder], Judged]


@contextmanager
def at_work(root: Path) -> Iterator[Folder]:
    """The folder as it is, while no other command changes it.

    Raises Refused where it cannot be read.
    """
    with alone(root):
        folder, findings = read_folder(root)
        if folder is None:
            raise Refused(*(finding for finding in findings if finding.severity == "error"))
        yield folder


def with_record(folder: Folder, changed: Mapping[str, str]) -> Folder:
    """The folder as it would be with these files of the record, in the order they are read in."""
    from msgspec.structs import replace

    record = {**folder.record, **changed}
    first = "data/claims.yaml"
    return replace(
        folder, record={path: record[path] for path in sorted(record, key=_after(first))}
    )


def refuse_new_faults(before: Folder, after: Folder, check: Check) -> None:
    """Raises Refused with every error that a change would bring; nothing was written yet."""
    found = [finding for finding in check(after).findings if finding.severity == "error"]
    if found:
        known = {(one.rule, one.message) for one in check(before).findings}
        brought = [one for one in found if (one.rule, one.message) not in known]
        if errors(brought):
            raise Refused(*brought)


def _after(first: str) -> Callable[[str], tuple[bool, str]]:
    return lambda path: (path != first, path)

"""Files of the digest's folder, changed whole or not at all, by one command at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from digest.diagnostics import Diagnostic, Place, Refused, errors
from digest.folder import Folder, read_folder
from digest.model.claim import Digest

_BOM = b"\xef\xbb\xbf"


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

    The lock is on ``data/`` itself and dies with the process. Raises Refused where the folder
    cannot be read.
    """
    try:
        lock = os.open(root / "data", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        hint = "run this where data/claims.yaml is, or say where with --root DIR"
        raise _refused("data", "file-missing", error, hint) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder, findings = read_folder(root)
        if folder is None:
            raise Refused(*(finding for finding in findings if finding.severity == "error"))
        yield folder
    finally:
        os.close(lock)


def write(root: Path, path: str, content: bytes) -> None:
    """Write one file beside its place and set it there in one step; never through a link."""
    target = root / path
    new = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        _real_folder(root, path)
        with open(new, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, target)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise _refused(path, "file-unwritten", error) from None


def write_new(root: Path, path: str, content: bytes) -> None:
    """Write a file that is not there yet. Raises Refused if it is."""
    if os.path.lexists(root / path):
        message = "is there already, with other content, and is not overwritten"
        raise Refused(Diagnostic(Place(path), "file-taken", message))
    write(root, path, content)


def rewrite(root: Path, path: str, before: str, after: str) -> None:
    """Change a text that somebody may have open in an editor; ``before`` is what was read."""
    target = root / path
    stands = target.read_bytes() if target.exists() else b""
    if stands.removeprefix(_BOM) != before.encode():
        message = "was changed by somebody else just now"
        raise Refused(Diagnostic(Place(path), "file-changed", message, ("run the command again",)))
    write(root, path, (_BOM if stands.startswith(_BOM) else b"") + after.encode())


def remove(root: Path, path: str) -> None:
    """Take a file away, and its folder if that is empty then."""
    (root / path).unlink(missing_ok=True)
    with suppress(OSError):
        (root / path).parent.rmdir()


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


def _real_folder(root: Path, path: str) -> None:
    """Make the folders of ``path``; none of them may lead elsewhere."""
    for parent in reversed((Path(path) / "x").parent.parents[:-1]):
        folder = root / parent
        if folder.is_symlink():
            message = "is a link, and nothing is written through links"
            raise Refused(Diagnostic(Place(str(parent)), "file-kind", message))
        folder.mkdir(exist_ok=True)


def _refused(path: str, rule: str, error: OSError, *hints: Sequence[str] | str) -> Refused:
    return Refused(Diagnostic(Place(path), rule, f"{error.strerror}".lower(), hints))  # type: ignore[arg-type]

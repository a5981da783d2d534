"""What a digest's folder holds: read whole, bounded and strictly, before anything is judged."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from digest.address import LEDGER
from digest.diagnostics import Diagnostic, Place, Refused, errors
from digest.plainfile import content, opened, paths_below, plain, shown

# In the wheel the templates lie inside the package; in a checkout, at its root.
_INSTALLED = Path(__file__).parent / "templates"
PACKAGED = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[2] / "templates"
_LARGEST = {  # bytes; a path has the first that it begins with
    "seeds/": 2_000_000,
    "data/pages/": 256_000,
    "data/static/": 2_000_000,
    LEDGER: 20_000_000,
    "": 5_000_000,
}


class Folder(Struct, frozen=True):
    """The files of a digest, by their path relative to its root."""

    root: Path
    seeds: dict[str, bytes]  # name within seeds/ -> content
    record: dict[str, str]  # data/claims.yaml and data/claims/*.yaml
    site: str
    pages: dict[str, str]  # data/pages/*.md, by name without ending
    static: dict[str, bytes]  # data/static/**, by address: copied as it is
    proposed: dict[str, str] = {}  # data/proposed/*.yaml: counted, never verified
    ledger: str = ""  # data/published.txt; empty: nothing was published yet


Read = tuple[Folder | None, list[Diagnostic]]  # a folder, and what had to be said of it


def read_folder(root: Path) -> Read:
    """Everything a build reads, or None with why not."""
    findings: list[Diagnostic] = []
    seeds = dict(_listed(root, "seeds", (".txt", ".md"), findings))
    record = _within("data/claims", _listed(root, "data/claims", (".yaml",), findings))
    record = {"data/claims.yaml": _one(root, "data/claims.yaml", findings), **record}
    pages = _within("data/pages", _listed(root, "data/pages", (".md",), findings))
    static = dict(below(root, "data/static", findings))
    findings += _alike([*_within("seeds", seeds.items()), *record, *pages])
    findings += _alike(sorted(_within("data/static", static.items())))
    texts = {path: _text(path, content, findings) for path, content in record.items()}
    written = {Path(path).stem: _text(path, page, findings) for path, page in pages.items()}
    proposed = _proposed(root, findings)
    ledger = _text(LEDGER, _one(root, LEDGER, findings, needed=False), findings)
    told = _text("data/site.yaml", _one(root, "data/site.yaml", findings), findings)
    whole = Folder(root, seeds, texts, told, written, static, proposed, ledger)
    return (None if errors(findings) else whole), findings


def _proposed(root: Path, findings: list[Diagnostic]) -> dict[str, str]:
    """What waits to be decided; of a file that cannot be read there is only a warning."""
    faults: list[Diagnostic] = []
    files = _within("data/proposed", _listed(root, "data/proposed", (".yaml",), faults))
    texts = {path: _text(path, content, faults) for path, content in files.items()}
    told = [fault for fault in faults if fault not in findings]  # of data/ itself it was said
    findings += (replace(fault, severity="warning") for fault in told)
    return {path: text for path, text in texts.items() if text}


def _within(folder: str, files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in files}


def _one(root: Path, path: str, findings: list[Diagnostic], needed: bool = True) -> bytes:
    """The content of one file; nothing, and a finding where it is needed, if it is not there."""
    try:
        return _content(root, path)
    except (FileNotFoundError, NotADirectoryError):
        hint = f"run this where {path} is, or say where with --root DIR"
        missing = Diagnostic(Place(path), "file-missing", "there is no such file", (hint,))
        findings += [missing] if needed else []
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        findings.append(Diagnostic(Place(path), "file-unreadable", message))
    except Refused as refused:
        findings += refused.findings
    return b""


def _content(root: Path, path: str) -> bytes:
    folder, _, name = path.rpartition("/")
    with opened(root, folder) as at:
        return content(name, Place(shown(path)), _largest(path), at)


def _largest(path: str) -> int:
    return next(most for start, most in _LARGEST.items() if path.startswith(start))


def _listed(
    root: Path, folder: str, endings: tuple[str, ...], findings: list[Diagnostic]
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of a folder with one of these endings, in order of name."""
    for entry, at in _entries(root, folder, findings):
        path = f"{folder}/{entry.name}"
        if entry.name.startswith(".") or path == "seeds/originals":
            continue
        if entry.name.endswith(endings):
            yield from _named(entry.name, path, at, findings)
        else:
            message = f"is not read: only {' and '.join(endings)} files are"
            place = Place(shown(path))
            findings.append(Diagnostic(place, "file-skipped", message, (), "warning"))


def below(root: Path, top: str, findings: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, with its path from there."""
    folders = [top]
    while folders:
        folder = folders.pop()
        for entry, at in _entries(root, folder, findings):
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                yield from _named(path.removeprefix(f"{top}/"), path, at, findings)


def design(root: Path) -> Iterator[tuple[Path, os.stat_result, bytes]]:
    """Every file that pages are set with, the program's first; nothing of what a build refuses.

    Raises OSError where a folder cannot be read.
    """
    for folder in (PACKAGED, root / "templates"):
        for path in map(folder.joinpath, sorted(paths_below(folder))):
            with suppress(FileNotFoundError):  # gone since the folder was listed
                status = path.lstat()
                held = plain(str(path)) if status.st_size <= _LARGEST[""] else None
                yield path, status, held or b""


def _entries(
    root: Path, folder: str, findings: list[Diagnostic]
) -> Iterator[tuple[os.DirEntry[str], int]]:
    """What stands in a folder, in order of name, each with the folder's descriptor."""
    try:
        with opened(root, folder) as at:
            for entry in sorted(os.scandir(at), key=lambda entry: entry.name):
                yield entry, at
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        findings.append(Diagnostic(Place(shown(folder)), "folder-unreadable", message))
    except Refused as refused:
        findings += refused.findings


def _named(
    name: str, path: str, at: int, findings: list[Diagnostic]
) -> Iterator[tuple[str, bytes]]:
    """A file's content under ``name``; nothing, and a finding, where it is not to be had."""
    place = Place(shown(path))
    hint = "give the file another name"
    if not path.isprintable():  # what is not UTF-8 is not printable either
        message = "has a character in its name that cannot be seen or is not UTF-8"
        findings.append(Diagnostic(place, "file-name", message, (hint,)))
        return
    try:
        yield name, content(PurePosixPath(path).name, place, _largest(path), at)
    except FileNotFoundError:  # gone since the folder was listed
        pass
    except Refused as refused:
        findings += refused.findings


def _alike(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """No two files have names that are one where large letters are not told from small."""
    known: dict[str, str] = {}
    for path in paths:
        first = known.setdefault(normalize("NFC", path).casefold(), path)
        if first != path:
            message = f"has the name of {first} but for large letters or how accents are written"
            yield Diagnostic(Place(path), "file-name", message, ("give one of them another name",))


def lines_of(root: Path, path: str) -> list[str] | None:
    """The lines of a file that was read before; None for one that cannot be shown."""
    if ".." in path:
        return None
    # An article is never edited: in it, a byte order mark is a character as others are.
    encoding = "utf-8" if path.startswith("seeds/") else "utf-8-sig"
    try:
        return _content(root, path).decode(encoding).split("\n")
    except (OSError, ValueError, Refused):
        return None


def _text(path: str, content: bytes, findings: list[Diagnostic]) -> str:
    try:
        return content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} ({content[error.start]:#04x}) is not UTF-8"
        findings.append(Diagnostic(Place(path, line), "file-encoding", message))
        return ""

"""What a digest's folder holds: read whole, bounded and strictly, before anything is judged.

Links, pipes and devices are not followed: a folder from a stranger must not show us another
file of this machine.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from digest.address import LEDGER
from digest.diagnostics import Diagnostic, Place, Refused, errors, printable

# In the wheel the templates lie inside the package; in a checkout, at its root.
_INSTALLED = Path(__file__).parent / "templates"
PACKAGED = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[2] / "templates"
_LARGEST = {".yaml": 5_000_000, ".md": 2_000_000, LEDGER: 20_000_000}  # bytes; of others 2 MB


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
    record = _named(_listed(root, "data/claims", (".yaml",), findings), "data/claims")
    record = {"data/claims.yaml": _one(root, "data/claims.yaml", findings), **record}
    pages = dict(_listed(root, "data/pages", (".md",), findings))
    site = _one(root, "data/site.yaml", findings)
    texts = {path: _text(path, content, findings) for path, content in record.items()}
    written = {
        name[:-3]: _text(f"data/pages/{name}", page, findings) for name, page in pages.items()
    }
    static = dict(_static(root, findings))
    proposed = _proposed(root, findings)
    ledger = _text(LEDGER, _one(root, LEDGER, findings, needed=False), findings)
    told = _text("data/site.yaml", site, findings)
    whole = Folder(root, seeds, texts, told, written, static, proposed, ledger)
    return (None if errors(findings) else whole), findings


def _proposed(root: Path, findings: list[Diagnostic]) -> dict[str, str]:
    """What waits to be decided; of a file that cannot be read there is only a warning."""
    faults: list[Diagnostic] = []
    files = _named(_listed(root, "data/proposed", (".yaml",), faults), "data/proposed")
    texts = {path: _text(path, content, faults) for path, content in files.items()}
    findings += (replace(fault, severity="warning") for fault in faults)
    return {path: text for path, text in texts.items() if text}


def _named(files: Iterable[tuple[str, bytes]], folder: str) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in files}


def _one(root: Path, path: str, findings: list[Diagnostic], needed: bool = True) -> bytes:
    """The content of one file; nothing, and a finding where it is needed, if it is not there."""
    try:
        return _content(root, path)
    except (FileNotFoundError, NotADirectoryError):
        hint = f"run this where {path} is, or say where with --root DIR"
        missing = Diagnostic(Place(path), "file-missing", "there is no such file", (hint,))
        findings += [missing] if needed else []
    except Refused as refused:
        findings += refused.findings
    return b""


def _listed(
    root: Path, folder: str, endings: tuple[str, ...], findings: list[Diagnostic]
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of a folder with one of these endings, in order of name."""
    try:
        names = sorted(os.listdir(root / folder))
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        findings.append(Diagnostic(Place(folder), "folder-unreadable", message))
        return
    for name in names:
        if name.startswith(".") or f"{folder}/{name}" == "seeds/originals":
            continue
        if not name.endswith(endings):
            message = f"is not read: only {' and '.join(endings)} files are"
            place = Place(_shown(f"{folder}/{name}"))
            findings.append(Diagnostic(place, "file-skipped", message, (), "warning"))
        else:
            try:
                yield name, _content(root, f"{folder}/{name}")
            except FileNotFoundError:  # gone since the folder was listed
                continue
            except Refused as refused:
                findings += refused.findings


def _static(root: Path, findings: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    """Every file below data/static/ that is no link, with its address in the site."""
    base = root / "data/static"
    try:
        found = [] if base.is_symlink() else sorted(paths_below(base))
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        findings.append(Diagnostic(Place("data/static"), "folder-unreadable", message))
        return
    for path in found:
        try:
            yield path, _content(root, f"data/static/{path}")
        except FileNotFoundError:
            continue
        except Refused as refused:
            findings += refused.findings


def paths_below(folder: Path) -> Iterator[str]:
    """The path within it of every file below a folder; a link counts as one, wherever it leads.

    Nothing where there is no such folder. Raises OSError where a folder cannot be read: what
    cannot be seen is not nothing.
    """
    for top, folders, names in os.walk(folder, onerror=_unseen):
        linked = [name for name in folders if os.path.islink(os.path.join(top, name))]
        for name in (*names, *linked):
            yield os.path.relpath(os.path.join(top, name), folder)


def _unseen(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def plain(path: str) -> bytes | None:
    """The bytes of a plain file; None for a link, a pipe, a device, and what cannot be opened."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with open(opened, "rb", buffering=0) as file:
        return file.read() if stat.S_ISREG(os.fstat(opened).st_mode) else None


def _content(root: Path, path: str) -> bytes:
    """The bytes of a regular file within its cap; Refused for anything else."""
    place = Place(_shown(path))
    try:
        status = os.lstat(root / path)
        if not stat.S_ISREG(status.st_mode):
            hint = "put the file itself here; links, pipes and folders are not followed"
            raise Refused(Diagnostic(place, "file-kind", "is not a plain file", (hint,)))
        largest = _LARGEST.get(path) or _LARGEST.get(os.path.splitext(path)[1], 2_000_000)
        if status.st_size > largest:
            raise Refused(Diagnostic(place, "file-size", f"is larger than {largest:,} bytes"))
        return (root / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise Refused(
            Diagnostic(place, "file-unreadable", f"cannot be read: {error.strerror}")
        ) from None


def lines_of(root: Path, path: str) -> list[str] | None:
    """The lines of a file that was read before; None for one that cannot be shown."""
    # An article is never edited: in it, a byte order mark is a character as others are.
    encoding = "utf-8" if path.startswith("seeds/") else "utf-8-sig"
    try:
        return _content(root, path).decode(encoding).split("\n")
    except (OSError, ValueError, Refused):
        return None


def _shown(path: str) -> str:
    """A path that is safe for a terminal, on one line."""
    return printable(path.encode("utf-8", "replace").decode().replace("\n", "\\n"))


def _text(path: str, content: bytes, findings: list[Diagnostic]) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start} ({content[error.start]:#04x}) is not UTF-8"
        findings.append(Diagnostic(Place(path, line), "file-encoding", message))
        return ""

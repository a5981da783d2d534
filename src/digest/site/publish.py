"""Staged, compared, exchanged: a visitor sees the old site or the new one, whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from digest import __version__
from digest.diagnostics import Diagnostic, Place, Refused

MANIFEST = "manifest.json"


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Every file with its sha256: what the folder holds, and the sign that it is ours."""
    hashes = {path: sha256(files[path]).hexdigest() for path in sorted(files)}
    content = {"program": f"digest {__version__}", "files": hashes}
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def publish(files: Mapping[str, bytes], out: Path) -> None:
    """Put the site at ``out``, in place of the one before; if that is the same, it stays.

    Raises Refused if ``out`` is a folder that is not ours, or holds a file that is not, and
    when the disk refuses; the site before then stands as it was.
    """
    out = Path(os.path.abspath(out))
    found = check_ours(out)
    if found == set(files) and all((out / path).read_bytes() == files[path] for path in files):
        return
    new = out.with_name(f".{out.name}.new-{os.getpid()}")
    try:
        _write(files, new)
        _exchange(new, out)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise Refused(Diagnostic(Place(str(out)), "out-unwritable", message)) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def check_ours(out: Path) -> set[str]:
    """The files of the site before, by address; Refused for what this program did not write."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise _refused(out, "is not a plain folder")
    found = set(_files(out))
    if not found:
        return found
    try:
        listed = set(json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise _refused(out, f"holds files, but no {MANIFEST} of ours") from None
    foreign = sorted(found - {MANIFEST, *listed})
    if foreign:
        raise _refused(out, f"holds a file that is not ours: {foreign[0]}")
    return found


def _files(folder: Path) -> Iterator[str]:
    """Every file below a folder, and every link to a folder, which is no folder of ours."""
    for top, folders, names in os.walk(folder):
        linked = [name for name in folders if os.path.islink(os.path.join(top, name))]
        for name in (*names, *linked):
            yield os.path.relpath(os.path.join(top, name), folder)


def _refused(out: Path, message: str) -> Refused:
    hint = "choose another folder with --out DIR, or empty this one yourself"
    return Refused(Diagnostic(Place(str(out)), "out-foreign", message, (hint,)))


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for parent in sorted({str(Path(path).parent) for path in files}):
        (folder / parent).mkdir(parents=True, exist_ok=True)
    root = str(folder)
    for path, content in files.items():
        with open(f"{root}/{path}", "wb") as file:
            file.write(content)


def _exchange(new: Path, out: Path) -> None:
    """Rename the old site away and the new one into its place; undo if that fails."""
    if not out.exists():
        new.rename(out)
        return
    old = out.with_name(f".{out.name}.old-{os.getpid()}")
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)

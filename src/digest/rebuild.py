"""Nothing changed, nothing to do: a whole build remembered by the hash of what it was made from.

Every input is read and every file that was written: so a site that was tampered with is built
anew, and a rebuild is what a clean build would be.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from digest import __version__
from digest.address import LEDGER
from digest.diagnostics import Diagnostic
from digest.folder import PACKAGED, Folder, read_folder
from digest.memo import read, write
from digest.model.options import Options

_FILE = ".digest/built.json"
_MANIFEST = "manifest.json"


class Built(msgspec.Struct, frozen=True):
    """What a build that wrote a site had to say."""

    findings: list[Diagnostic]  # warnings
    told: str  # in words, what was proven
    count: int  # of files written


def as_built(options: Options) -> Built | None:
    """What the last build said, if nothing it read or wrote has changed; else None."""
    remembered = read(options.root / _FILE) if options.cache else {}
    folder = read_folder(options.root)[0] if remembered else None
    if folder is None or remembered.get("question") != question(folder, options):
        return None
    if remembered.get("site") != _site(options.site):
        return None
    return msgspec.json.decode(remembered["built"], type=Built)


def remember(options: Options, asked: str, files: Mapping[str, bytes], built: Built) -> None:
    """Keep what a build said, by the question that it answers and what it wrote."""
    if options.cache:
        told = msgspec.json.encode(built).decode()
        write(options.root / _FILE, {"question": asked, "site": _hash(files), "built": told})


def question(folder: Folder, options: Options) -> str:
    """The hash of everything that a build is made from: two builds with one hash are equal."""
    asked = sha256(f"{sys.version}\0{options.base_url}\0{options.strict}".encode())
    asked.update(_hash(dict(_inputs(folder))).encode())
    return asked.hexdigest()


def _inputs(folder: Folder) -> Iterator[tuple[str, bytes]]:
    yield from ((f"seeds/{file}", content) for file, content in folder.seeds.items())
    yield from ((f"static/{path}", content) for path, content in folder.static.items())
    texts = {**folder.record, **folder.proposed, **folder.pages}
    texts |= {"site.yaml": folder.site, LEDGER: folder.ledger}
    yield from ((path, text.encode()) for path, text in texts.items())
    for path in (*sorted(PACKAGED.rglob("*")), *sorted(folder.root.glob("templates/**/*"))):
        if path.is_file():
            yield str(path), path.read_bytes()
    # Whoever edits the program sees it at work at once; its users have its version.
    for top, _, names in os.walk(Path(__file__).parent):
        for name in (name for name in names if name.endswith(".py")):
            status = os.stat(os.path.join(top, name))
            yield f"{top}/{name}", f"{__version__} {status.st_size} {status.st_mtime_ns}".encode()


def _site(out: Path) -> str | None:
    """The hash of every file of a site, its names too; None where there is no site of ours."""
    if out.is_symlink() or not (out / _MANIFEST).is_file():
        return None
    files = [os.path.join(top, name) for top, _, names in os.walk(out) for name in names]
    if any(os.path.islink(path) for path in files):
        return None
    return _hash({os.path.relpath(path, out): Path(path).read_bytes() for path in files})


def _hash(files: Mapping[str, bytes]) -> str:
    hashed = sha256()
    for path in sorted(files):
        hashed.update(f"\0{path}\0{len(files[path])}\0".encode())
        hashed.update(files[path])
    return hashed.hexdigest()

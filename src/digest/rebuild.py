"""Nothing changed, nothing to do: a whole build remembered by the hash of what it was made from.

Every input is read and every file that was written: so a site that was tampered with is built
anew, and a rebuild is what a clean build would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from digest.address import LEDGER
from digest.diagnostics import Diagnostic
from digest.folder import PACKAGED, Folder, Read, paths_below, plain, read_folder
from digest.memo import program, read, write
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
    try:
        if not remembered or remembered["question"] != question(read_folder(options.root), options):
            return None
        if remembered["site"] != _site(options.site):
            return None
    except OSError:  # a whole build says what is wrong
        return None
    return msgspec.json.decode(remembered["built"], type=Built)


def remember(options: Options, asked: str, files: Mapping[str, bytes], built: Built) -> None:
    """Keep what a build said, by the question that it answers and what it wrote."""
    if options.cache:
        told = msgspec.json.encode(built).decode()
        write(options.root / _FILE, {"question": asked, "site": _hash(files), "built": told})


def question(was_read: Read, options: Options) -> str:
    """The hash of everything that a build is made from: two builds with one hash are equal.

    Raises OSError for a template that cannot be read.
    """
    folder, findings = was_read
    asked = sha256(f"{program()}\0{options.base_url}\0{options.strict}".encode())
    asked.update("\0".join(map(str, findings)).encode())
    asked.update(_hash(dict(_inputs(folder))).encode() if folder else b"")
    return asked.hexdigest()


def _inputs(folder: Folder) -> Iterator[tuple[str, bytes]]:
    yield from ((f"seeds/{file}", content) for file, content in folder.seeds.items())
    yield from ((f"static/{path}", content) for path, content in folder.static.items())
    texts = {**folder.record, **folder.proposed, **folder.pages}
    texts |= {"site.yaml": folder.site, LEDGER: folder.ledger}
    yield from ((path, text.encode()) for path, text in texts.items())
    for templates in (PACKAGED, folder.root / "templates"):
        for path in map(templates.joinpath, paths_below(templates)):
            if path.is_file():
                # Read again when a page is made: its time tells of a save in between.
                yield str(path), f"{path.stat().st_ctime_ns} ".encode() + path.read_bytes()


def _site(out: Path) -> str | None:
    """The hash of every file of a site, its names too; None where there is no site of ours."""
    if out.is_symlink() or not (out / _MANIFEST).is_file():
        return None
    files = {path: plain(f"{out}/{path}") for path in paths_below(out)}
    whole = {path: content for path, content in files.items() if content is not None}
    return _hash(whole) if len(whole) == len(files) else None


def _hash(files: Mapping[str, bytes]) -> str:
    hashed = sha256()
    for path in sorted(files):
        hashed.update(f"\0{path}\0{len(files[path])}\0".encode())
        hashed.update(files[path])
    return hashed.hexdigest()

"""Nothing changed, nothing to do: a whole build remembered by the hash of what it was made from.

Every input is read and every file that was written: so a site that was tampered with is built
anew, and a rebuild is what a clean build would be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec

from digest.address import LEDGER
from digest.diagnostics import Diagnostic
from digest.folder import Folder, Read, design, read_folder
from digest.memo import program, read, write
from digest.model.options import Options
from digest.plainfile import paths_below, plain
from digest.workers import processors, share_out

INPUTS = ("seeds", "data", "templates")
Times = list[tuple[str, int, int, int, int]]  # of each file what changes when it is written
_FILE = ".digest/built.json"
_MANIFEST = "manifest.json"
_READING = 40  # µs for a file
_TOGETHER = 100  # files


class Built(msgspec.Struct, frozen=True):
    """What a build that wrote a site had to say."""

    findings: list[Diagnostic]  # warnings
    told: str  # in words, what was proven
    count: int  # of files written


class _Remembered(msgspec.Struct, frozen=True):
    question: str
    site: dict[str, str]  # the sha256 of every file
    built: Built


def as_built(options: Options) -> Built | None:
    """What the last build said, if nothing it read or wrote has changed; else None."""
    known = read(options.root / _FILE, _Remembered) if options.cache else None
    try:
        if known and known.question == question(read_folder(options.root), options):
            same = known.site == _hashes(options.site) and not left(options.site)
            return known.built if same else None
    except OSError:  # a whole build says what is wrong
        pass
    return None


def times(root: Path) -> Times:
    """When each file that a build may read was last written: any save shows, also one undone."""
    paths = (root / part / path for part in INPUTS for path in paths_below(root / part))
    found = ((path, path.lstat()) for path in paths)
    return [
        (str(path), of.st_ino, of.st_size, of.st_mtime_ns, of.st_ctime_ns) for path, of in found
    ]


def left(out: Path) -> list[Path]:
    """What killed builds left beside a site."""
    ours = re.compile(rf"\.{re.escape(out.name)}\.(new|old)-\d+")
    return sorted(one for one in out.parent.iterdir() if ours.fullmatch(one.name))


def remember(options: Options, asked: str, site: Mapping[str, str], built: Built) -> None:
    """Keep what a build said, by the question that it answers and what it wrote."""
    if options.cache:
        told = msgspec.json.encode(_Remembered(asked, dict(site), built))
        write(options.root / _FILE, [told])


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
    for path, status, held in design(folder.root):
        # Read again when a page is made: its time tells of a save in between.
        yield str(path), f"{status.st_mode} {status.st_ctime_ns} ".encode() + held
    yield "linked", f"{(folder.root / 'templates').is_symlink()}".encode()


def _hashes(out: Path) -> dict[str, str] | None:
    """The sha256 of every file of a site; None where there is no site of ours."""
    if out.is_symlink() or not (out / _MANIFEST).is_file():
        return None
    paths = sorted(paths_below(out))
    parts = [paths[at : at + _TOGETHER] for at in range(0, len(paths), _TOGETHER)]
    told = share_out(
        parts, [_READING * len(part) for part in parts], partial(_read, out), processors()
    )
    found: dict[str, str] = {}
    for part in told:
        found |= msgspec.msgpack.decode(part)
    return found


def _read(out: Path, paths: Sequence[str]) -> bytes:
    """The sha256 of some files, none of a link, by path."""
    contents = ((path, plain(f"{out}/{path}")) for path in paths)
    return msgspec.msgpack.encode(
        {path: sha256(content).hexdigest() for path, content in contents if content is not None}
    )


def _hash(files: Mapping[str, bytes]) -> str:
    hashed = sha256()
    for path in sorted(files):
        hashed.update(f"\0{path}\0{len(files[path])}\0".encode(errors="surrogateescape"))
        hashed.update(files[path])
    return hashed.hexdigest()

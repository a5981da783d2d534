"""What a reader has to fetch, in bytes as they are sent without compression."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gates.browser import browser
from gates.outcome import Outcome
from gates.standing import Site

#: Bytes at most.
HOME, QUOTE, FONTS, STYLES, SCRIPTS = 80_000, 20_000, 70_000, 24_000, 15_000
_SEARCH = ("minisearch", "search/")  # wanted only by who searches


def check(web: Site) -> Outcome:
    """Every size is within its limit, and the search is not fetched before somebody searches."""
    fetched = _fetched_by_home(web)
    quotes = sorted((web.folder / "quotes").glob("*.html"), key=_size)
    fonts = [path for path in fetched if path.suffix == ".woff2"]
    scripts = [path for path in fetched if path.suffix == ".js"]
    figures = (
        ("home", [web.folder / "index.html"], HOME),
        (f"largest quotation ({quotes[-1].stem})", quotes[-1:], QUOTE),
        ("fonts that home loads", fonts, FONTS),
        ("styles", [*web.folder.rglob("*.css")], STYLES),
        ("scripts that home loads", scripts, SCRIPTS),
    )
    sums = [(name, sum(map(_size, files)), limit) for name, files, limit in figures]
    told = [f"    {name}: {size:,} of {limit:,} bytes" for name, size, limit in sums]
    told += [
        f"    home fetches {path.relative_to(web.folder)}: {_size(path):,}" for path in fetched
    ]
    return Outcome("\n".join(["in bytes", *told]), [*_over(sums), *_searching(fetched, web)])


def _over(sums: list[tuple[str, int, int]]) -> Iterator[str]:
    """Whatever is larger than it may be."""
    for name, size, limit in sums:
        if size > limit:
            yield f"{name}: {size:,} bytes, {size - limit:,} more than the {limit:,} allowed"


def _searching(fetched: list[Path], web: Site) -> Iterator[str]:
    """What belongs to the search, where it is fetched before anybody searched."""
    for path in fetched:
        address = path.relative_to(web.folder).as_posix()
        if address.startswith(_SEARCH):
            yield f"home fetches {address} before anybody searches"


def _fetched_by_home(web: Site) -> list[Path]:
    """The files that home asks for by itself, apart from its own page."""
    asked: list[str] = []
    with browser() as chromium:
        page = chromium.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{web.address}index.html", wait_until="networkidle")
    below = [url.removeprefix(web.address) for url in asked[1:] if url.startswith(web.address)]
    return sorted({web.folder / path for path in below if (web.folder / path).is_file()})


def _size(path: Path) -> int:
    return path.stat().st_size

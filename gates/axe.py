"""axe-core looks at every kind of page, on a telephone and on a desk, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from playwright.sync_api import Page

from gates.browser import browser
from gates.outcome import Outcome
from gates.pages import EXPECTED, kinds
from gates.standing import Site
from gates.tools import node_package

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (375, 1280)
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async tags => (await axe.run(document, {
    runOnly: tags, rules: {"target-size": {enabled: true}}, resultTypes: ["violations"],
})).violations"""


def check(web: Site) -> Outcome:
    """No violation of WCAG 2.2 A and AA, nor of axe's best practice, on any kind of page."""
    found = kinds(web.folder)
    script = (node_package("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    missing = [f"no page of the kind “{kind}”" for kind in EXPECTED if kind not in found]
    findings: list[str] = []
    with browser() as chromium:
        # One page for all, past its own policy: a new one for each takes ten times as long.
        context = chromium.new_context(bypass_csp=True, reduced_motion="reduce")
        page = context.new_page()
        for address in found.values():
            page.goto(web.address + address)
            page.evaluate(script)
            findings += [f"{address}: {said}" for said in _violations(page)]
    named = "\n".join(f"    {kind}: {address}" for kind, address in found.items())
    runs = len(found) * len(SCHEMES) * len(WIDTHS)
    return Outcome(
        f"{len(found)} kinds of pages, {runs} looks: {len(findings)} violations\n{named}",
        missing + findings,
    )


def _violations(page: Page) -> Iterator[str]:
    """What axe finds on the open page, each with the schemes and widths in which it does."""
    found: dict[str, list[str]] = {}
    for scheme in SCHEMES:
        for width in WIDTHS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            for violation in page.evaluate(_RUN, _TAGS):
                found.setdefault(_told(violation), []).append(f"{scheme} {width}")
    for said, looks in found.items():
        yield f"{said} ({', '.join(looks)})"


def _told(violation: dict[str, Any]) -> str:
    """The rule, what it asks for, and the first places where it is broken."""
    places = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return f"{violation['id']}: {violation['help']}: {'; '.join(places[:3])}{more}"

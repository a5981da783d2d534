"""Lighthouse looks at home and at a quotation, below a path of a host."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from typing import Any

from gates.browser import FLAGS
from gates.outcome import Outcome
from gates.pages import kinds
from gates.standing import Site
from gates.tools import chromium, node_package, program

FULL_MARKS = ("accessibility", "best-practices", "seo")
_LOOKED_AT = ("index", "quote in full")


def check(web: Site) -> Outcome:
    """Full marks but for performance, which is told, and nothing moves while a page loads."""
    told, findings = [], []
    found = kinds(web.folder)
    for kind in _LOOKED_AT:
        report = _lighthouse(web.address + found[kind])
        scores = {name: round(100 * (one["score"] or 0)) for name, one in _categories(report)}
        shift = round(report["audits"]["cumulative-layout-shift"]["numericValue"], 3)
        figures = ", ".join(f"{name} {score}" for name, score in scores.items())
        told.append(f"    {kind}: {figures}, layout shift {shift}")
        findings += [f"{kind}: {said}" for said in _lost(report, scores)]
        if shift > 0:
            findings.append(f"{kind}: layout shift {shift}, not 0")
    return Outcome("\n".join(["of 100", *told]), findings)


def _categories(report: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from report["categories"].items()


def _lost(report: dict[str, Any], scores: dict[str, int]) -> Iterator[str]:
    """Each audit that cost a mark where all are wanted."""
    for name, category in _categories(report):
        if name in FULL_MARKS and scores[name] < 100:
            for ref in category["auditRefs"]:
                audit = report["audits"][ref["id"]]
                if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                    yield f"{name} {scores[name]}: {audit['id']}: {audit['title']}"


def _lighthouse(address: str) -> dict[str, Any]:
    """Lighthouse's own report of one page.

    It asks for ``robots.txt`` from inside the page, which the page's policy forbids, and calls
    that invalid. The file belongs to the host: a site below a path has none.
    """
    command = [
        *(program(("node",), "nodejs"), str(node_package("lighthouse") / "cli/index.js"), address),
        *("--quiet", "--output=json", "--no-enable-error-reporting"),
        "--skip-audits=robots-txt",
        f"--only-categories={','.join(('performance', *FULL_MARKS))}",
        f"--chrome-flags={' '.join(FLAGS)}",
    ]
    environment = {**os.environ, "CHROME_PATH": chromium()}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    report: dict[str, Any] = json.loads(ended.stdout)
    return report

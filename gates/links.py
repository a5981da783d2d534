"""lychee follows every link of the site, to the very place in the page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from gates.outcome import Outcome
from gates.standing import Site


def check(disk: Site, web: Site) -> Outcome:
    """No link is broken; the site's own absolute addresses count as its own files."""
    findings: list[str] = []
    followed = 0
    for site in (disk, web):
        report = _lychee(site)
        followed += report["successful"]
        for file, links in report["error_map"].items():
            page = Path(file).relative_to(site.folder)
            for link in links:
                to = link["url"].removeprefix(f"{site.folder.as_uri()}/")
                findings.append(f"{page}: {to}: {link['status']['text']}")
    return Outcome(f"{followed} links followed: {len(findings)} broken", sorted(set(findings)))


def _lychee(site: Site) -> dict[str, Any]:
    """lychee's report of one site, without a request to anybody.

    Fragments that quote words (``#:~:text=``) are for browsers, which only then look for them.
    """
    command = [
        str(Path(sys.executable).with_name("lychee")),
        *("--offline", "--include-fragments=anchor-only", "--no-progress", "--format", "json"),
        *("--root-dir", str(site.folder)),
        *("--remap", f"^{re.escape(site.address)} {site.folder.as_uri()}/"),
        str(site.folder),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if not ended.stdout:
        raise RuntimeError(ended.stderr)
    report: dict[str, Any] = json.loads(ended.stdout)
    return report

"""The Nu Html Checker reads every page, stylesheet and drawing as a server sends them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gates.outcome import Outcome
from gates.standing import Site
from gates.tools import node_package, program

ALLOWED = Path(__file__).with_name("allowed.txt")
_KINDS = (".html", ".css", ".svg")

Message = dict[str, Any]  # one of the checker's own, as its JSON has it


def check(web: Site) -> Outcome:
    """No error and no warning, save those that ``allowed.txt`` names with a reason."""
    # Drawings last: after one, the checker takes whatever it reads for a drawing.
    read = [path for kind in _KINDS for path in sorted(web.folder.rglob(f"*{kind}"))]
    told = _messages([_where(path, web) for path in read])
    rules = _allowed()
    left = [one for one in told if not any(rule.search(_matched(one)) for rule in rules)]
    errors = sum(one["type"] != "info" for one in left)
    pages = sum(path.suffix == ".html" for path in read)
    return Outcome(
        f"{pages} pages and {len(read) - pages} other files: {errors} errors, "
        f"{len(left) - errors} warnings, {len(told) - len(left)} allowed",
        [*_by_message(left, web), *_needless(rules, told)],
    )


def _where(path: Path, web: Site) -> str:
    """How the checker gets a file: a drawing that is served it would take for a page."""
    served = web.address + path.relative_to(web.folder).as_posix()
    return str(path) if path.suffix == ".svg" else served


def _messages(addresses: list[str]) -> list[Message]:
    """What the checker says of some addresses, mere remarks left out.

    From a disk it would take no stylesheet of ours for the policy's ``'self'``; hence a
    server, of this machine, which it otherwise declines to read from.
    """
    command = [
        *(program(("java",), "default-jre-headless"), "-Xss8m"),
        "-Dnu.validator.servlet.allow-forbidden-hosts=true",
        *("-jar", str(node_package("vnu-jar") / "build/dist/vnu.jar")),
        *("--skip-non-html", "--also-check-css", "--also-check-svg", "--format", "json"),
        *addresses,
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if not ended.stderr.startswith("{"):
        raise RuntimeError(ended.stderr or ended.stdout or "the checker said nothing")
    said: list[Message] = json.loads(ended.stderr)["messages"]
    return [one for one in said if one["type"] != "info" or one.get("subType") == "warning"]


def _allowed() -> list[re.Pattern[str]]:
    """The patterns of ``allowed.txt``; lines that begin with ``#`` are reasons, for people."""
    lines = ALLOWED.read_text(encoding="utf-8").splitlines()
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


def _matched(one: Message) -> str:
    """What a pattern is held against: the message, and the markup that it is about."""
    start = one.get("hiliteStart", 0)
    about = one.get("extract", "")[start : start + one.get("hiliteLength", 0)]
    return f"{one['message']} at {about}"


def _needless(rules: list[re.Pattern[str]], told: list[Message]) -> Iterator[str]:
    """What is allowed although nobody says it any more."""
    for rule in rules:
        if not any(rule.search(_matched(one)) for one in told):
            yield f"allowed.txt: nothing is said that this allows: {rule.pattern}"


def _by_message(told: list[Message], web: Site) -> Iterator[str]:
    """Each thing said once, with the first places that it was said of."""
    places: dict[str, list[str]] = {}
    for one in told:
        kind = "warning" if one["type"] == "info" else "error"
        file = one.get("url", "").removeprefix(web.address).removeprefix(f"file:{web.folder}/")
        place = f"{file}:{one.get('lastLine', 0)}"
        places.setdefault(f"{kind}: {one['message']}", []).append(place)
    for message, where in places.items():
        more = f" and {len(where) - 3} more places" if len(where) > 3 else ""
        yield f"{', '.join(where[:3])}{more}: {message}"

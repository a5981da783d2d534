"""Every gate in turn, all findings at once; exit code 1 where there is any.

``python -m gates`` runs all of them, ``python -m gates axe sizes`` only these.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

from gates import axe, lighthouse, links, nu, sizes
from gates.outcome import Outcome
from gates.standing import ROOT, Site, on_disk, served

FOLDER = ROOT / "build/gates"

GATES: dict[str, tuple[str, Callable[[Site, Site], Outcome]]] = {
    "nu": ("Nu Html Checker", lambda _, web: nu.check(web)),
    "links": ("lychee", links.check),
    "sizes": ("sizes", lambda _, web: sizes.check(web)),
    "axe": ("axe-core", lambda _, web: axe.check(web)),
    "lighthouse": ("Lighthouse", lambda _, web: lighthouse.check(web)),
    "tests": ("in the browser, and read back by others", lambda *_: _tests()),
}


def main(wanted: list[str]) -> int:
    """Run the gates that are ``wanted``, all if none is named; how many failed."""
    chosen = wanted or list(GATES)
    disk = on_disk(FOLDER / "disk")
    with served(FOLDER / "web") as web:
        failed = sum(not _passed(*GATES[name], disk, web) for name in chosen)
    print(f"gates: {len(chosen) - failed} of {len(chosen)} passed")
    return failed


def _passed(title: str, check: Callable[[Site, Site], Outcome], disk: Site, web: Site) -> bool:
    """Run one gate and print what it says."""
    started = time.monotonic()
    try:
        told, findings = check(disk, web)
    except Exception as error:  # a gate that breaks down has failed; the others still run
        told, findings = "could not run", [f"{type(error).__name__}: {error}"]
    print(f"{title}: {told} ({time.monotonic() - started:.0f} s)", flush=True)
    for finding in findings:
        print(f"  FAILED {finding}", flush=True)
    return not findings


def _tests() -> Outcome:
    """The tests below tests/gates, which print their own findings."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "tests/gates"]
    ended = subprocess.run(command, cwd=ROOT, check=False)
    failed = [f"pytest ended with {ended.returncode}"] if ended.returncode else []
    return Outcome("see above", failed)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)

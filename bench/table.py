"""This project beside Hugo, Eleventy and Pelican, on the same invented archive of N claims.

    make bench N=1000            (or: python bench/table.py N [--rounds R] [--without WORD …])

Whole processes are timed. Each round runs every row once, in turn, into a fresh folder, on a memory
file system where there is one: a disk's own ways with files just deleted would be measured
instead. The figures are medians; a ratio is taken within each round first. Memory is measured in a
run of its own before the rounds, which also warms up and counts what was written.

A machine that is at work flatters a program of one process beside one of many: see the load.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import rows
import served
from invented import Archive, invented
from measured import Times, peak, timed
from output import Output, output
from rows import Row

_MEMORY = Path("/dev/shm")
_FEW = 5  # runs
_SLOW = 100.0  # s: what takes longer is run in the first round only


@dataclass(slots=True)
class Measured:
    """A row with what came of it; ``times`` by round."""

    row: Row
    peak: int | None
    output: Output | None
    times: dict[int, Times] = field(default_factory=dict)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("claims", type=int, nargs="?", default=60)
    parser.add_argument("--rounds", type=int, default=_FEW)
    parser.add_argument(
        "--without", nargs="*", default=[], help="peers with the word in their name"
    )
    asked = parser.parse_args()
    archive = invented(asked.claims)
    memory = _MEMORY if os.path.ismount(_MEMORY) else None
    with TemporaryDirectory(prefix="digest-bench-", dir=memory) as folder:
        bench = Bench(archive, Path(folder), kept=memory is None)
        bench.measure(asked.rounds, asked.without)
        waited = served.seconds(archive, Path(folder) / "served", asked.rounds)
    told = "a memory file system" if memory else "a disk"
    _tell("")
    print(f"\n{asked.claims} claims, on {told}, {os.cpu_count()} cores; load {bench.load}\n")
    print(table(bench.measured, asked.claims))
    print(f"\ndigest serve, from an edit to its page: {_spread(waited)}")
    faults = list(wrong(bench.measured, asked.claims))
    sys.exit("\n".join(faults) if faults else 0)


class Bench:
    """The rows under way."""

    def __init__(self, archive: Archive, room: Path, kept: bool) -> None:
        self.archive, self.room, self.kept = archive, room, kept
        self.measured: list[Measured] = []
        self.load = ""
        self._numbers = count()

    def measure(self, rounds: int, without: Sequence[str]) -> None:
        """Every row once for its memory, then so many rounds of all of them."""
        every = [*rows.ours(self.archive, self.room), *rows.peers(self.archive, self.room)]
        for row in every:
            if row.whose == "ours" or not any(word in row.name for word in without):
                self._first(row)
        sites = {one.row.whose: one.output for one in reversed(self.measured) if one.output}
        if "peer" not in sites:
            raise SystemExit("no peer is left to measure beside")
        for row in rows.floors(sites["ours"], sites["peer"], self.room):
            self._first(row)
        begun = os.getloadavg()[0]
        for number in range(rounds):
            for one in self.measured:
                if number == 0 or one.times[0].wall < _SLOW:
                    self._round(number, one)
        self.load = f"{begun:.1f} before, {os.getloadavg()[0]:.1f} after"

    def _first(self, row: Row) -> None:
        _tell(f"memory of {row.name}")
        out = self._fresh()
        row.before(out)
        held = peak(row.command(out))
        claims = [claim for _, claim in self.archive.claims]
        wrote = output(out, claims if row.whose != "floor" else ()) if row.writes else None
        self.measured.append(Measured(row, held, wrote))
        self._done(out)

    def _round(self, number: int, one: Measured) -> None:
        _tell(f"round {number + 1}: {one.row.name}")
        out = self._fresh()
        one.row.before(out)
        if self.kept:
            os.sync()
        one.times[number] = timed(one.row.command(out))
        self._done(out)

    def _fresh(self) -> Path:
        return self.room / f"out-{next(self._numbers)}"

    def _done(self, out: Path) -> None:
        """A disk is slow to use again what was just deleted: there all is kept to the end."""
        if not self.kept:
            shutil.rmtree(out, ignore_errors=True)


def _tell(step: str) -> None:
    """What is under way, on one line that is written over."""
    print(f"\r{step:60}", end="", file=sys.stderr, flush=True)


def table(measured: Sequence[Measured], claims: int) -> str:
    """The figures, one row a line."""
    head = ["", "runs", "wall s", "CPU s", "peak MiB", "× best peer", "× its floor"]
    lines = [[*head, "files/claim", "KB/claim"]]
    lines += [_line(one, measured, claims) for one in measured]
    few = any(len(one.times) < _FEW for one in measured)
    marked = f"\n* fewer than {_FEW} runs" if few else ""
    note = "\npeak: PSS of all processes together; floor: C only writing the same files"
    return "\n".join(_aligned(line) for line in lines) + f"\n{note}{marked}"


def _line(one: Measured, measured: Sequence[Measured], claims: int) -> list[str]:
    runs = len(one.times)
    floors = [other for other in measured if other.row.whose == "floor"]
    floor = floors[one.row.whose == "peer"]
    peers = [other for other in measured if other.row.whose == "peer"]
    wrote = one.output
    return [
        one.row.name,
        f"{runs}{'*' if runs < _FEW else ' '}",
        f"{median(times.wall for times in one.times.values()):.3f}",
        f"{median(times.cpu for times in one.times.values()):.3f}",
        f"{one.peak / 2**20:.0f}" if one.peak else "-",
        f"{_ratio(one, peers):.2f}",
        f"{_ratio(one, [floor]):.1f}" if wrote and one.row.whose != "floor" else "-",
        f"{len(wrote.files) / claims:.2f}" if wrote else "-",
        f"{wrote.size / claims / 1000:.1f}" if wrote else "-",
    ]


def _ratio(one: Measured, others: Sequence[Measured]) -> float:
    """To the fastest of some others, taken in each round; the median."""
    return median(
        times.wall / min(other.times[number].wall for other in others if number in other.times)
        for number, times in one.times.items()
    )


def _aligned(line: Sequence[str]) -> str:
    name, *figures = line
    return f"{name:32}" + "".join(f"{figure:>12}" for figure in figures)


def _spread(waited: Sequence[float]) -> str:
    low, middle, high = min(waited), median(waited), max(waited)
    return f"{low * 1000:.0f} {middle * 1000:.0f} {high * 1000:.0f} ms (least, median, most)"


def wrong(measured: Sequence[Measured], claims: int) -> list[str]:
    """Rows that did not give every claim a page with its words."""
    return [
        f"{one.row.name}: {one.output.shown} of {claims} pages show their words"
        for one in measured
        if one.output and one.row.whose != "floor" and one.output.shown != claims
    ]


if __name__ == "__main__":
    main()

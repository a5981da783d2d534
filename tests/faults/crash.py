"""Builds killed at random moments, and what each of them leaves.

``python -m tests.faults.crash 200`` kills 200 builds of the five articles and prints the figures.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.story import DIGEST, Story, five


def killed_at_random(story: Story, times: int, seed: int) -> Counter[str]:
    """How often the old site, the new one or something broken stood there after a kill.

    After each the next build must be whole; raises AssertionError where it is not.
    """
    chance = random.Random(seed)
    longest = max(_timed(story) for _ in range(3))
    found: Counter[str] = Counter()
    for _ in range(times):
        story.edit()
        words = [*DIGEST, "build", "--root", str(story.folder)]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as build:
            time.sleep(chance.uniform(0, longest))
            build.kill()
        found[story.told() + (", and litter" if story.litter() else "")] += 1
        story.next_build_is_whole()
    return found


def _timed(story: Story) -> float:
    story.edit()
    started = time.monotonic()
    story.next_build_is_whole()
    return time.monotonic() - started


def main(times: int) -> int:
    """Print what so many killed builds left; how many of them were broken."""
    with TemporaryDirectory() as folder:
        found = killed_at_random(Story(five(Path(folder) / "digest")), times, seed=times)
    for told, count in found.most_common():
        print(f"{count:5} {told}")
    broken = sum(count for told, count in found.items() if told.startswith("broken"))
    print(
        f"{times} builds killed, {broken} broken; every next build was whole and swept the litter"
    )
    return broken


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1])) else 0)

"""The whole build of the five articles beside the bare imports it stands on.

Both are timed as whole processes, in turn, with bytecode compiled; the figure is the ratio
within one run. ``cold``: neither memory nor site; ``changed``: a rebuild after an edit of the
record; ``again``: a rebuild with nothing changed, every input and output read.

    python bench/startup.py [ROUNDS]
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIGEST = Path(sys.executable).with_name("digest")
IMPORTS = [sys.executable, "-c", "import jinja2, yaml, click"]


def seconds(command: list[str]) -> float:
    """How long a command takes, start to end; its output is thrown away."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    subprocess.run(command, check=True, env=environment, capture_output=True)
    return time.perf_counter() - begun


def main(rounds: int) -> None:
    """Print the medians and their ratios."""
    times: dict[str, list[float]] = {"imports": [], "cold": [], "changed": [], "again": []}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in ("data", "seeds"):
            shutil.copytree(ROOT / part, root / part)
        build = [str(DIGEST), "build", "--root", str(root)]
        seconds(build)
        for _ in range(rounds):
            times["imports"].append(seconds(IMPORTS))
            shutil.rmtree(root / ".digest")
            shutil.rmtree(root / "site")
            times["cold"].append(seconds(build))
            with (root / "data/claims.yaml").open("a") as record:
                record.write("# another line\n")
            times["changed"].append(seconds(build))
            times["again"].append(seconds(build))
    bare = statistics.median(times["imports"])
    for name, all_times in times.items():
        low, middle, high = min(all_times), statistics.median(all_times), max(all_times)
        print(
            f"{name:8} {low * 1000:5.0f} {middle * 1000:5.0f} {high * 1000:5.0f} ms"
            f" (least, median, most of {rounds}), {middle / bare:.2f} times the imports"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)

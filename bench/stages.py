"""Where the time of a build goes: each stage of one build from nothing, on one processor.

    python bench/stages.py [N]

The stages are timed where the build calls them; those of files are told by the folder they are
made for. What is left over is imports, the account of the site, and the timing itself.
"""

import gc
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from archive import folder, written
from invented import invented

from digest.build import build
from digest.model.options import Options
from digest.site.stage import Batch, Stage

#: What a build calls, nothing of it within another; the folder is read again at the end.
STAGES = {
    "read the folder": ("digest.build", "read_folder"),
    "parse the articles": ("digest.reading.articles", "read_articles"),
    "type the record": ("digest.record.parts", "read_record"),
    "check what names what": ("digest.record.references", "check_references"),
    "prove every quotation and day": ("digest.proof.proven", "verify"),
    "compare articles and claims": ("digest.proof.alike", "check_alike"),
    "find what may be printed": ("digest.site.rights", "check_shares"),
    "render notes, lay pages out": ("digest.build", "lay_out"),
    "plan every page": ("digest.site.publish", "batches"),
    "check every link": ("digest.site.publish", "check_links"),
}
_FILES = ("quotes", "articles", "speakers", "days", "months", "search")
_PUBLISH = "sync and exchange the site"


def main(count: int) -> None:
    """Print a line for each stage: seconds, its share of all, and µs for each claim."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    gc.disable()  # as the command does
    times: Counter[str] = Counter()
    for stage, (module, name) in STAGES.items():
        _timed(import_module(module), name, lambda *_, stage=stage: stage, times)
    _timed(Stage, "_filled", lambda _, batch: f"make {_kind(batch)}", times)
    _timed(import_module("digest.site.publish").Publication, "publish", lambda _: _PUBLISH, times)
    with tempfile.TemporaryDirectory() as root:
        written(folder(invented(count)), Path(root))
        begun = time.perf_counter()
        if not build(Options(Path(root))).count:
            raise SystemExit("the archive was refused")
        whole = time.perf_counter() - begun
    if missed := STAGES.keys() - times.keys():
        raise SystemExit(f"no build calls any more: {', '.join(sorted(missed))}")
    times["what is left over"] = whole - times.total()
    for stage, spent in [*times.items(), ("the whole build", whole)]:
        told = f"{spent:7.2f} s  {spent / whole:4.0%}  {spent / count * 1e6:6.0f} µs a claim"
        print(f"{stage:32}{told}")


def _timed(owner: Any, name: str, called: Callable[..., str], times: Counter[str]) -> None:
    """Put a clock around a function: what it yields is asked for at once."""
    function = getattr(owner, name)

    def timed(*given: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        found = function(*given, **named)
        if isinstance(found, Iterator):
            found = [*found]
        times[called(*given)] += time.perf_counter() - begun
        return found

    setattr(owner, name, timed)


def _kind(batch: Batch) -> str:
    kind = batch.addresses[0].partition("/")[0] if batch.addresses else ""
    return f"{kind}/" if kind in _FILES else "exports, feeds and the rest"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)

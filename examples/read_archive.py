"""Read a whole news archive: every quotation of every article, on two local Dask workers.

    pip install 'dask[distributed]==2026.8.0'
    python examples/read_archive.py FOLDER > quotations.jsonl

``digest.reading.read`` is a pure function of one text, so any engine can map it. With the address
of a scheduler as a second argument the same lines run on a cluster whose workers see the folder.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dask import bag
from dask.distributed import Client, LocalCluster

TOGETHER = 50  # articles of one task: half a second of work, beside which sending it is nothing


def lines(path: Path) -> list[str]:
    """A line of JSON for each quotation of an article, or one that says why it has none."""
    import msgspec  # here, where a worker needs them

    from digest.diagnostics import Refused
    from digest.reading import read

    try:
        found = [msgspec.to_builtins(one) for one in read(path.read_text("utf-8"))]
    except (Refused, UnicodeDecodeError) as error:
        found = [{"error": str(error)}]
    return [json.dumps({"file": path.name, **one}, ensure_ascii=False) for one in found]


@contextmanager
def workers(scheduler: str | None) -> Iterator[Client]:
    """Those of a cluster, or two processes of this machine."""
    if scheduler:
        with Client(scheduler) as client:
            yield client
        return
    own = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with own as cluster, Client(cluster) as client:
        yield client


def main(folder: str, scheduler: str | None = None) -> None:
    """Print the lines of every article, in the order of their names."""
    paths = sorted(Path(folder).resolve().glob("*.txt"))
    read = bag.from_sequence(paths, partition_size=TOGETHER).map(lines).flatten()
    with workers(scheduler):
        print("\n".join(read.compute()))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The archive that the benchmark measures on is a real digest, the same on every machine."""

from __future__ import annotations

import subprocess
import sys

from digest.build import check
from digest.model.options import Options


def invented(root, count, folder):
    command = [sys.executable, root / "bench/archive.py", str(count), folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_an_invented_archive_is_accepted_without_a_finding(root, tmp_path):
    outcome = check(Options(invented(root, 120, tmp_path)))
    assert outcome.findings == []
    assert outcome.digest
    assert len(outcome.digest.claims) == 120
    assert any(len(claim.printings) == 2 for claim in outcome.digest.claims)
    assert any(claim.moment.event for claim in outcome.digest.claims)
    assert outcome.digest.reports
    assert outcome.digest.disagreements


def test_the_same_count_gives_the_same_bytes(root, tmp_path):
    one, other = (invented(root, 60, tmp_path / name) for name in ("one", "other"))
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert files
    for path in files:
        assert (one / path).read_bytes() == (other / path).read_bytes(), path

"""One record with every kind of mistake in it, and its whole report."""

from __future__ import annotations

from digest.build import Options, build
from digest.diagnostics import summary


def test_every_mistake_is_reported_in_one_run_with_its_place_and_a_fix(root):
    broken = root / "tests/broken"
    outcome = build(Options(broken, out=broken / "never", cache=False))
    told = [*map(str, outcome.findings), summary(outcome.findings)]
    assert "\n".join(told) == (broken / "report.txt").read_text(encoding="utf-8").rstrip("\n")
    assert not (broken / "never").exists()

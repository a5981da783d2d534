"""Row 106: ten thousand claims in a thousand articles: within bounds, and linear."""

from __future__ import annotations

import pytest

from tests.faults.measured import digest
from tests.test_invented_archive import invented

TWICE = 2.8  # times as long for twice as much; what grows with the square takes four times
MEMORY = 512  # MB


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """A build of an invented archive of so many claims, measured."""

    def build(count):
        folder = invented(root, count, tmp_path_factory.mktemp("archive") / str(count))
        return digest("build", "--root", folder, timeout=300)

    return build


def test_106_twice_the_claims_take_twice_the_work(built):
    small, large = built(2000), built(4000)
    assert (small.code, large.code) == (0, 0)
    assert large.seconds < TWICE * small.seconds


def test_106_ten_thousand_claims_in_eight_hundred_articles_are_built_within_the_bound(built):
    ended = built(10_000)
    assert (ended.code, ended.err) == (0, "")
    assert "10000 claims" in ended.out
    assert ended.megabytes < MEMORY

"""How much is tried: a little in ``make test``, always the same; ``make fuzz`` says how much."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
_EXAMPLES = int(os.environ.get("FUZZ", "0"))
# What fails is kept in .hypothesis/ and tried first the next time; the blob repeats it elsewhere.
budget = (
    settings(max_examples=_EXAMPLES, print_blob=True, deadline=None, suppress_health_check=_SLOW)
    if _EXAMPLES
    else settings(max_examples=50, derandomize=True, database=None, deadline=None)
)

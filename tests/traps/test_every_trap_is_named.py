"""No trap goes without a test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TRAPS = {"12b", *(str(number) for number in range(1, 53))}


def test_every_trap_is_named_by_a_test():
    files = [ast.parse(path.read_text("utf-8")) for path in Path(__file__).parent.glob("test_*.py")]
    tests = [one.name for file in files for one in file.body if isinstance(one, ast.FunctionDef)]
    named = {found[1] for name in tests if (found := re.match(r"test_t(\d+b?)_", name))}
    assert named == TRAPS

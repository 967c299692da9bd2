"""docs/fairness.md: every rule names a test, and each test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROWS = [
    line
    for line in (ROOT / "docs" / "fairness.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| rule")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:50])
def test_a_rule_is_held_by_a_test_that_is_there(row: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row.rsplit("|", 2)[1])
    assert named
    for path, function in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert function in tests if function else any(name.startswith("test_") for name in tests)

"""Stubs cut from source."""

from __future__ import annotations

import ast

import pytest

from grader.source import extract, solution, stub, without_annotations

SOURCE = '''\
import numpy as np


def layer(x: Array, h: float = 1e-5) -> tuple[Array, int]:
    """What it does."""
    # solution: Do it well,
    # and in two lines.
    inner = x + 1
    out = inner * 2  # y = 2(x + 1)
    # end of solution
    return out, (x,)


class Net:
    def __init__(self, dim: int = 3, *, reg: dict[str, float] | None = None) -> None:
        self.params: Params = {}
        # solution: Fill the params.
        self.params["W"] = dim
        # end of solution
'''


def test_a_region_becomes_a_todo_and_its_result_none() -> None:
    cut = stub(extract(SOURCE, "layer"))
    assert "# TODO: Do it well," in cut
    assert "# and in two lines." in cut
    assert "out = None" in cut
    assert "inner" not in cut
    namespace: dict[str, object] = {}
    exec(without_annotations(cut), namespace)
    assert namespace["layer"](5) == (None, (5,))  # type: ignore[operator]


def test_the_solved_copy_keeps_the_code_and_drops_the_marks() -> None:
    whole = solution(extract(SOURCE, "layer"))
    assert "inner = x + 1" in whole
    assert "Do it well" not in whole
    assert "two lines" not in whole
    assert "# y = 2(x + 1)" in whole


def test_annotations_are_taken_off() -> None:
    bare = without_annotations(extract(SOURCE, "layer"))
    assert bare.startswith("def layer(x, h=1e-5):\n")
    net = without_annotations(extract(SOURCE, "Net"))
    assert "def __init__(self, dim=3, *, reg=None):" in net
    assert "self.params = {}" in net


def test_released_lines_replace_the_automatic_ones() -> None:
    cut = stub("# solution: Choose.\n#| rate = 1e-3\nrate = 0.5\n# end of solution\nuse(rate)")
    assert "rate = 1e-3" in cut
    assert "0.5" not in cut
    assert "None" not in cut


@pytest.mark.parametrize(
    "source",
    ["# solution: a\nx = 1", "x = 1\n# end of solution", "# solution: a\n# solution: b\n# end of solution"],
)
def test_broken_regions_are_errors_with_a_line(source: str) -> None:
    with pytest.raises(ValueError, match="line"):
        stub(source)


def test_a_stub_parses_and_an_unknown_name_is_a_key_error() -> None:
    ast.parse(stub(SOURCE))
    with pytest.raises(KeyError, match="missing"):
        extract(SOURCE, "missing")

"""A warm-up leaves a process as it was, and is not taken for done when it failed."""

from __future__ import annotations

import linecache
import sys
import warnings

import pytest

from grader.sandbox import warm_up


def state() -> tuple[object, ...]:
    return (
        dict(sys.modules),
        list(sys.meta_path),
        sys.stdout,
        sys.stderr,
        list(warnings.filters),
        set(linecache.cache),
        sys.getrecursionlimit(),
    )


def test_nothing_of_it_stays() -> None:
    warm_up.run_warm_up()  # what is imported late is there from now on
    before = state()
    warm_up.run_warm_up()
    assert state() == before


@pytest.mark.parametrize("sample", ["import numpy as np\nx = 1\ny = ", "import numpy\nx = 1\ny = 2"])
def test_a_sample_that_fails_is_no_warm_up(sample: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm_up, "_SAMPLE", sample)
    with pytest.raises(RuntimeError, match="the warm-up failed"):
        warm_up.run_warm_up()

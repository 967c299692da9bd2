"""Single precision: right gradients do not fail, gross mistakes do, and what was not seen is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.gradients import check
from tests.gradients.cases import affine, affine_back, affine_inputs


def single(function: Any) -> Any:
    def low(value: Any) -> Any:
        return np.asarray(value, dtype=np.float32)[()]

    def call(i: Any, *dout: Any) -> Any:
        found = function({k: low(v) for k, v in i.items()}, *[low(d) for d in dout])
        return {k: low(v) for k, v in found.items()} if isinstance(found, dict) else low(found)

    return call


@pytest.mark.parametrize("seed", range(20))
def test_right_ones_do_not_fail(seed: int) -> None:
    arrays, dout = affine_inputs(seed)
    report = check(single(affine), single(affine_back), arrays, dout, seed=seed)
    assert report.status in ("pass", "inconclusive")


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("factor", [-1, 2, 0.125])
def test_gross_mistakes_do(seed: int, factor: float) -> None:
    arrays, dout = affine_inputs(seed)

    def wrong(i: Any, d: Any) -> Any:
        g = affine_back(i, d)
        return {**g, "w": factor * g["w"]}

    assert check(single(affine), single(wrong), arrays, dout, seed=seed).arrays["w"].status == "fail"


def test_float32_arrays_are_checked_in_double_precision() -> None:
    arrays, dout = affine_inputs(0)
    low = {name: array.astype(np.float32) for name, array in arrays.items()}
    report = check(affine, affine_back, low, dout.astype(np.float32))
    assert report.status == "pass"
    assert max(array.resolution for array in report.arrays.values()) < 1e-6


def test_what_cannot_be_seen_is_inconclusive_with_its_resolution() -> None:
    x = np.random.default_rng(0).normal(size=5)
    report = check(
        lambda i: float(1e12 + np.sum(np.sin(i["x"]))), lambda i, d: {"x": d * np.cos(i["x"])}, {"x": x}
    )
    assert report.status == "inconclusive"
    assert report.arrays["x"].resolution > 1e-3
    assert "could not be decided" in report.explain()

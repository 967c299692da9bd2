"""A check is as sharp at any scale: of 1e-300, of 1e200, and of both in one function."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.gradients import check

Arrays = dict[str, Any]
RNG = np.random.default_rng(0)
X, W, Y = RNG.normal(size=(3, 4)), RNG.normal(size=(4, 2)), RNG.normal(size=(3, 2))
SCALES = (1e-305, 1e-300, 1e-200, 1e-160, 1e-60, 1e-11, 1e11, 1e150, 1e200)
STATUS = {1.0: "pass", 0.5: "fail", 2.0: "fail", 1.001: "fail", -1.0: "fail"}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("factor", STATUS)
def test_inputs_of_any_scale(scale: float, factor: float) -> None:
    report = check(
        lambda p: 3 * p["x"], lambda p, dout: {"x": 3 * dout * factor}, {"x": X * scale}, np.ones(X.shape)
    )
    assert report.status == STATUS[factor]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("factor", STATUS)
def test_outputs_of_any_scale(scale: float, factor: float) -> None:
    def backward(p: Arrays, dout: Any) -> Arrays:
        return {"x": factor * scale * dout * (1 - np.tanh(p["x"]) ** 2)}

    report = check(lambda p: scale * np.tanh(p["x"]), backward, {"x": X}, RNG.normal(size=X.shape))
    assert report.status == STATUS[factor]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("factor", STATUS)
def test_upstream_gradients_of_any_scale(scale: float, factor: float) -> None:
    def backward(p: Arrays, dout: Any) -> Arrays:
        return {"x": factor * dout * (1 - np.tanh(p["x"]) ** 2)}

    report = check(lambda p: np.tanh(p["x"]), backward, {"x": X}, scale * RNG.normal(size=X.shape))
    assert report.status == STATUS[factor]


@pytest.mark.parametrize("scale", [scale for scale in SCALES if scale < 1e200])
@pytest.mark.parametrize("wrong", ["x", "w"])
def test_scales_that_differ_between_inputs(scale: float, wrong: str) -> None:
    for factor, status in STATUS.items():

        def backward(p: Arrays, dout: Any, factor: float = factor) -> Arrays:
            right = {"x": dout @ p["w"].T, "w": p["x"].T @ dout}
            return right | {wrong: factor * right[wrong]}

        report = check(lambda p: p["x"] @ p["w"], backward, {"x": X * scale, "w": W}, Y)
        assert report.arrays[wrong].status == status, factor


@pytest.mark.parametrize("small", [1e-6, 1e-4])
def test_scales_that_differ_within_an_array(small: float) -> None:
    x = np.array([1.0, small, 2.0, -small])
    for factor, status in {1.0: "pass", 0.5: "fail"}.items():

        def backward(p: Arrays, dout: Any, factor: float = factor) -> Arrays:
            return {"x": dout * 2 * p["x"] * np.array([1.0, factor, 1.0, 1.0])}

        assert check(lambda p: np.square(p["x"]), backward, {"x": x}, np.ones(4)).status == status

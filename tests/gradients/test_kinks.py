"""On a kink a convention decides, and has a name; a value that is no subgradient is a mistake."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.gradients import Explanation, check
from grader.gradients.kinks import look
from tests.gradients.cases import base_of, relu, run


def planted(seed: int) -> Any:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(6, 7))
    x[rng.random(x.shape) < 0.15] = 0
    x[0, 0] = 0
    return x, rng.normal(size=x.shape)


def back(at_zero: float) -> Any:
    return lambda i, d: {"x": d * ((i["x"] > 0) + at_zero * (i["x"] == 0))}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("at_zero", "name"), [(0.0, "x > 0"), (1.0, "x >= 0")])
def test_conventions_are_named(seed: int, at_zero: float, name: str) -> None:
    x, dout = planted(seed)
    report = check(relu, back(at_zero), {"x": x}, dout, seed=seed)
    assert report.status == "kink"
    explanation = report.arrays["x"].explanation
    assert explanation is not None
    assert (explanation.kind, explanation.convention) == ("kink", name)
    assert 0 < explanation.kinked <= explanation.examined


@pytest.mark.parametrize("share", [0.25, 0.7])
def test_a_value_between_is_one_too(share: float) -> None:
    x, dout = planted(0)
    explanation = check(relu, back(share), {"x": x}, dout).arrays["x"].explanation
    assert explanation is not None
    assert explanation.convention == "between"


@pytest.mark.parametrize("share", [2.0, -1.0])
@pytest.mark.parametrize("seed", range(3))
def test_outside_the_subdifferential_is_a_mistake(share: float, seed: int) -> None:
    x, dout = planted(seed)
    report = check(relu, back(share), {"x": x}, dout, seed=seed)
    array = report.arrays["x"]
    assert (report.status, array.explanation) == ("fail", Explanation("special_value"))
    assert array.where is not None
    assert all(x[place] == 0 for place in array.where.elements)


def test_a_kink_inside_a_net_is_found_by_search() -> None:
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(1, 30)), rng.normal(size=(30, 40))
    w[:, 17] -= x[0] * (x[0] @ w[:, 17]) / (x[0] @ x[0])
    w[0, 17] -= (x @ w)[0, 17] / x[0, 0]
    z = x @ w
    shift = -z * (np.arange(40) == 17)  # z + shift is exactly 0 in one hidden unit
    dout = rng.normal(size=(1, 40))
    report = check(
        lambda i: np.maximum(x @ i["w"] + shift, 0),
        lambda i, d: {"w": x.T @ (d * (x @ i["w"] + shift >= 0))},
        {"w": w},
        dout,
    )
    assert report.status == "kink"


def test_an_error_beside_a_kink_is_still_a_fail() -> None:
    for seed in range(20):
        x, dout = planted(seed)
        x[2, 2] = 0.01

        def wrong(i: Any, d: Any) -> Any:
            dx = d * (i["x"] > 0)
            dx[2, 2] *= 1.001
            return {"x": dx}

        assert check(relu, wrong, {"x": x}, dout, seed=seed).status == "fail"


def test_a_wrong_value_at_a_special_point_of_a_smooth_function_fails() -> None:
    x = np.random.default_rng(0).normal(size=20)
    x[3] = 0

    def back_of_sin(i: Any, d: Any) -> Any:
        return {"x": d * np.where(i["x"] == 0, 5.0, np.cos(i["x"]))}

    report = check(lambda i: np.sin(i["x"]), back_of_sin, {"x": x}, np.ones(20))
    where = report.arrays["x"].where
    assert report.status == "fail"
    assert where is not None
    assert where.elements == ((3,),)


def test_a_curve_is_no_kink() -> None:
    x = np.array([0.0, 1e-3, 2.0])
    base = base_of(lambda i: i["x"] ** 2, {"x": x}, np.ones(3))
    found, evaluations = run(look(base, "x", 2 * x, [(0,), (1,), (2,)]), lambda i: i["x"] ** 2)
    assert (found.kinked, found.convention, evaluations) == ((), None, 12)

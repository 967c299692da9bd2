"""The gradient check: right ones pass, wrong ones fail, kinks are conventions, and nothing global moves."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from grader.gradients import CallError, NoValueError, check

Arrays = dict[str, Any]


def affine(i: Arrays) -> Any:
    return i["x"].reshape(len(i["x"]), -1) @ i["w"] + i["b"]


def affine_back(i: Arrays, dout: Any) -> Arrays:
    rows = i["x"].reshape(len(i["x"]), -1)
    return {"x": (dout @ i["w"].T).reshape(i["x"].shape), "w": rows.T @ dout, "b": dout.sum(0)}


def inputs(seed: int, scale: float = 1.0) -> tuple[Arrays, Any]:
    rng = np.random.default_rng(seed)
    arrays = {"x": scale * rng.normal(size=(4, 3, 2)), "w": rng.normal(size=(6, 5)), "b": rng.normal(size=5)}
    return arrays, rng.normal(size=(4, 5))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_right_gradients_pass(seed: int, scale: float) -> None:
    arrays, dout = inputs(seed, scale)
    report = check(affine, affine_back, arrays, dout, seed=seed)
    assert report.status == "pass"
    assert report.evaluations <= 40


WRONG = {
    "mean for sum": lambda g: {**g, "b": g["b"] / 4},
    "sign": lambda g: {**g, "w": -g["w"]},
    "a thousandth": lambda g: {**g, "w": 1.001 * g["w"]},
    "one row": lambda g: {**g, "w": np.concatenate([g["w"][:1] * 0, g["w"][1:]])},
    "reversed": lambda g: {**g, "w": g["w"][::-1]},
    "shape": lambda g: {**g, "b": g["b"][None]},
    "nan": lambda g: {**g, "b": g["b"] * np.nan},
    "complex": lambda g: {**g, "b": g["b"] * 1j},
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("seed", range(5))
def test_wrong_gradients_fail_and_the_others_do_not(name: str, seed: int) -> None:
    arrays, dout = inputs(seed)
    report = check(affine, lambda i, d: WRONG[name](affine_back(i, d)), arrays, dout, seed=seed)
    assert report.status == "fail"
    assert [report.arrays[a].status for a in ("x", "w", "b")].count("fail") == 1


def test_a_cache_that_backward_overwrites_is_seen() -> None:
    kept: Arrays = {}

    def forward(i: Arrays) -> Any:
        kept["x"] = i["x"]
        return np.maximum(i["x"], 0)

    calls = [0]

    def backward(i: Arrays, dout: Any) -> Arrays:
        calls[0] += 1
        return {"x": dout * (i["x"] > 0) * calls[0]}

    x = np.array([1.0, -1.0, 2.0])
    assert check(forward, backward, {"x": x}, np.ones(3)).status == "fail"


@pytest.mark.parametrize("slope", [0.0, 0.5, 1.0])
def test_on_a_kink_a_convention_decides(slope: float) -> None:
    x = np.array([[0.0, 1.0], [-1.0, 0.0]])
    back = lambda i, d: {"x": d * ((i["x"] > 0) + slope * (i["x"] == 0))}  # noqa: E731 (a table of conventions)
    assert check(lambda i: np.maximum(i["x"], 0), back, {"x": x}, np.ones((2, 2))).status in ("kink", "pass")


def test_a_wrong_slope_off_the_kink_fails() -> None:
    x = np.random.default_rng(0).normal(size=(5, 6))
    back = lambda i, d: {"x": d * np.where(i["x"] > 0, 1, 0.001)}  # noqa: E731 (one line says it)
    assert check(lambda i: np.maximum(i["x"], 0), back, {"x": x}, np.ones((5, 6))).status == "fail"


def test_a_scalar_forward_needs_no_dout() -> None:
    report = check(
        lambda i: float(np.sum(i["x"] ** 2)), lambda i, d: {"x": 2 * i["x"] * d}, {"x": np.arange(3.0)}
    )
    assert report.status == "pass"


def test_a_forward_that_gives_nothing_finite_is_an_error_in_words() -> None:
    with pytest.raises(NoValueError, match="finite"):
        check(lambda i: i["x"] * np.nan, lambda i, d: {"x": d}, {"x": np.ones(2)}, np.ones(2))
    with pytest.raises(CallError, match="shape"):
        check(lambda i: np.ones(3), lambda i, d: {"x": d}, {"x": np.ones(2)}, np.ones(2))


def test_the_same_seed_gives_the_same_report_and_nothing_global_moves() -> None:
    arrays, dout = inputs(1)
    before, numpy_before = random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]
    one, two = (check(affine, affine_back, arrays, dout, seed=3) for _ in range(2))
    assert one == two
    assert random.getstate() == before
    assert np.random.get_state()[1].tolist() == numpy_before  # type: ignore[index]


def test_inputs_are_left_alone() -> None:
    arrays, dout = inputs(2)
    copies = {name: array.copy() for name, array in arrays.items()}

    def careless(i: Arrays, d: Any) -> Arrays:
        found = affine_back(i, d.copy())
        i["x"] *= 0
        d *= 0
        return found

    check(affine, careless, arrays, dout)
    assert all(np.array_equal(arrays[name], copies[name]) for name in arrays)


def test_a_vanishing_gradient_passes() -> None:
    report = check(lambda i: np.zeros(3), lambda i, d: {"x": np.zeros(3)}, {"x": np.ones(3)}, np.ones(3))
    assert report.status == "pass"

"""At a tie several entries share one slope: to count it twice, or not at all, is no convention."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.gradients import Explanation, check

Arrays = dict[str, Any]
X = np.array([[1.0, 2.0, 2.0], [3.0, 3.0, 0.0]])
DOUT = np.array([1.5, -2.0])
POOL = np.random.default_rng(0).integers(0, 3, size=(2, 2, 4)).astype(float)


def maximum_of_rows(p: Arrays) -> Any:
    return p["x"].max(axis=-1)


def winners(x: Any) -> Any:
    return x == x.max(axis=-1, keepdims=True)


def both(p: Arrays, dout: Any) -> Arrays:
    return {"x": winners(p["x"]) * dout[..., None]}


def neither(p: Arrays, dout: Any) -> Arrays:
    alone = winners(p["x"]).sum(axis=-1, keepdims=True) == 1
    return {"x": winners(p["x"]) * alone * dout[..., None]}


def first(p: Arrays, dout: Any) -> Arrays:
    dx = np.zeros_like(p["x"])
    np.put_along_axis(dx, p["x"].argmax(axis=-1)[..., None], dout[..., None], axis=-1)
    return {"x": dx}


def shared(p: Arrays, dout: Any) -> Arrays:
    won = winners(p["x"])
    return {"x": won / won.sum(axis=-1, keepdims=True) * dout[..., None]}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("backward", [both, neither])
@pytest.mark.parametrize(("x", "dout"), [(X, DOUT), (POOL, np.array([[1.0, -2.0], [3.0, 0.5]]))])
def test_a_slope_counted_twice_or_not_at_all_fails(backward: Any, x: Any, dout: Any, seed: int) -> None:
    report = check(maximum_of_rows, backward, {"x": x}, dout, seed=seed)
    array = report.arrays["x"]
    assert (report.status, array.explanation) == ("fail", Explanation("tie"))
    assert array.where is not None
    assert all(winners(x)[place] for place in array.where.elements)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("backward", [first, shared])
@pytest.mark.parametrize(("x", "dout"), [(X, DOUT), (POOL, np.array([[1.0, -2.0], [3.0, 0.5]]))])
def test_either_side_or_a_share_of_each_is_right(backward: Any, x: Any, dout: Any, seed: int) -> None:
    assert check(maximum_of_rows, backward, {"x": x}, dout, seed=seed).status in ("pass", "kink")


def test_all_entries_may_be_tied() -> None:
    one = {"x": np.ones(3)}
    assert check(lambda p: p["x"].max(), lambda p, dout: {"x": 1.0 * winners(p["x"])}, one).status == "fail"
    assert check(lambda p: p["x"].max(), lambda p, dout: shared(p, np.array(dout)), one).status != "fail"


@pytest.mark.parametrize(("strict", "status"), [(False, "fail"), (True, "kink")])
def test_two_arrays_may_be_tied(strict: bool, status: str) -> None:
    inputs = {"a": np.array([1.0, 2.0, 3.0]), "b": np.array([1.0, 5.0, 3.0])}

    def backward(p: Arrays, dout: Any) -> Arrays:
        a_wins = p["a"] > p["b"] if strict else p["a"] >= p["b"]
        return {"a": dout * a_wins, "b": dout * (p["b"] >= p["a"])}

    report = check(lambda p: np.maximum(p["a"], p["b"]), backward, inputs, np.array([1.0, 1.0, -2.0]))
    assert report.status == status


@pytest.mark.parametrize("seed", range(5))
def test_kinks_of_their_own_are_no_ties_whatever_their_signs(seed: int) -> None:
    x = np.array([0.0, 0.0, 1.0, 0.0, -1.0])
    dout = np.array([1.0, -1.0, 2.0, 3.0, 1.0])
    for mask in (np.greater, np.greater_equal):

        def backward(p: Arrays, dout: Any, mask: Any = mask) -> Arrays:
            return {"x": dout * mask(p["x"], 0)}

        assert check(lambda p: np.maximum(p["x"], 0), backward, {"x": x}, dout, seed=seed).status == "kink"

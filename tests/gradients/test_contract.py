"""What is known before any value is compared, and what the functions did to their arguments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.gradients import Explanation, Note, check
from grader.gradients.contract import broken

X = np.array([1.0, -1.0, 2.0])


@pytest.mark.parametrize(
    ("gradient", "explanation"),
    [
        (np.ones((1, 3)), Explanation("shape", shape=(1, 3), expected_shape=(3,))),
        (np.array([1, np.nan, 1]), Explanation("not_finite")),
        (np.ones(3) * 1j, Explanation("dtype", dtype="complex128")),
        (None, Explanation("dtype", dtype="object")),
    ],
)
def test_a_broken_contract_is_a_fail(gradient: Any, explanation: Explanation) -> None:
    report = check(lambda i: i["x"], lambda i, d: {"x": gradient}, {"x": X}, np.ones(3))
    assert (report.status, report.arrays["x"].explanation) == ("fail", explanation)


def test_a_contract_that_is_broken_at_a_nearby_point_alone() -> None:
    def backward(i: Any, d: Any) -> Any:
        return {"x": 2 * d if np.array_equal(i["x"], X) else np.ones((1, 3))}

    report = check(lambda i: i["x"], backward, {"x": X}, np.ones(3))
    expected = Explanation("shape", nearby=True, shape=(1, 3), expected_shape=(3,))
    assert (report.status, report.arrays["x"].explanation) == ("fail", expected)


def test_no_gradient_at_a_nearby_point() -> None:
    def backward(i: Any, d: Any) -> Any:
        return {"x": 2 * d} if np.array_equal(i["x"], X) else {}

    report = check(lambda i: i["x"], backward, {"x": X}, np.ones(3))
    assert report.arrays["x"].explanation == Explanation("not_given", nearby=True)


def test_only_what_backward_answers_for_is_judged() -> None:
    assert broken({"x": X, "w": X}, {"x": X}, {"x": X}) == {}


def test_a_cache_that_backward_overwrites_in_place() -> None:
    def backward(i: Any, d: Any) -> Any:
        dx = d * 2 * i["x"]
        i["x"] *= 0
        return {"x": dx}

    report = check(lambda i: i["x"] ** 2, backward, {"x": X}, np.ones(3))
    assert report.status == "fail"
    assert report.arrays["x"].explanation == Explanation("not_repeatable")
    assert Note("writes_input", "backward", "x") in report.notes


def test_writing_to_dout_is_noted_and_changes_no_verdict() -> None:
    def backward(i: Any, d: Any) -> Any:
        d[i["x"] <= 0] = 0
        return {"x": d}

    report = check(lambda i: np.maximum(i["x"], 0), backward, {"x": X}, np.ones(3))
    assert report.status == "pass"
    assert report.notes == (Note("writes_dout", "backward"),)


def test_a_forward_that_writes_to_its_input_is_noted() -> None:
    def forward(i: Any) -> Any:
        i["x"] *= 1.0
        out = i["x"].copy()
        i["x"][0] = 7
        return out

    report = check(forward, lambda i, d: {"x": d}, {"x": X}, np.ones(3))
    assert Note("writes_input", "forward", "x") in report.notes


def test_a_random_forward_is_noted() -> None:
    rng = np.random.default_rng(0)
    report = check(lambda i: i["x"] * rng.normal(size=3), lambda i, d: {"x": d}, {"x": X}, np.ones(3))
    assert Note("random", "forward") in report.notes
    assert report.status != "pass"

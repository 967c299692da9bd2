"""What is said before any value is compared, and what the functions did to their arguments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.gradients import check
from grader.gradients.contract import broken

X = np.array([1.0, -1.0, 2.0])


@pytest.mark.parametrize(
    ("gradient", "words"),
    [
        (np.ones((1, 3)), "has shape (1, 3), its input (3,)"),
        (np.array([1, np.nan, 1]), "not finite"),
        (np.ones(3) * 1j, "not a real number"),
        (None, "not a real number"),
    ],
)
def test_a_broken_contract_is_a_fail_in_words(gradient: Any, words: str) -> None:
    report = check(lambda i: i["x"], lambda i, d: {"x": gradient}, {"x": X}, np.ones(3))
    assert (report.status, report.arrays["x"].mistake) == ("fail", "contract")
    assert words in report.explain()


def test_only_what_backward_answers_for_is_judged() -> None:
    assert broken({"x": X, "w": X}, {"x": X}, {"x": X}) == {}


def test_a_cache_that_backward_overwrites_in_place() -> None:
    def backward(i: Any, d: Any) -> Any:
        dx = d * 2 * i["x"]
        i["x"] *= 0
        return {"x": dx}

    report = check(lambda i: i["x"] ** 2, backward, {"x": X}, np.ones(3))
    assert report.status == "fail"
    assert "second backward pass" in str(report.arrays["x"].finding)
    assert "backward writes to its input x" in report.notes


def test_writing_to_dout_is_noted_and_changes_no_verdict() -> None:
    def backward(i: Any, d: Any) -> Any:
        d[i["x"] <= 0] = 0
        return {"x": d}

    report = check(lambda i: np.maximum(i["x"], 0), backward, {"x": X}, np.ones(3))
    assert report.status == "pass"
    assert any("writes to dout" in note for note in report.notes)
    assert "Note: backward writes to dout" in report.explain()


def test_a_forward_that_writes_to_its_input_is_noted() -> None:
    def forward(i: Any) -> Any:
        i["x"] *= 1.0
        out = i["x"].copy()
        i["x"][0] = 7
        return out

    assert (
        "forward writes to its input x" in check(forward, lambda i, d: {"x": d}, {"x": X}, np.ones(3)).notes
    )


def test_a_random_forward_is_noted() -> None:
    rng = np.random.default_rng(0)
    report = check(
        lambda i: i["x"] * rng.choice([0.5, 1.0], size=3), lambda i, d: {"x": d}, {"x": X}, np.ones(3)
    )
    assert "the forward pass gave two different results for one input" in report.notes
    assert report.status != "pass"

"""One cause that explains the whole error is named, without a search."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.gradients import check
from grader.gradients.templates import factor
from tests.gradients.cases import affine, affine_back, affine_inputs

CAUSES: dict[str, tuple[Any, str, str]] = {
    "sign": (lambda g, w: -g, "sign", "its sign is flipped"),
    "half": (lambda g, w: g / 2, "factor", "it is 2 times too small"),
    "no 1/N": (lambda g, w: 8 * g, "factor", "it is 8 times too large"),
    "odd": (lambda g, w: 1.25 * g, "factor", "the derivative is 0.8 times what is given"),
    "transposed": (lambda g, w: g.T, "transposed", "it is transposed"),
    "reversed": (lambda g, w: g[::-1], "rows reversed", "its rows are in reversed order"),
    "added": (lambda g, w: g + 0.3 * w, "parameter", "it has 0.3 · w too much"),
    "lost": (lambda g, w: g - 0.3 * w, "parameter", "the term 0.3 · w is missing"),
    "constant": (lambda g, w: g + 2, "constant", "every entry is too large by 2"),
}


@pytest.mark.parametrize("name", CAUSES)
@pytest.mark.parametrize("seed", range(3))
def test_each_cause_is_named(name: str, seed: int) -> None:
    change, mistake, sentence = CAUSES[name]
    arrays, dout = affine_inputs(seed, 12, 12)
    report = check(
        affine,
        lambda i, d: {**(g := affine_back(i, d)), "w": change(g["w"], i["w"])},
        arrays,
        dout,
        seed=seed,
    )
    found = report.arrays["w"]
    assert (report.status, found.mistake) == ("fail", mistake)
    assert found.finding is not None
    assert found.finding.startswith(sentence)
    assert report.evaluations <= 70


def test_a_regularisation_strength_among_the_inputs_is_named() -> None:
    def forward(i: Any) -> float:
        return float(np.sum(np.sin(i["w"])) + 0.5 * i["reg"] * np.sum(i["w"] ** 2))

    arrays = {"w": np.random.default_rng(0).normal(size=(4, 3)), "reg": np.array(0.7)}
    missing = check(forward, lambda i, d: {"w": np.cos(i["w"])}, arrays)
    half = check(forward, lambda i, d: {"w": np.cos(i["w"]) + 0.5 * i["reg"] * i["w"]}, arrays)
    assert "the term reg · w is missing" in str(missing.arrays["w"].finding)
    assert "the term 0.5 · reg · w is missing" in str(half.arrays["w"].finding)


def test_factors_in_words() -> None:
    assert factor(0.0) == "it should be zero"
    assert factor(-0.5) == "it is 2 times too large, and its sign is flipped"
    assert factor(1 / 7, [7]) == "it is 7 times too large"
    assert factor(1 / 7) == "the derivative is 0.142857 times what is given"

"""One cause that explains the whole error is named, without a search."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.gradients import Explanation, check
from grader.gradients.templates import Axis, round_scale
from tests.gradients.cases import affine, affine_back, affine_inputs

CAUSES: dict[str, tuple[Any, Explanation]] = {
    "sign": (lambda g, w: -g, Explanation("sign", factor=-1)),
    "half": (lambda g, w: g / 2, Explanation("scale", factor=0.5)),
    "no 1/N": (lambda g, w: 8 * g, Explanation("scale", factor=8, array="dout", axis=0, length=8)),
    "odd": (lambda g, w: 1.25 * g, Explanation("scale", factor=1.25)),
    "transposed": (lambda g, w: g.T, Explanation("transpose")),
    "reversed": (lambda g, w: g[::-1], Explanation("reversed")),
    "added": (lambda g, w: g + 0.3 * w, Explanation("term", input="w", coefficient=-0.3)),
    "lost": (lambda g, w: g - 0.3 * w, Explanation("term", input="w", coefficient=0.3)),
    "constant": (lambda g, w: g + 2, Explanation("offset", offset=2)),
}


def rounded(explanation: Explanation | None) -> Explanation:
    """The same with the digits that a few lines can measure."""
    assert explanation is not None
    measured = {name: round(getattr(explanation, name), 5) for name in ("factor", "coefficient", "offset")}
    return replace(explanation, **measured)


@pytest.mark.parametrize("name", CAUSES)
@pytest.mark.parametrize("seed", range(3))
def test_each_cause_is_named(name: str, seed: int) -> None:
    change, expected = CAUSES[name]
    arrays, dout = affine_inputs(seed, 12, 12)
    report = check(
        affine,
        lambda i, d: {**(g := affine_back(i, d)), "w": change(g["w"], i["w"])},
        arrays,
        dout,
        seed=seed,
    )
    assert report.status == "fail"
    assert rounded(report.arrays["w"].explanation) == expected
    assert report.evaluations <= 70


def test_a_regularisation_strength_among_the_inputs_is_named() -> None:
    def forward(i: Any) -> float:
        return float(np.sum(np.sin(i["w"])) + 0.5 * i["reg"] * np.sum(i["w"] ** 2))

    arrays = {"w": np.random.default_rng(0).normal(size=(4, 3)), "reg": np.array(0.7)}
    missing = check(forward, lambda i, d: {"w": np.cos(i["w"])}, arrays)
    half = check(forward, lambda i, d: {"w": np.cos(i["w"]) + 0.5 * i["reg"] * i["w"]}, arrays)

    assert rounded(missing.arrays["w"].explanation) == Explanation(
        "term", input="w", coefficient=0.7, scalar="reg", multiple=1
    )
    assert rounded(half.arrays["w"].explanation) == Explanation(
        "term", input="w", coefficient=0.35, scalar="reg", multiple=0.5
    )


def test_round_factors() -> None:
    axis = Axis("x", 0, 7)
    assert round_scale(0.0) == Explanation("nonzero")
    assert round_scale(-0.5) == Explanation("scale", factor=-2)
    assert round_scale(1 / 7, [axis]) == Explanation("scale", factor=7, array="x", axis=0, length=7)
    assert round_scale(7, [axis]) == Explanation("scale", factor=1 / 7, array="x", axis=0, length=7)
    assert round_scale(1 / 7) is None


@pytest.mark.parametrize(
    ("claim", "expected"),
    [(3.0, Explanation("scale", factor=0.5)), (5.0, Explanation("value", actual=5, expected=6))],
)
def test_of_a_single_entry_only_a_round_factor_is_named(claim: float, expected: Explanation) -> None:
    report = check(
        lambda i: i["x"] ** 2, lambda i, d: {"x": np.array([claim])}, {"x": np.array([3.0])}, [1.0]
    )
    found = report.arrays["x"]
    assert found.where is None
    assert found.explanation is not None
    assert replace(found.explanation, expected=round(found.explanation.expected, 6)) == expected

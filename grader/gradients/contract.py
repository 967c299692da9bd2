"""What a backward pass must give before any value is compared: shapes, finite real numbers, twice alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.gradients.report import ArrayReport, Explanation
from grader.gradients.values import Point


def broken(inputs: Point, once: Mapping[str, Any], twice: Mapping[str, Any]) -> dict[str, ArrayReport]:
    """A failed report for each array whose gradient breaks the contract; shapes are not broadcast."""
    problems = {name: _problem(inputs, name, once, twice) for name in inputs if name in once}
    return {
        name: ArrayReport("fail", np.inf, 0.0, problem)
        for name, problem in problems.items()
        if problem is not None
    }


def _problem(
    inputs: Point, name: str, once: Mapping[str, Any], twice: Mapping[str, Any]
) -> Explanation | None:
    gradient, again = np.asarray(once[name]), np.asarray(twice.get(name))
    if gradient.dtype.kind not in "fiub":
        return Explanation("dtype", dtype=str(gradient.dtype))
    if gradient.shape != inputs[name].shape:
        return Explanation("shape", shape=gradient.shape, expected_shape=inputs[name].shape)
    if not np.all(np.isfinite(gradient)):
        return Explanation("not_finite")
    if not np.array_equal(gradient, again):
        return Explanation("not_repeatable")
    return None

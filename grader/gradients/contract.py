"""What a backward pass must give before any value is compared: shapes, finite real numbers, twice alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.gradients.report import ArrayReport
from grader.gradients.values import Point


def broken(inputs: Point, once: Mapping[str, Any], twice: Mapping[str, Any]) -> dict[str, ArrayReport]:
    """A failed report for each array whose gradient breaks the contract; shapes are not broadcast."""
    problems = {name: _problem(inputs, name, once, twice) for name in inputs if name in once}
    return {
        name: ArrayReport("fail", np.inf, 0.0, problem, mistake="contract")
        for name, problem in problems.items()
        if problem is not None
    }


def _problem(inputs: Point, name: str, once: Mapping[str, Any], twice: Mapping[str, Any]) -> str | None:
    gradient, again = np.asarray(once[name]), np.asarray(twice.get(name))
    if gradient.dtype.kind not in "fiub":
        return f"the gradient is of dtype {gradient.dtype}, not a real number"
    if gradient.shape != inputs[name].shape:
        return f"the gradient has shape {gradient.shape}, its input {inputs[name].shape}"
    if not np.all(np.isfinite(gradient)):
        return "the gradient holds values that are not finite"
    if not np.array_equal(gradient, again):
        return (
            "a second backward pass on the same input gives another gradient: something that it needs is "
            "overwritten, or it is not deterministic"
        )
    return None

"""The second witness is exact to rounding, and refuses what does not let complex numbers through."""

from __future__ import annotations

import numpy as np
import pytest

from grader.gradients import NoValueError, complex_step
from tests.gradients.cases import affine, affine_back, affine_inputs


def test_right_ones_agree_to_rounding_and_wrong_ones_do_not() -> None:
    arrays, dout = affine_inputs(0)
    assert all(error < 1e-13 for error in complex_step(affine, affine_back, arrays, dout).values())
    found = complex_step(
        affine, lambda i, d: {**(g := affine_back(i, d)), "w": g["w"] * (1 + 1e-10)}, arrays, dout
    )
    assert found["w"] > 1e-12
    assert found["b"] < 1e-13


def test_a_real_function_is_refused() -> None:
    with pytest.raises(NoValueError, match="complex"):
        complex_step(lambda i: np.abs(i["x"]), lambda i, d: {"x": d}, {"x": np.ones(3)}, np.ones(3))

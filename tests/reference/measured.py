"""Derivatives measured by central differences, apart from the reference that they judge."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def gradient(f: Callable[[Array], Any], x: Array, dout: Array | float = 1.0) -> Array:
    """Gradient at x of the sum of f(x) · dout; f must not change what it is given."""
    step = 1e-6
    slopes = []
    for unit in np.eye(x.size):
        move = step * unit.reshape(x.shape)
        slopes.append(np.sum((f(x + move) - f(x - move)) * dout) / (2 * step))
    return np.array(slopes).reshape(x.shape)


def scaled_error(got: Array, expected: Array) -> float:
    """Largest difference, as a share of the largest expected element; shapes must be equal."""
    assert got.shape == expected.shape
    return float(np.max(np.abs(got - expected)) / np.max(np.abs(expected)))

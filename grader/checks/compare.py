"""Arrays compared so that NaN never passes: every comparison is written to be false for NaN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.model import Absent


@dataclass(frozen=True, slots=True)
class Difference:
    """How far one array is from another of the same shape."""

    scaled_error: float
    worst: tuple[int, ...]
    actual: float
    expected: float


def scaled_error(actual: Any, expected: Any) -> float:
    """max|actual − expected| / max|expected|; NaN or infinity in ``actual`` gives infinity."""
    return difference(actual, expected).scaled_error


def difference(actual: Any, expected: Any) -> Difference:
    """The scaled error and the element where it is largest. Shapes must be equal."""
    a = np.asarray(actual, dtype=np.float64)
    e = np.asarray(expected, dtype=np.float64)
    if a.shape != e.shape:
        raise ValueError(f"shapes {a.shape} and {e.shape} cannot be compared")
    if a.size == 0:
        return Difference(0.0, (), 0.0, 0.0)
    with np.errstate(all="ignore"):
        gap = np.abs(a - e)
    gap = np.where(np.isfinite(gap), gap, np.inf)
    worst = tuple(int(i) for i in np.unravel_index(int(np.argmax(gap)), a.shape))
    scale = float(np.max(np.abs(e)))
    error = float(gap[worst]) / scale if scale > 0 else float(gap[worst])
    return Difference(error, worst, float(a[worst]), float(e[worst]))


def real_array(value: Any) -> Any:
    """``value`` as an array of real numbers, or None when it is nothing of the kind."""
    if isinstance(value, bool) or value is None or isinstance(value, Absent):
        return None
    try:
        if isinstance(value, int | float | np.ndarray | np.generic):  # a list computes otherwise
            array = np.asarray(value)
            return array if array.dtype.kind in "fiu" else None
    except (ValueError, TypeError, OverflowError):
        return None
    return None


def describe(value: Any) -> tuple[str, str]:
    """What a value is, as ``reasons.What``, and its shape, type or number."""
    if value is None:
        return "None", ""
    if isinstance(value, Absent):
        return value.what, value.detail
    if isinstance(value, np.ndarray):
        return "array of", f"{value.shape}, {value.dtype}"
    if isinstance(value, bool):
        return "bool", str(value)
    if isinstance(value, int | float | np.generic):
        return "number", f"{value:.3g}"
    return "type", type(value).__name__

"""Where an array is wrong: which rows, columns or elements, and a picture of the error."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.model import Finding
from grader.model.reasons import WrongColumns, WrongElements, WrongRows

_ELEMENTS, _LINES = 5, 8
"""Elements, and rows or columns, that are named; see ``reasons``."""
_CELLS = 16
"""Rows and columns of a heat map, at most: enough to see a pattern, small enough for a page."""


def wrong_entries(actual: Any, expected: Any, tolerance: float) -> Any:
    """Boolean mask of the entries that are off, relative to the largest right one. NaN is off."""
    a, e = np.asarray(actual, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    scale = float(np.max(np.abs(e), initial=0.0)) or 1.0
    with np.errstate(all="ignore"):
        return ~(np.abs(a - e) <= tolerance * scale)


def find_place(part: str, actual: Any, expected: Any, tolerance: float) -> Finding | None:
    """Name the rows, columns or elements that are wrong, when not everything is."""
    mask = np.atleast_1d(wrong_entries(actual, expected, tolerance))
    wrong, total = int(mask.sum()), mask.size
    if total < 2 or wrong == total or wrong == 0:
        return None
    if mask.ndim >= 2:
        rows = mask.reshape(mask.shape[0], -1)
        bad_rows = np.flatnonzero(rows.any(axis=1))
        if len(bad_rows) < len(rows) and rows[bad_rows].all():
            return WrongRows(part, _listed(bad_rows), len(bad_rows), len(rows))
        columns = mask.reshape(-1, mask.shape[-1])
        bad_columns = np.flatnonzero(columns.any(axis=0))
        if len(bad_columns) < mask.shape[-1] and columns[:, bad_columns].all():
            return WrongColumns(part, _listed(bad_columns), len(bad_columns), mask.shape[-1])
    places = [f"[{', '.join(str(int(i)) for i in index)}]" for index in np.argwhere(mask)[:_ELEMENTS]]
    return WrongElements(part, ", ".join(places), wrong, total)


def heat_map(actual: Any, expected: Any) -> tuple[tuple[float, ...], ...]:
    """Error by element, scaled by the largest right entry; larger arrays are pooled by their maximum."""
    a, e = np.asarray(actual, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if a.shape != e.shape or a.size < 2:
        return ()
    scale = float(np.max(np.abs(e))) or 1.0
    with np.errstate(all="ignore"):
        error = np.abs(a - e) / scale
    flat = np.where(np.isfinite(error), error, 1.0)
    flat = flat.reshape(1, -1) if flat.ndim == 1 else flat.reshape(flat.shape[0], -1)
    return tuple(tuple(float(f"{v:.3g}") for v in row) for row in _pooled(flat))


def _pooled(values: Any) -> Any:
    for axis in (0, 1):
        count = values.shape[axis]
        if count > _CELLS:
            starts = np.unique(np.linspace(0, count, _CELLS, endpoint=False).astype(int))
            values = np.maximum.reduceat(values, starts, axis=axis)
    return values


def _listed(indices: Any) -> str:
    return ", ".join(str(int(i)) for i in indices[:_LINES])

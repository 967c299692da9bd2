"""What came and what was due, as data that is small enough to be shown."""

from __future__ import annotations

import math
import reprlib
from itertools import islice
from typing import Any

import numpy as np

from grader.checks.compare import describe
from grader.model import Absent, Value

LARGEST = 60
"""Entries of an array that is shown whole; of a larger one the first few are."""
_FIRST = 6
_ENTRIES = 20
"""Entries of a dict that are shown."""


def value_of(value: Any) -> Value:
    """A result as data: an array whole or how it begins, a number, or what else it is."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        shown = value.reshape(-1) if value.size <= LARGEST else value.reshape(-1)[:_FIRST]
        return Value("array", value.shape, str(value.dtype), tuple(map(_entry, shown)))
    if isinstance(value, float | np.floating) or (isinstance(value, int) and not isinstance(value, bool)):
        return Value("number", (), type(value).__name__, (_entry(value),))
    if isinstance(value, dict):
        lines = (f"{key[:80]!r}: {_brief(item)}" for key, item in islice(value.items(), _ENTRIES))
        return Value("dict", detail="\n".join(lines) or "{}")
    if value is None or isinstance(value, Absent):
        what, detail = describe(value)
        return Value(what, detail=detail)
    kind = f"{type(value).__name__}: " if isinstance(value, list | tuple) else ""  # it looks like an array
    return Value("other", detail=kind + _BRIEFLY.repr(value)[:400])


def _entry(value: float | np.floating[Any]) -> float:
    """A number as Python's float; every NaN is the same object, so that equal reports compare equal."""
    return math.nan if math.isnan(value) else float(value)


def _brief(value: Any) -> str:
    return str(value.shape) if isinstance(value, np.ndarray) else _BRIEFLY.repr(value)[:60]


class _Brief(reprlib.Repr):
    """A few entries of a few levels: what a child sends may be long, and is not written out to be cut."""

    def repr_ndarray(self, value: Any, level: int) -> str:
        return f"array{value.shape}" if value.size > LARGEST else repr(value)


_BRIEFLY = _Brief()
_BRIEFLY.maxlist = _BRIEFLY.maxtuple = _BRIEFLY.maxdict = 12
_BRIEFLY.maxstring = _BRIEFLY.maxother = 300

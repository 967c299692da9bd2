"""Old names of NumPy's, put back where today's has none of that name. For a child alone, before the fork."""

from __future__ import annotations

import functools
import warnings
from typing import Any

import numpy as np

from grader.source import RENAMED_IN_NUMPY

_SPECIAL: dict[str, Any] = {
    "NINF": -np.inf,
    "NZERO": -0.0,
    "PZERO": 0.0,
    "asfarray": lambda a, dtype=np.float64: np.asarray(a, dtype=dtype),
    "asscalar": lambda a: a.item(),
    "in1d": lambda a, b, **options: np.isin(np.ravel(a), b, **options),
    "msort": lambda a: np.sort(a, axis=0),
}
"""What is more than another name."""
_BUILTIN: dict[str, Any] = {"bool": bool, "complex": complex, "float": float, "int": int, "object": object}


def restore_old_names() -> None:
    """Give NumPy the names that it has lost."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some of them are still there, and say that they will go
        for name, today in RENAMED_IN_NUMPY.items():
            if not _has(name) and (value := _value(name, today)) is not None:
                setattr(np, name, value)
        if not hasattr(np.random, "random_integers"):
            np.random.random_integers = _random_integers  # type: ignore[assignment]
        np.reshape = _reshape


def _has(name: str) -> bool:
    try:
        return hasattr(np, name)
    except Exception:  # `np.long` may warn, and warnings may be errors
        return False


def _value(name: str, today: str) -> Any:
    if name in _SPECIAL:
        return _SPECIAL[name]
    known = {**_BUILTIN, "str": str}
    return known[today] if today in known else getattr(np, today.removeprefix("np."), None)


def _random_integers(low: int, high: int | None = None, size: Any = None) -> Any:
    low, high = (1, low) if high is None else (low, high)
    return np.random.randint(low, high + 1, size)


_RESHAPE = np.reshape


@functools.wraps(_RESHAPE)
def _reshape(a: Any, *args: Any, **kwargs: Any) -> Any:
    if "newshape" in kwargs:
        return _RESHAPE(a, kwargs.pop("newshape"), *args, **kwargs)
    return _RESHAPE(a, *args, **kwargs)

"""What the training loop demands of its data, and how it describes what it got instead."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def examples(data: Mapping[str, Any], part: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Take X and y of one part out of `data`, or say in a ValueError what is wrong with them."""
    for key in (f"X_{part}", f"y_{part}"):
        if key not in data:
            raise ValueError(
                f"data has no {key!r}; it must have X_train, y_train, X_val and y_val, "
                f"and it has {', '.join(map(str, data)) or 'nothing'}"
            )
    X, y = np.asarray(data[f"X_{part}"]), np.asarray(data[f"y_{part}"])
    if y.ndim != 1 or y.dtype.kind not in "iu":
        raise ValueError(f"y_{part} must be a row of integers, shape (N,); it is {describe(y)}")
    if X.ndim == 0 or len(X) != len(y):
        raise ValueError(
            f"X_{part} and y_{part} must be equally long; they are {describe(X)} and {describe(y)}"
        )
    if len(y) == 0:
        raise ValueError(f"X_{part} and y_{part} are empty")
    return X, y


def is_pair(value: object) -> bool:
    """Whether a function returned two values."""
    return isinstance(value, tuple) and len(value) == 2


def describe(value: object) -> str:
    """What a value is, in a few words for an error: an array's shape and dtype, else its type."""
    if isinstance(value, tuple):
        return f"({', '.join(map(describe, value))})"
    if isinstance(value, np.ndarray) and value.dtype != object:
        return f"an array of shape {value.shape}, {value.dtype}"
    # numpy wraps what is no array, such as a forgotten return's None, in an array of objects.
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    return "None" if value is None else f"a value of type {type(value).__name__}"

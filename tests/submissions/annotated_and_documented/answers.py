from __future__ import annotations

from typing import Any, Callable, Optional, Tuple, TypeVar

import numpy.typing as npt

Array = npt.NDArray[np.float64]
T = TypeVar("T")


def _rows(x: Array) -> Array:
    """
    >>> _rows(np.zeros((2, 3, 4))).shape
    (2, 12)
    """
    return x.reshape(x.shape[0], -1)


def numerical_gradient(f: Callable[[Array], float], x: Array, h: float = 1e-5) -> Array:
    """Central differences on a copy, so that x is never touched."""
    point: Array = x.copy()
    grad: Array = np.zeros_like(x)
    for index, value in np.ndenumerate(x):
        point[index] = value + h
        up: float = f(point)
        point[index] = value - h
        down: float = f(point)
        point[index] = value
        grad[index] = (up - down) / (2.0 * h)
    return grad


def affine_forward(x: Array, w: Array, b: Array) -> Tuple[Array, Tuple[Array, Array, Array]]:
    """Computes xw + b.

    Args:
        x: input data, (N, d_1, ..., d_k)
        w: weights, (D, M)
        b: biases, (M,)
    """
    out: Array = _rows(x) @ w + b
    return out, (x, w, b)


def affine_backward(dout: Array, cache: Tuple[Array, Array, Array]) -> Tuple[Array, Array, Array]:
    x, w, _ = cache
    dx: Array = (dout @ w.T).reshape(x.shape)
    dw: Array = _rows(x).T @ dout
    db: Array = dout.sum(axis=0)
    return dx, dw, db


def sgd(w: Array, dw: Array, config: Optional[dict[str, Any]] = None) -> Tuple[Array, dict[str, Any]]:
    match config:
        case None:
            config = {"learning_rate": 1e-2}
        case dict() if "learning_rate" not in config:
            config["learning_rate"] = 1e-2
    if (rate := config["learning_rate"]) < 0:
        raise ValueError("uphill")
    return w - rate * dw, config

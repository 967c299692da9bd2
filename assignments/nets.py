"""What the rubrics of nets share: nets off every kink, a batch for each, and the grader's scoring."""

from __future__ import annotations

from itertools import pairwise
from math import prod
from typing import Any

import numpy as np

from grader.course import Draw, fill

Rung = tuple[int, tuple[int, ...], tuple[int, ...], int]
"""N examples of shape d, hidden layers of these sizes, C classes."""

SHALLOW: tuple[Rung, ...] = ((1, (1,), (1,), 2), (2, (3,), (4,), 3))
DEEP: tuple[Rung, ...] = (*SHALLOW, (5, (2, 3), (7, 6), 4), (4, (5,), (6, 4, 7), 3))


def drawn_net(impl: Any, draw: Draw, rung: Rung, **options: Any) -> Any:
    """(model, its params, X, y): weights of either sign, biases that are not 0, scores of both signs.

    ``options`` are the net's own. Without normalisation no pre-activation lies on a kink.
    """
    N, d, hidden, C = rung
    sizes = [prod(d), *hidden, C]
    X = draw(N, *d)
    params: dict[str, Any] = {}
    rows = X.reshape(N, -1)
    for layer, (before, after) in enumerate(pairwise(sizes), 1):
        W, b = draw(before, after, scale=0.5), draw(after, scale=0.5)
        params |= {f"W{layer}": W, f"b{layer}": b}
        rows = rows @ W + b
        if layer == len(sizes) - 1:
            break
        if options.get("normalization"):
            params |= {f"gamma{layer}": 1 + draw(after, scale=0.25), f"beta{layer}": draw(after, scale=0.5)}
            axis = 0 if options["normalization"] == "batchnorm" else 1
            rows = normalised(rows, params[f"gamma{layer}"], params[f"beta{layer}"], axis)
        draw.away_from_zero(rows)
        draw.require(np.any(rows > 0))  # of a net that is dead nothing can be learnt
        rows = np.maximum(rows, 0)
    draw.away_from_zero(rows)
    draw.require(N == 1 or (np.any(rows < 0) and np.any(rows > 0)))  # a ReLU on the scores must show
    draw.require(np.ptp(W, axis=1).min() > 0)  # equal weights to all classes: a gradient of rounding errors
    draw.require(np.ptp(rows, axis=1).max() < 8)  # p − 1 of a saturated softmax has no digits left
    model = impl.FullyConnectedNet(list(hidden), prod(d), C, weight_scale=0.5, dtype=np.float64, **options)
    model.set(params=params)
    return model, params, X, draw.labels(N, C)


def filled(impl: Any, *models: Any) -> tuple[Any, ...]:
    """The params of each model, after each of their arrays was filled in place with a number of its own."""
    params = [model.params for model in models]
    for number, array in enumerate(array for arrays in params for array in arrays.values()):
        fill(impl, array, 101.0 + number)
    return tuple(model.params for model in models)


def normalised(rows: Any, gamma: Any, beta: Any, axis: int) -> Any:
    """Rows (N, D), normalised over the batch (axis 0) or within each (axis 1), with the usual epsilon."""
    centred = rows - rows.mean(axis=axis, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=axis, keepdims=True) + 1e-5)
    return gamma * centred / spread + beta

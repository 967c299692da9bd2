"""Cases of nets with dropout, in which what a layer is handed is read off the gradients of a training pass.

Masks are the student's own. Each net is drawn so that all its hidden units are above 0: a 0 was dropped.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from assignments.nets import normalised
from grader.checks import Check, dropout, drops, fresh_masks, values
from grader.course import Draw, apply

Checks = list[Check]
UNITS = 3_600
FEW = 40
"""Chance keeps all of them once in 10¹² nets."""
LABEL = np.array([1])


def one_hidden_layer(impl: Any, draw: Draw, p: float) -> Checks:
    """In test mode nothing is dropped; in training mode the hidden units are, others in each pass.

    What the last layer is handed is read off its gradients: dW2 = hᵀ ds and db2 = ds, for one example.
    """
    normal = draw.normal  # small integers of a first rung would saturate the softmax
    X = 1.0 + np.abs(normal(1, 4))
    W1, b1 = 0.1 * np.abs(normal(4, UNITS)), 0.5 + 0.1 * np.abs(normal(UNITS))  # all h > 0
    params = {"W1": W1, "b1": b1, "W2": 1e-3 * normal(UNITS, 2), "b2": normal(2)}
    model = impl.FullyConnectedNet([UNITS], 4, 2, dropout_keep_ratio=p, dtype=np.float64)
    model.set(params=params)
    scores = model.loss(X)
    model.set(params={**params, "W2": np.zeros((UNITS, 2))})  # so that no regularisation is in dW2
    dropped, next_dropped = (_handed_on(impl, model, X) for _ in range(2))
    hidden = (X @ W1 + b1).reshape(60, 60)
    masks = [dropout(p, hidden, dropout=dropped), fresh_masks(dropout=(dropped, next_dropped))]
    return [values(scores=scores), *masks]


def behind_the_normalisation(impl: Any, draw: Draw, norm: str) -> Checks:
    """Units are dropped behind the normalisation, and not before it."""
    normal, p = draw.normal, 0.3
    X, W1, b1 = normal(1, 4), normal(4, UNITS), normal(UNITS)
    scaling = _scaling(draw, UNITS)
    params = {"W1": W1, "b1": b1, **scaling, "W2": np.zeros((UNITS, 2)), "b2": normal(2)}
    model = impl.FullyConnectedNet([UNITS], 4, 2, dropout_keep_ratio=p, normalization=norm, dtype=np.float64)
    model.set(params=params)
    dropped = _handed_on(impl, model, X)
    axis = 0 if norm == "batchnorm" else 1  # of a batch of one, all that is left is beta
    hidden = normalised(X @ W1 + b1, scaling["gamma1"], scaling["beta1"], axis)
    return [dropout(p, hidden.reshape(60, 60), dropout=dropped)]


def hidden_layer(impl: Any, draw: Draw, layer: int, norm: str | None) -> Checks:
    """Units of this one of three hidden layers are dropped.

    The weights before it are 0: it does not depend on what is dropped further down. What it hands on is read
    off the next weights' gradient, dW = hᵀ da, and db = da, whatever da is.
    """
    normal = draw.normal
    X = 1.0 + np.abs(normal(1, 4))
    params: dict[str, Any] = {}
    for number, (before, after) in enumerate(pairwise([4, FEW, FEW, FEW, 2]), 1):
        is_zero = 1 < number in (layer, layer + 1)
        params[f"W{number}"] = np.zeros((before, after)) if is_zero else 0.1 * np.abs(normal(before, after))
        params[f"b{number}"] = 0.5 + 0.1 * np.abs(normal(after))
    if layer < 3:
        params["W4"] = normal(FEW, 2)
    scaling = {} if norm is None else _scaling(draw, FEW, FEW, FEW)
    model = impl.FullyConnectedNet(
        [FEW] * 3, 4, 2, dropout_keep_ratio=0.5, normalization=norm, dtype=np.float64
    )
    model.set(params={**params, **scaling})
    _, grads = model.loss(X, LABEL)
    weights = np.linspace(1.0, 2.0, len(params[f"b{layer + 1}"]))  # da of a single unit may be 0
    ratio = "np.dot(x[0], x[2]) / np.dot(x[1], x[2])"
    handed = apply(impl, ratio, (grads[f"W{layer + 1}"], grads[f"b{layer + 1}"], weights))
    hidden = params[f"b{layer}"] + (X @ params["W1"] if layer == 1 else np.zeros((1, FEW)))
    if norm is not None:
        hidden = normalised(hidden, scaling[f"gamma{layer}"], scaling[f"beta{layer}"], axis=1)
    return [drops(layer, 3, hidden[0], dropout=handed)]


def _handed_on(impl: Any, model: Any, X: Any) -> Any:
    """What the hidden layer hands on in a training pass of one example."""
    _, grads = model.loss(X, LABEL)
    return apply(impl, "(x[0][:, 0] / x[1][0]).reshape(60, 60)", (grads["W2"], grads["b2"]))


def _scaling(draw: Draw, *sizes: int) -> dict[str, Any]:
    """The gamma and beta of each hidden layer with which every normalised unit is above 0."""
    scaling: dict[str, Any] = {}
    for layer, size in enumerate(sizes, 1):
        scaling[f"gamma{layer}"] = 0.5 + 0.1 * np.abs(draw.normal(size))
        scaling[f"beta{layer}"] = 5.0 + 0.1 * np.abs(draw.normal(size))
    return scaling

"""Cases of nets with dropout, in which what a layer is handed is read off the gradients of a training pass.

Masks are the student's own. Each net is drawn so that all its hidden units are above 0: a 0 was dropped.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from assignments.nets import normalised
from grader.checks import Check, dropout, fresh_masks, values
from grader.course import Draw, apply

Checks = list[Check]
UNITS = 3_600
WIDE, NARROW = 2_000, 12
"""Units of two hidden layers: the wide one shows what is dropped, and what is not."""
KEEP = 0.75
"""In these: with so few units of the narrow one, some are kept."""
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
    dropped, next_dropped = (_handed_to_layer(2, impl, model, X, (60, 60)) for _ in range(2))
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
    dropped = _handed_to_layer(2, impl, model, X, (60, 60))
    axis = 0 if norm == "batchnorm" else 1  # of a batch of one, all that is left is beta
    hidden = normalised(X @ W1 + b1, scaling["gamma1"], scaling["beta1"], axis)
    return [dropout(p, hidden.reshape(60, 60), dropout=dropped)]


def last_hidden_layer(impl: Any, draw: Draw, norm: str | None) -> Checks:
    """Of two hidden layers, units of the second are dropped. W2 is 0: it does not depend on the first."""
    model, X, params = _two_hidden_layers(impl, draw, NARROW, WIDE, norm)
    dropped = _handed_to_layer(3, impl, model, X, (50, 40))
    hidden = params["b2"][None]
    if norm is not None:
        hidden = normalised(hidden, params["gamma2"], params["beta2"], axis=1)
    return [dropout(KEEP, hidden.reshape(50, 40), dropout=dropped)]


def first_hidden_layer(impl: Any, draw: Draw, norm: str | None) -> Checks:
    """Of two hidden layers, units of the first are dropped: its output is read off dW2 = hᵀ da and db2 = da.

    That asks for right gradients of a hidden layer.
    """
    model, X, params = _two_hidden_layers(impl, draw, WIDE, NARROW, norm)
    _, grads = model.loss(X, LABEL)
    weights = np.round(1 + draw.rng.random(NARROW), 3)  # da of a single unit may be 0: if it was dropped
    ratio = "(np.dot(x[0], x[2]) / np.dot(x[1], x[2])).reshape(50, 40)"
    dropped = apply(impl, ratio, (grads["W2"], grads["b2"], weights))
    hidden = X @ params["W1"] + params["b1"]
    if norm is not None:
        hidden = normalised(hidden, params["gamma1"], params["beta1"], axis=1)
    return [dropout(KEEP, hidden.reshape(50, 40), dropout=dropped)]


def _two_hidden_layers(impl: Any, draw: Draw, one: int, two: int, norm: str | None) -> Any:
    """(model, X, params) of a net for one example, with W2 = 0."""
    normal = draw.normal
    X = 1.0 + np.abs(normal(1, 4))
    params = {
        "W1": 0.1 * np.abs(normal(4, one)),
        "b1": 0.5 + 0.1 * np.abs(normal(one)),
        "W2": np.zeros((one, two)),
        "b2": 0.5 + 0.1 * np.abs(normal(two)),
        "W3": 1e-3 * normal(two, 2) if one > two else np.zeros((two, 2)),  # 0 where dW3 is read
        "b3": normal(2),
        **({} if norm is None else _scaling(draw, one, two)),
    }
    model = impl.FullyConnectedNet(
        [one, two], 4, 2, dropout_keep_ratio=KEEP, normalization=norm, dtype=np.float64
    )
    model.set(params=params)
    return model, X, params


def _handed_to_layer(last: int, impl: Any, model: Any, X: Any, shape: tuple[int, int]) -> Any:
    """What the last layer is handed in a training pass of one example, as an array of ``shape``."""
    _, grads = model.loss(X, LABEL)
    both = (grads[f"W{last}"], grads[f"b{last}"])
    return apply(impl, f"(x[0][:, 0] / x[1][0]).reshape{shape}", both)


def _scaling(draw: Draw, *sizes: int) -> dict[str, Any]:
    """The gamma and beta of each hidden layer with which every normalised unit is above 0."""
    scaling: dict[str, Any] = {}
    for layer, size in enumerate(sizes, 1):
        scaling[f"gamma{layer}"] = 0.5 + 0.1 * np.abs(draw.normal(size))
        scaling[f"beta{layer}"] = 5.0 + 0.1 * np.abs(draw.normal(size))
    return scaling

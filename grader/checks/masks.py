"""A net with dropout: its loss and its gradients, for the very masks that it drew.

Masks are the student's own, and are not told. But they show: in the gradient of each layer's weights, once
its input is known, stands which units were dropped. With the masks read off, layer by layer, the loss and
every gradient have one right value each. What is kept may be divided by p or not: the loss is asked that.

The net is {affine – ReLU – dropout} × (L − 1) – affine – softmax, with L2 regularisation of the weights; see
Srivastava et al., Dropout (JMLR 2014), section 4, with the inverted scaling of the course.
"""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.common import Evaluate, no_value, outcome
from grader.checks.compare import real_array
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Finding, Outcome, Ref

_ZERO = 1e-9
"""Of the largest derivative of its layer: what is smaller was dropped."""
_RTOL = TOLERANCES["values"]

Array = NDArray[np.float64]


def masked_net(part: str, of: Any, X: Any, y: Any, keep: float, reg: float, **pairs: Any) -> Check:
    """``name=(parameter, gradient)`` for W1, b1, W2, …; ``of`` is the loss of the examples X, y.

    X is (N, d1, …) with N independent rows, and each hidden layer is wide enough to keep them so.
    """
    options = {"of": of, "x": X, "y": y, "keep": keep, "reg": reg, "scores": part}
    return Check("masks", pairs, options)


def judge(check: Check, case: Case, result: CaseResult, evaluate: Evaluate) -> list[Outcome]:
    """One outcome: all of it is right for some masks, or it is not."""
    part = check.options["scores"]
    loss_ref: Ref = check.options["of"]
    for ref in (loss_ref, *(ref for _, ref in check.outputs.values())):
        missing = no_value(check, case, result, part, ref)
        if missing is not None:
            return [missing]
    loss = real_array(result.value(case, loss_ref))
    params = {name: np.asarray(case.inputs[given.index], float) for name, (given, _) in check.outputs.items()}
    grads = {name: real_array(result.value(case, ref)) for name, (_, ref) in check.outputs.items()}
    for name, array in grads.items():
        if array is None or np.shape(array) != params[name].shape:
            message = f"The gradient of {name} should have the shape of {name}, {params[name].shape}."
            finding = Finding("shape", message)
            return [outcome(check, case, part, "failed", message, findings=(finding,))]
    if loss is None or np.size(loss) != 1:
        message = "The loss should be one number."
        return [outcome(check, case, part, "failed", message, findings=(Finding("shape", message),))]
    options = check.options
    X = np.asarray(case.inputs[options["x"].index], float)
    net = _Net(X.reshape(len(X), -1), case.inputs[options["y"].index], options["reg"], params)
    claimed = {name: np.asarray(array, float) for name, array in grads.items()}
    with np.errstate(all="ignore"):
        wrong = [
            net.departure(claimed, float(np.ravel(loss)[0]), scale) for scale in (1 / options["keep"], 1.0)
        ]
    if "" in wrong:
        message = "Loss and gradients are right for the masks that were drawn."
        return [outcome(check, case, part, "passed", message)]
    return [outcome(check, case, part, "failed", wrong[0], findings=(Finding("values", wrong[0]),))]


def _near(array: Array, right: Array) -> bool:
    return bool(np.max(np.abs(array - right)) <= _RTOL * max(float(np.max(np.abs(right))), 1e-12))


class _Net:
    """The net of a case, and what its loss and gradients are once the masks are known."""

    def __init__(self, X: Array, y: Any, reg: float, params: dict[str, Array]) -> None:
        self._X, self._y, self._reg, self._params = X, y, reg, params
        self._depth = next(n for n in count(1) if f"W{n + 1}" not in params)

    def departure(self, claimed: dict[str, Array], claimed_loss: float, scale: float) -> str:
        """What is not right, for the masks that the claimed gradients show and what is kept ``scale``d."""
        loss, right = self._loss_and_gradients(claimed, scale)
        if not abs(claimed_loss - loss) <= _RTOL * max(1.0, abs(loss)):
            return "The loss is not that of a net with any masks that its own gradients show."
        name = next((name for name, array in right.items() if not _near(claimed[name], array)), None)
        return f"The gradient of {name} is not the one for the masks that the net drew." if name else ""

    def _loss_and_gradients(self, claimed: dict[str, Array], scale: float) -> tuple[float, dict[str, Array]]:
        inputs, slopes = [self._X], []
        for layer in range(1, self._depth):
            h = inputs[-1]
            W = self._params[f"W{layer}"]
            a = h @ W + self._params[f"b{layer}"]
            # dW = hᵀ da + λ W: with independent rows of h, da can be had back from it
            da = np.linalg.pinv(h.T) @ (claimed[f"W{layer}"] - self._reg * W)
            kept = np.abs(da) > _ZERO * np.max(np.abs(da))
            slope = (a > 0) * kept * scale
            inputs.append(a * slope)
            slopes.append(slope)
        last = self._depth
        scores = inputs[-1] @ self._params[f"W{last}"] + self._params[f"b{last}"]
        loss, upstream = _softmax(scores, self._y)
        grads: dict[str, Array] = {}
        for layer in range(last, 0, -1):
            W = self._params[f"W{layer}"]
            grads[f"W{layer}"] = inputs[layer - 1].T @ upstream + self._reg * W
            grads[f"b{layer}"] = upstream.sum(axis=0)
            loss += 0.5 * self._reg * float(np.sum(W**2))
            if layer > 1:
                upstream = (upstream @ W.T) * slopes[layer - 2]
        return loss, grads


def _softmax(scores: Array, y: Any) -> tuple[float, Array]:
    """Mean cross-entropy of the rows of ``scores`` (N, C), and its derivative."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    derivative = np.exp(log_p)
    derivative[rows, y] -= 1
    return float(-log_p[rows, y].mean()), derivative / len(y)

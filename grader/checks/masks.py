"""A net with dropout: its loss and its gradients, for the very masks that it drew.

Masks are the student's own, and are not told. But they show: in the gradient of each layer's weights, once
its input is known, stands which units were dropped. With the masks read off, layer by layer, the loss and
every gradient have one right value each. What is kept may be divided by p or not: the loss is asked that. It
may be divided in single precision too, where 1/p is off by some 3e-8: each such 1/p is a value of its own.

The net is {affine – ReLU – dropout} × (L − 1) – affine – softmax, with L2 regularisation of the weights; see
Srivastava et al., Dropout (JMLR 2014), section 4, with the inverted scaling of the course.
"""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.common import failed, no_value, passed
from grader.checks.compare import real_array
from grader.checks.kinds import CheckKind, Evaluate
from grader.checks.reading import float_input, kept
from grader.checks.tolerances import TOLERANCES
from grader.model import Case, CaseResult, Check, Finding, Input, Outcome, Ref, finding, tellable
from grader.model.fields import FieldError, line, number, record, refuse, row
from grader.model.reasons import WrongValues

_ZERO = 1e-9
"""Of the largest derivative of its layer: what is smaller was dropped."""
_RTOL = TOLERANCES["values"]

Array = NDArray[np.float64]


@finding("gradient_shape", when_hidden=True)
class GradientShape(Finding):
    """A gradient has another shape than its parameter's, ``shape``."""

    part: str = tellable(default="")
    shape: str = ""


@finding("loss_shape", when_hidden=True)
class LossShape(Finding):
    """A loss is not one number."""

    part: str = tellable(default="")


_SMALL_LOSS = 1e-6
"""Of a loss below this no more digits are asked for than this one has: it is 1 less almost 1."""


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
            return [failed(check, case, GradientShape(name, str(params[name].shape)), part)]
    if loss is None or np.size(loss) != 1:
        return [failed(check, case, LossShape("loss"), part)]
    options = check.options
    X = np.asarray(case.inputs[options["x"].index], float)
    net = _Net(X.reshape(len(X), -1), case.inputs[options["y"].index], options["reg"], params)
    claimed = {name: np.asarray(array, float) for name, array in grads.items()}
    with np.errstate(all="ignore"):
        wrong = [
            net.departure(claimed, float(np.ravel(loss)[0]), scale) for scale in _scales(options["keep"])
        ]
    if "" in wrong:
        return [passed(check, case, part)]
    return [failed(check, case, WrongValues(part, of=wrong[0]), part)]


def _scales(keep: float) -> list[float]:
    """What a kept unit may be multiplied by: 1/p, 1, and what single precision makes of 1/p."""
    single = np.float32(keep)
    in_single = (float(np.float32(1) / single), float(np.float32(1 / keep)), 1 / float(single))
    return list(dict.fromkeys([1 / keep, 1.0, *in_single]))


def _near(array: Array, right: Array) -> bool:
    return bool(np.max(np.abs(array - right)) <= _RTOL * max(float(np.max(np.abs(right))), 1e-12))


class _Net:
    """The net of a case, and what its loss and gradients are once the masks are known."""

    def __init__(self, X: Array, y: Any, reg: float, params: dict[str, Array]) -> None:
        self._X, self._y, self._reg, self._params = X, y, reg, params
        self._depth = next(n for n in count(1) if f"W{n + 1}" not in params)

    def departure(self, claimed: dict[str, Array], claimed_loss: float, scale: float) -> str:
        """``loss``, or the name of a parameter: what is not right for the masks that the gradients show.

        What is kept is multiplied by ``scale``. Empty where all is right.
        """
        loss, right = self._loss_and_gradients(claimed, scale)
        if not abs(claimed_loss - loss) <= _RTOL * max(abs(loss), _SMALL_LOSS):
            return "loss"
        return next((name for name, array in right.items() if not _near(claimed[name], array)), "")

    def _loss_and_gradients(self, claimed: dict[str, Array], scale: float) -> tuple[float, dict[str, Array]]:
        inputs, slopes = [self._X], []
        for layer in range(1, self._depth):
            h = inputs[-1]
            W = self._params[f"W{layer}"]
            a = h @ W + self._params[f"b{layer}"]
            # dW = hᵀ da + λ W: with independent rows of h, da can be had back from it
            da = np.linalg.pinv(h.T) @ (claimed[f"W{layer}"] - self._reg * W)
            is_kept = np.abs(da) > _ZERO * np.max(np.abs(da))
            slope = (a > 0) * is_kept * scale
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


def form(check: Check, where: str, case: Case) -> None:
    """The parameters of a net in their order, its loss, examples and labels, and two numbers."""
    options = record(check.options, f"{where}.options", ("of", "x", "y", "keep", "reg", "scores"))
    line(options["scores"], f"{where}.options.scores")
    number(1e-6, 1)(options["keep"], f"{where}.options.keep")
    number(0, 1e6)(options["reg"], f"{where}.options.reg")
    kept(options["of"], f"{where}.options.of", case)
    X = float_input(options["x"], f"{where}.options.x", case)
    y = options["y"]
    if not isinstance(y, Input) or case.inputs[y.index].shape != X.shape[:1]:
        raise refuse(y, f"{where}.options.y", "an input with one label for each row of X")
    shapes = {}
    for part, value in check.outputs.items():
        source, ref = row(value, f"{where}.outputs[{part!r:.40}]", 2)
        shapes[part] = float_input(source, f"{where}.outputs[{part!r:.40}]", case).shape
        kept(ref, f"{where}.outputs[{part!r:.40}]", case)
    width = X.size // len(X)
    for layer in range(1, len(shapes) // 2 + 1):
        weights = shapes.get(f"W{layer}", ())
        if len(weights) != 2 or weights[0] != width or shapes.get(f"b{layer}") != weights[1:]:
            raise FieldError(
                f"{where}.outputs are not the parameters of a net: W{layer} and b{layer} do not fit"
            )
        width = weights[1]
    labels = case.inputs[y.index]
    if labels.dtype.kind != "i" or len(shapes) % 2 or not (labels.min() >= 0 and labels.max() < width):
        raise FieldError(f"{where}.options.y are not labels of the classes that the net has")


KIND = CheckKind("masks", judge, form, tells_answers_apart=False, known_by_verdict=True)

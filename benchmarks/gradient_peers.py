"""Other people's gradient checks, each as ``(problem) -> True for "right"``; only those that are installed.

All get the same NumPy functions. Tolerances are each library's own defaults; scipy gives a number and no
verdict, so its line is drawn at 1e-5 of the gradient's norm, and the element loop's at two usual values.
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.gradient_problems import Problem

Peer = Callable[[Problem], bool]
NAMES = ("torch slow", "torch fast", "HIPS", "scipy", "loop 1e-7", "loop 1e-4")


def peers() -> dict[str, Peer | None]:
    """Every peer by name; None where it is not installed."""
    found: dict[str, Peer | None] = dict.fromkeys(NAMES)
    if importlib.util.find_spec("torch"):
        found["torch slow"] = lambda p: torch_check(p, fast=False)
        found["torch fast"] = lambda p: torch_check(p, fast=True)
    if importlib.util.find_spec("autograd"):
        found["HIPS"] = hips_check
    if importlib.util.find_spec("scipy"):
        found["scipy"] = scipy_check
    found["loop 1e-7"] = lambda p: bool(loop_error(p) <= 1e-7)
    found["loop 1e-4"] = lambda p: bool(loop_error(p) <= 1e-4)
    return found


def torch_check(problem: Problem, *, fast: bool) -> bool:
    import torch

    torch.set_num_threads(1)
    names = list(problem.inputs)

    class Function(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, *arrays: Any) -> Any:
            ctx.save_for_backward(*arrays)
            point = {k: a.detach().numpy().copy() for k, a in zip(names, arrays, strict=True)}
            return torch.as_tensor(np.asarray(problem.forward(point)))

        @staticmethod
        def backward(ctx: Any, *upstream: Any) -> Any:
            point = {k: a.detach().numpy() for k, a in zip(names, ctx.saved_tensors, strict=True)}
            dout = upstream[0].detach().numpy()
            grads = problem.backward(point, dout if dout.ndim else dout[()])
            return tuple(torch.as_tensor(np.array(grads[k])) for k in names)

    tensors = [torch.tensor(np.array(problem.inputs[k]), requires_grad=True) for k in names]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.manual_seed(0)
        return bool(torch.autograd.gradcheck(Function.apply, tensors, raise_exception=False, fast_mode=fast))


def hips_check(problem: Problem) -> bool:
    from autograd.extend import defvjp, primitive
    from autograd.test_util import check_grads

    names = list(problem.inputs)

    def point(arrays: tuple[Any, ...]) -> dict[str, Any]:
        return {k: np.array(a) for k, a in zip(names, arrays, strict=True)}

    function = primitive(lambda *arrays: problem.forward(point(arrays)))
    defvjp(
        function,
        *[
            lambda _out, *arrays, k=name: lambda g: problem.backward(point(arrays), np.array(g)[()])[k]
            for name in names
        ],
    )
    state = np.random.get_state()
    np.random.seed(0)
    try:
        check_grads(function, modes=["rev"], order=1)(*[np.array(problem.inputs[k]) for k in names])
    except AssertionError:
        return False
    finally:
        np.random.set_state(state)
    return True


def flat(problem: Problem) -> tuple[Any, Callable[[Any], float], Callable[[Any], Any]]:
    """The problem as a function of one vector: the point, φ and its gradient."""
    shapes = {k: v.shape for k, v in problem.inputs.items()}
    dtype = next(iter(problem.inputs.values())).dtype

    def unpacked(vector: Any) -> dict[str, Any]:
        parts, at = {}, 0
        for k, shape in shapes.items():
            size = int(np.prod(shape))
            parts[k] = np.array(vector[at : at + size], dtype=dtype).reshape(shape)
            at += size
        return parts

    def phi(vector: Any) -> float:
        return float(np.sum(np.asarray(problem.forward(unpacked(vector))) * problem.dout))

    def gradient(vector: Any) -> Any:
        grads = problem.backward(unpacked(vector), problem.dout)
        return np.concatenate([np.ravel(grads[k]) for k in shapes])

    return np.concatenate([v.ravel() for v in problem.inputs.values()]), phi, gradient


def scipy_check(problem: Problem) -> bool:
    from scipy.optimize import check_grad

    x, phi, gradient = flat(problem)
    return bool(check_grad(phi, gradient, x) <= 1e-5 * np.linalg.norm(gradient(x)))


def loop_error(problem: Problem, h: float = 1e-5) -> float:
    """The classic loop: every element by central differences of step h; the largest relative error."""
    x, phi, gradient = flat(problem)
    claimed = gradient(x)
    measured = np.empty(len(x))
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        measured[i] = (phi(up) - phi(down)) / (2 * h)
    worst: float = np.max(np.abs(claimed - measured) / np.maximum(1e-8, np.abs(claimed) + np.abs(measured)))
    return worst

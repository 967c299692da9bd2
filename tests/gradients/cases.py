"""Functions that the tests of the engine share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.gradients.lines import rms
from grader.gradients.values import Array, Base, Point, Stage, T, weighted

Arrays = dict[str, Any]


def affine(i: Arrays) -> Any:
    return i["x"].reshape(len(i["x"]), -1) @ i["w"] + i["b"]


def affine_back(i: Arrays, dout: Any) -> Arrays:
    rows = i["x"].reshape(len(i["x"]), -1)
    return {"x": (dout @ i["w"].T).reshape(i["x"].shape), "w": rows.T @ dout, "b": dout.sum(0)}


def affine_inputs(seed: int, d: int = 20, m: int = 10, n: int = 8) -> tuple[Arrays, Any]:
    rng = np.random.default_rng(seed)
    arrays = {"x": rng.normal(size=(n, d)), "w": rng.normal(size=(d, m)), "b": rng.normal(size=m)}
    return arrays, rng.normal(size=(n, m))


def relu(i: Arrays) -> Any:
    return np.maximum(i["x"], 0)


def base_of(forward: Callable[[Arrays], Any], inputs: Point, dout: Any, level: float = 1e-16) -> Base:
    """A point as the engine prepares it, with a given noise."""
    weight = np.asarray(dout, dtype=np.float64)
    centre = weighted(forward(inputs), weight)
    return Base(inputs, weight, centre, level, {k: rms(v) or 1.0 for k, v in inputs.items()}, 2.2e-16)


def run(stage: Stage[T], forward: Callable[[Arrays], Any]) -> tuple[T, int]:
    """Answer a stage's requests for forward values; its result and how many values it took."""
    evaluations = 0
    answers: list[Any] | None = None
    while True:
        try:
            request = next(stage) if answers is None else stage.send(answers)
        except StopIteration as done:
            return done.value, evaluations
        assert request.kind == "forward"
        answers = [forward(point) for point in request.points]
        evaluations += len(answers)


def changed(array: Array, index: Any, factor: float) -> Array:
    out = array.copy()
    out[index] *= factor
    return out

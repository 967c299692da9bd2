"""What the engine asks for, and the one scalar that it looks at: φ = Σ out·dout."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Point = dict[str, Array]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """Values wanted: of ``forward`` (an array or a number each) or of ``backward`` (a dict each).

    A point that stands in it twice is one object: the function is to meet it again as it left it.
    """

    kind: Literal["forward", "backward"]
    points: list[Point]


Stage = Generator[Request, list[Any], T]


Problem = Literal["not_finite", "not_array", "no_gradient"]


class NoValueError(ValueError):
    """A function gave something that is not a finite number at a point; the message says what.

    ``problem``: forward gave values that are not finite, or no real numbers of the shape that is due; or
    backward gave no array as the gradient of ``input``.
    """

    def __init__(self, message: str, problem: Problem = "not_array", input: str = "") -> None:
        super().__init__(message)
        self.problem, self.input = problem, input


@dataclass(frozen=True, slots=True)
class Base:
    """A point and what was measured there.

    ``centre``: φ. ``level``: its rounding noise. ``scale``: a natural size of change for each array.
    ``epsilon``: the unit of rounding of the least precise array that was met.
    """

    inputs: Point
    dout: Array
    centre: float
    level: float
    scale: dict[str, float]
    epsilon: float


def weighted(value: Any, dout: Array, *, strict: bool = True) -> float:
    """Σ out·dout, the scalar whose derivative backward claims to give; NaN for no such number."""
    array = np.asarray(value)
    if array.dtype.kind not in "fiub" or array.shape != dout.shape:
        if not strict:
            return float("nan")
        raise NoValueError(
            f"the forward pass gave a value of type {type(value).__name__}, shape {array.shape} and dtype "
            f"{array.dtype}, not real numbers of shape {dout.shape}"
        )
    total = float(np.sum(array.astype(np.float64) * dout))
    if strict and not np.isfinite(total):
        raise NoValueError("the forward pass gave values that are not finite", "not_finite")
    return total


def values_at(base: Base, points: Sequence[Point]) -> Stage[list[float]]:
    """φ at each point, in one request; NaN where there is none."""
    if not points:
        return []
    answers = yield Request("forward", list(points))
    return [weighted(answer, base.dout, strict=False) for answer in answers]


def counted(stage: Stage[T]) -> Stage[tuple[T, int]]:
    """The same stage, and how many forward values it asked for."""
    evaluations = 0
    answers: list[Any] | None = None
    while True:
        try:
            request = next(stage) if answers is None else stage.send(answers)
        except StopIteration as done:
            return done.value, evaluations
        evaluations += len(request.points) if request.kind == "forward" else 0
        answers = yield request


def epsilon(forward: Any, gradients: Mapping[str, Any]) -> float:
    """The unit of rounding of the least precise floating point array among the answers."""
    arrays = [np.asarray(value) for value in (forward, *gradients.values())]
    kinds = [array.dtype for array in arrays if array.dtype.kind == "f"]
    precisions = [float(np.finfo(kind).eps) for kind in kinds if kind.itemsize <= 8]
    return max([*precisions, float(np.finfo(np.float64).eps)])

"""One cause for all errors of a gradient, fitted to a few lines: no search is needed where one fits.

Along line k the error is eₖ = (true − claimed)·uₖ. A cause says true − claimed = c·T for a known array T;
least squares gives c = Σ aₖeₖ / Σ aₖ² with aₖ = T·uₖ, and it fits if every eₖ − c·aₖ is within its bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.gradients.lines import Line, Verdict
from grader.gradients.report import Explanation, Kind
from grader.gradients.values import Array

NEAR = 2e-4
"""Relative distance at which a fitted number is taken for a round one."""


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of an array, by number: its length (a batch, the classes) may be a lost factor."""

    array: str
    number: int
    length: int


def axes_of(inputs: Mapping[str, Array], dout: Array) -> list[Axis]:
    """Every axis of dout, and the first one of each input that has more than one."""
    batches = [Axis(name, 0, array.shape[0]) for name, array in inputs.items() if array.ndim > 1]
    return [*(Axis("dout", number, length) for number, length in enumerate(dout.shape)), *batches]


def fit(
    seen: Sequence[tuple[Line, Verdict]], name: str, inputs: Mapping[str, Array], axes: Sequence[Axis]
) -> Explanation | None:
    """The one cause of the errors along at least four lines of the input ``name``, or None."""
    g, parameter = seen[0][0].g, inputs[name]
    errors = np.array([verdict.error for _, verdict in seen])
    slack = np.array([2 * verdict.bound + 1e-5 * np.abs(errors).max() for _, verdict in seen])
    if len(seen) < 4 or not np.all(np.isfinite(errors)):
        return None
    if g.size == 1:
        return _of_one_entry(seen, axes)
    for kind, template in _templates(g, parameter):
        along = np.array([float(np.sum(template * line.u)) for line, _ in seen])
        if not np.any(along):
            continue
        unit = float(np.max(np.abs(along)))  # squares of the smallest floats are 0
        c = float((along / unit) @ (errors / unit) / ((along / unit) @ (along / unit)))
        if not np.all(np.abs(errors - c * along) <= slack):
            continue
        explanation = _explanation(kind, c, name, inputs, axes)
        if explanation is not None:
            return explanation
    return None


def _of_one_entry(seen: Sequence[tuple[Line, Verdict]], axes: Sequence[Axis]) -> Explanation:
    """A gradient of one entry: any factor and any term would fit, so that only a round factor is named."""
    line, verdict = min(seen, key=lambda one: one[1].bound / float(np.abs(one[0].u).item()))
    actual = float(line.g.item())
    expected = actual + verdict.error / float(line.u.item())
    factor = round_scale(expected / actual, axes) if actual else None
    return factor or Explanation("value", actual=actual, expected=expected)


def _templates(g: Array, parameter: Array) -> Iterator[tuple[Kind, Array]]:
    if np.any(g):
        yield "scale", g
    yield "term", parameter
    yield "offset", np.ones_like(g)
    if g.ndim == 2 and g.shape[0] == g.shape[1]:
        yield "transpose", g.T - g
    if g.ndim >= 1 and g.shape[0] > 1:
        yield "reversed", g[::-1] - g


def _explanation(
    kind: Kind, c: float, name: str, inputs: Mapping[str, Array], axes: Sequence[Axis]
) -> Explanation | None:
    if kind == "scale":
        return round_scale(1 + c, axes) or Explanation("scale", factor=1 / (1 + c))
    if kind == "term":
        scalars = {other: float(a) for other, a in inputs.items() if a.ndim == 0 and other != name}
        matches = ((k, m) for k, v in scalars.items() for m in (1.0, 2.0, 0.5) if _near(abs(c), abs(m * v)))
        scalar, multiple = next(matches, ("", 0.0))
        return Explanation("term", input=name, coefficient=c, scalar=scalar, multiple=multiple)
    if kind == "offset":
        return Explanation("offset", offset=-c)
    return Explanation(kind) if abs(c - 1) <= NEAR else None


def round_scale(ratio: float, axes: Sequence[Axis] = ()) -> Explanation | None:
    """The cause where true / claimed is round: −1, 0, 2, the length of an axis, or 1 by 2 or a length."""
    if _near(ratio, -1):
        return Explanation("sign", factor=-1.0)
    if abs(ratio) < NEAR:
        return Explanation("nonzero")
    for axis in (Axis("", 0, 2), *sorted(axes, key=lambda axis: axis.length)):
        large, small = _near(abs(ratio) * axis.length, 1), _near(abs(ratio), axis.length)
        if axis.length > 1 and (large or small):
            factor = float(np.copysign(axis.length if large else 1 / axis.length, ratio))
            length = axis.length if axis.array else 0
            return Explanation("scale", factor=factor, array=axis.array, axis=axis.number, length=length)
    return None


def _near(value: float, goal: float) -> bool:
    return abs(value - goal) < NEAR * abs(goal)

"""Where the errors are: additive bisection.

The error of a set of places is e(S) = Σ δᵢuᵢ over S, which is additive: after a half is measured, the other
half is what remains. With random u no sum cancels but by accident, so that a set without an error that can
be seen holds none; k wrong places among n take about k·log₂(n/k) measurements.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.gradients.lines import direction, displaced, norm
from grader.gradients.values import Array, Base, Point, Stage, values_at

Cells = tuple[Sequence[int], Sequence[int]]
"""Rows and columns: all places at which they cross."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An error Σ δᵢuᵢ and how far it can be trusted."""

    value: float
    bound: float

    @property
    def wrong(self) -> bool:
        """Whether it is an error beyond doubt."""
        return abs(self.value) > self.bound


@dataclass(frozen=True, slots=True)
class Probe:
    """One array under search: its claimed gradient and a line, as (rows, columns), and the step."""

    base: Base
    name: str
    g: Array
    u: Array
    h: float
    bound: float


def table(array: Array) -> Array:
    """An array (d0, d1, …, dk) as (rows, columns) = (d0, d1·…·dk); a view where that is possible."""
    return array.reshape(array.shape[0] if array.ndim else 1, -1)


def probe(
    rng: np.random.Generator, base: Base, name: str, g: Array, error: float
) -> Stage[tuple[Probe, Sum]]:
    """Choose the step for errors of about this size, and measure the whole array at it and at a quarter."""
    u = table(direction(rng, g.shape, base.scale[name]))
    h = float(np.clip(8 * base.level / (1e-4 * abs(error)), 2.0**-22, 2.0**-9))
    size = norm(table(g) * u)
    ready = Probe(base, name, table(g), u, h, 8 * base.level / h + 1e-12 * size)
    everything = (range(u.shape[0]), range(u.shape[1]))
    coarse = (yield from sums(ready, [everything]))[0]
    fine = (yield from sums(Probe(base, name, ready.g, u, h / 4, 0.0), [everything]))[0]
    bound = ready.bound + 2 * max(0.0, abs(coarse.value - fine.value) - 40 * base.level / h)
    return Probe(base, name, ready.g, u, h, bound), Sum(coarse.value, bound)


def sums(at: Probe, sets: Sequence[Cells]) -> Stage[list[Sum]]:
    """Measure the error of each set: one request, two values each."""
    array = table(at.base.inputs[at.name])
    shape = at.base.inputs[at.name].shape
    points: list[Point] = []
    claims: list[float] = []
    for rows, columns in sets:
        plus, minus = array.copy(), array.copy()
        cells = np.ix_(rows, columns)
        plus[cells], minus[cells] = displaced(array[cells], at.u[cells], at.h)
        claims.append(float(np.sum(at.g[cells] * (plus[cells] - minus[cells]))))
        points += [{**at.base.inputs, at.name: moved.reshape(shape)} for moved in (plus, minus)]
    values = yield from values_at(at.base, points)
    return [
        Sum((values[2 * i] - values[2 * i + 1] - claim) / (2 * at.h), at.bound)
        for i, claim in enumerate(claims)
    ]


def bisect(
    at: Probe, cells_of: Callable[[range], Cells], size: int, total: Sum
) -> Stage[dict[int, Sum] | None]:
    """The places 0 ≤ i < size with an error, each with it; None where they are most places.

    ``cells_of`` names the cells of a range of places. A level of the tree is one request.
    """
    nodes = [(range(size), total)] if total.wrong else []
    groups = 1
    while any(len(places) > 1 for places, _ in nodes):
        halves = [(places[: len(places) // 2], places[len(places) // 2 :]) for places, _ in nodes]
        wide = [number for number, (places, _) in enumerate(nodes) if len(places) > 1]
        left = yield from sums(at, [cells_of(halves[number][0]) for number in wide])
        following = [node for node in nodes if len(node[0]) == 1]
        for number, first in zip(wide, left, strict=True):
            parent = nodes[number][1]
            rest = Sum(parent.value - first.value, float(np.hypot(parent.bound, first.bound)))
            following += [
                (half, part) for half, part in zip(halves[number], (first, rest), strict=True) if part.wrong
            ]
        nodes = following
        groups = min(2 * groups, size)
        if groups >= 8 and len(nodes) >= max(7, 0.55 * groups):
            return None
    parts = {places[0]: part for places, part in nodes}
    return None if size > 1 and len(parts) == size else parts

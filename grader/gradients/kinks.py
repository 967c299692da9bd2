"""On a kink a convention decides: which one backward took.

At an entry where the slopes L (from the left) and R (from the right) differ, the claim is L + q·(R − L).
q = 0 is the choice of ``x > 0`` in a ReLU, q = 1 that of ``x >= 0``; any q in [0, 1] is a subgradient
(Clarke, Optimization and Nonsmooth Analysis, 1983, §2.1) and outside of it nothing is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from grader.gradients.lines import LADDER, Line, displaced, rung
from grader.gradients.report import Convention
from grader.gradients.values import Array, Base, Point, Stage, values_at

STEPS = (LADDER[6], LADDER[7])
"""A coarse and a fine step; a kink has the same asymmetry at both, a curve a quarter of it."""
CANDIDATES = 8
NEAR = 0.02
"""How far q may lie from a round value."""
Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kinks:
    """Entries looked at that sit on a kink, their common convention, and those with no right slope at all."""

    examined: int
    convention: Convention | Literal["outside"] | None
    kinked: tuple[Place, ...]
    outside: tuple[Place, ...]


def candidates(rng: np.random.Generator, array: Array) -> list[Place]:
    """Where a kink is most likely: at zeros; and a few entries anywhere."""
    flat = array.reshape(-1)
    zeros = np.flatnonzero(flat == 0)
    some = rng.permutation(zeros)[:CANDIDATES]
    others = rng.permutation(flat.size)[: CANDIDATES // 2] if flat.size < 2**20 else np.arange(4)
    return places(sorted({int(i) for i in (*some, *others)}), array.shape)


def places(flat: Sequence[int], shape: tuple[int, ...]) -> list[Place]:
    """Full indices of entries given by their number."""
    return [tuple(int(k) for k in np.unravel_index(i, shape)) for i in flat]


def look(base: Base, name: str, g: Array, at: Sequence[Place]) -> Stage[Kinks]:
    """Measure both slopes at these entries, at two steps, in one request."""
    lines = []
    points: list[Point] = []
    array = base.inputs[name]
    for place in at:
        u = np.zeros(array.shape)
        u[place] = base.scale[name]
        lines.append(Line(name, u, g, abs(float(g[place])) * base.scale[name], base.epsilon, False))
        for h in STEPS:
            points += [{**base.inputs, name: moved} for moved in displaced(array, u, h)]
    values = yield from values_at(base, points)
    shares: dict[Place, float] = {}
    for number, (place, line) in enumerate(zip(at, lines, strict=True)):
        four = values[4 * number : 4 * number + 4]
        coarse = rung(line, array, STEPS[0], (four[0], four[1], base.centre), base.level)
        fine = rung(line, array, STEPS[1], (four[2], four[3], base.centre), base.level)
        if not (coarse.finite and fine.finite):
            continue
        noise = 24 * fine.noise
        size = abs(fine.error) + line.size
        lasting = abs(fine.asymmetry) > max(noise, 1e-4 * size, 0.7 * abs(coarse.asymmetry))
        if lasting:
            shares[place] = 0.5 - fine.error / fine.asymmetry
        elif abs(fine.error) > noise + 4 * abs(coarse.error - fine.error) + 1e-5 * size:
            shares[place] = np.inf  # smooth here, and the claim is not the slope
    outside = tuple(place for place, q in shares.items() if not -NEAR <= q <= 1 + NEAR)
    kinked = tuple(place for place, q in shares.items() if np.isfinite(q))
    return Kinks(len(at), _convention(list(shares.values())), kinked, outside)


def _convention(shares: Sequence[float]) -> Convention | Literal["outside"] | None:
    q = np.array(shares)
    if not q.size:
        return None
    if np.all(np.abs(q) <= NEAR):
        return "x > 0"
    if np.all(np.abs(q - 1) <= NEAR):
        return "x >= 0"
    return "between" if np.all((q >= -NEAR) & (q <= 1 + NEAR)) else "outside"

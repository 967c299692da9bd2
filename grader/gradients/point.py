"""The check at one point: its noise, its lines, and what they say about each array."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.gradients import noise
from grader.gradients.lines import Line, Verdict, direction, line, scales
from grader.gradients.report import Status
from grader.gradients.values import Array, Base, Point, Request, Stage, epsilon, weighted
from grader.gradients.walk import walk

Seen = dict[str, list[tuple[Line, Verdict]]]
"""For each array, the lines tried and what each said."""
VANISHING = 1e-12
"""A claim below this share of the largest claim's effect is the rounding of a zero."""


def prepare(
    rng: np.random.Generator, inputs: Point, dout: Array, gradients: Mapping[str, Any]
) -> Stage[tuple[Base, bool]]:
    """Measure φ and its noise; and say whether forward gives the same bits twice."""
    scale = scales(inputs, {name: np.asarray(g, dtype=np.float64) for name, g in gradients.items()})
    joint = {name: direction(rng, inputs[name].shape, scale[name]) for name in inputs}
    precision = epsilon(0.0, gradients)
    for attempt in range(4):
        spacing = noise.SPACING * precision
        spread = [
            {name: inputs[name] + i * spacing * joint[name] for name in inputs} for i in (-3, -2, -1, 1, 2, 3)
        ]
        values = yield Request("forward", [*([] if attempt else [inputs, inputs]), *spread])
        if attempt == 0:
            first, values = values[:2], values[2:]
            centre = weighted(first[0], dout)
        phi = [weighted(value, dout) for value in values]
        estimated = noise.ecnoise([*phi[:3], centre, *phi[3:]])
        coarser = epsilon(first[0], gradients)
        stuck = sum(value == centre for value in phi) >= 3 and any(np.any(g) for g in gradients.values())
        if coarser <= precision and not stuck:
            break
        precision = max(coarser, 1e3 * precision if stuck else 0.0)
    absolute = float(np.abs(np.asarray(first[0], dtype=np.float64) * dout).sum())
    coarsest = epsilon(first[0], gradients)
    samples = [*phi[:3], centre, *phi[3:]]
    measured = noise.residual(samples) if estimated is None else estimated
    level = max(measured, noise.floor(centre, absolute, dout.size, coarsest))
    same = np.array_equal(np.asarray(first[0]), np.asarray(first[1]))
    return Base(inputs, dout, centre, level, scale, coarsest), same


def try_lines(
    rng: np.random.Generator, base: Base, gradients: Mapping[str, Any], numbers: Mapping[str, range]
) -> Stage[Seen]:
    """Try the lines of these numbers for each array named."""
    tried = []
    for name, wanted in numbers.items():
        precision, g = epsilon(0.0, {name: gradients[name]}), np.asarray(gradients[name], dtype=np.float64)
        tried += [line(rng, base, name, g, precision, number) for number in wanted]
    verdicts = yield from walk(base, tried)
    seen: Seen = {name: [] for name in numbers}
    for one, verdict in zip(tried, verdicts, strict=True):
        seen[one.name].append((one, verdict))
    return seen


def verdict_of(seen: Sequence[tuple[Line, Verdict]], largest: float) -> Status:
    """What the lines of one array say at this point.

    Even and odd lines vote apart: an error in one small entry shows along the weighted lines alone, and
    there along each of them. Most of either kind wrong beyond its bound is a fail.
    """
    for weighted_lines in (False, True):
        relevant = [verdict for line, verdict in seen if line.weighted is weighted_lines]
        if 2 * sum(verdict.bad for verdict in relevant) > len(relevant):
            return "fail"
    verdicts = [verdict for _, verdict in seen]
    if any(verdict.bad or (verdict.kink and not verdict.agrees) for verdict in verdicts):
        return "kink"
    return "pass" if any(_sees(verdict, largest) for verdict in verdicts) else "inconclusive"


def _sees(verdict: Verdict, largest: float) -> bool:
    vanishing = verdict.size <= VANISHING * largest and verdict.bound <= 1e-6 * largest
    return verdict.conclusive or vanishing or (verdict.size == 0 and verdict.ok)

"""Entries that are right one by one and wrong two at a time: both of two equal ones counted, or neither.

At a tie of a maximum each of two equal entries has the slopes 0 and 1; moved together they have the slope 1
on both sides, and the claims must add up to it (Clarke 1983, §2.3: the subgradients of a maximum are weighted
means of the gradients of those that attain it). Entries whose slopes add up are kinks of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.gradients.kinks import NEAR, STEPS, Place
from grader.gradients.lines import displaced
from grader.gradients.values import Array, Base, Point, Stage, values_at

LOOKED_AT = 4
"""Kinked entries whose partners are looked for, and partners of each in its own array."""
Spot = tuple[str, Place]
"""An input and an entry of it."""


@dataclass(frozen=True, slots=True)
class Slopes:
    """Of φ along a direction that moves one entry, or two: to the left and right, and what was claimed."""

    left: float
    right: float
    claim: float

    @property
    def admits(self) -> bool:
        """Whether the claim lies between the slopes, where any subgradient's does."""
        slack = NEAR * max(abs(self.right - self.left), abs(self.left), abs(self.right))
        return min(self.left, self.right) - slack <= self.claim <= max(self.left, self.right) + slack

    def differs_from(self, one: Slopes, other: Slopes, noise: float) -> bool:
        """Whether these slopes, of two entries moved together, are not the sums of those of each."""
        left, right = one.left + other.left, one.right + other.right
        gap = max(abs(self.left - left), abs(self.right - right))
        return gap > noise + NEAR * max(abs(left), abs(right))


def unbalanced(
    base: Base, gradients: Mapping[str, Any], name: str, kinked: Sequence[Place]
) -> Stage[tuple[Place, ...]]:
    """The entries of the input ``name`` that are wrong together with one that is equal to them."""
    pairs = [
        ((name, place), other)
        for place in kinked[:LOOKED_AT]
        for other in _equals(base, gradients, name, place)
    ]
    slopes = yield from _slopes(
        base, gradients, [*dict.fromkeys((spot,) for pair in pairs for spot in pair), *pairs]
    )
    noise = 24 * base.level / STEPS[1]
    tied: dict[Spot, list[Spot]] = {}
    for one, other in pairs:
        if slopes[one, other].differs_from(slopes[(one,)], slopes[(other,)], noise):
            tied.setdefault(one, [one]).append(other)
    groups = [tuple(group) for group in tied.values()]
    together = yield from _slopes(base, gradients, groups)
    sets = [*(pair for pair in pairs if pair[1] in tied.get(pair[0], ())), *groups]
    wrong = [spot for group in sets for spot in group if not (slopes | together)[group].admits]
    return tuple(dict.fromkeys(place for array, place in wrong if array == name))


def _equals(base: Base, gradients: Mapping[str, Any], name: str, place: Place) -> list[Spot]:
    """Entries of the same value: the nearest ones of the same array, and the same place of others."""
    array = base.inputs[name]
    same = [tuple(map(int, index)) for index in np.argwhere(array == array[place])]
    same.sort(key=lambda index: sum(i != k for i, k in zip(index, place, strict=True)))
    there = [
        (other, place)
        for other in gradients
        if other != name
        and base.inputs[other].shape == array.shape
        and base.inputs[other][place] == array[place]
    ]
    return [*((name, index) for index in same[1 : 1 + LOOKED_AT]), *there]


def _slopes(
    base: Base, gradients: Mapping[str, Any], moves: Sequence[tuple[Spot, ...]]
) -> Stage[dict[tuple[Spot, ...], Slopes]]:
    """Both slopes along each move of some entries by the same distance."""
    distance = min((base.scale[name] for move in moves for name, _ in move), default=1.0)
    points: list[Point] = []
    for move in moves:
        up, down = dict(base.inputs), dict(base.inputs)
        for name, place in move:
            u = np.zeros(base.inputs[name].shape)
            u[place] = distance
            up[name], down[name] = _moved(up[name], down[name], u)
        points += [up, down]
    values = yield from values_at(base, points)
    h = STEPS[1]
    slopes = {}
    for number, move in enumerate(moves):
        plus, minus = values[2 * number : 2 * number + 2]
        claim = sum(float(np.asarray(gradients[name])[place]) for name, place in move) * distance
        slopes[move] = Slopes((base.centre - minus) / h, (plus - base.centre) / h, claim)
    return slopes


def _moved(up: Array, down: Array, u: Array) -> tuple[Array, Array]:
    return displaced(up, u, STEPS[1])[0], displaced(down, u, STEPS[1])[1]

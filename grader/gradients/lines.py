"""Derivatives along random lines: the claim g·u beside central differences, with an error bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from grader.gradients.values import Array, Base

LADDER = tuple(2.0**-k for k in (3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25))
"""Steps along a line, relative to the array's scale: each a quarter of the one before."""
ACCEPT = (1e-8, 1e-6)
"""A claim this near to one difference, relative to ‖g∘u‖, passes at once: as near as the noise lets one
see, between these two."""
CONCLUSIVE = 1e-3
"""A bound above this, relative to ‖g∘u‖, says nothing (unless the error is ten times the bound)."""
CONCLUSIVE_SINGLE = 3e-2
"""The same where an answer is of less than double precision: it still tells a factor of 2 or a sign."""


@dataclass(frozen=True, slots=True)
class Line:
    """A direction u for one array, the claimed gradient g, and ``size`` = ‖g∘u‖.

    ``epsilon``: the rounding of g. ``weighted``: u grows where g is small.
    """

    name: str
    u: Array
    g: Array
    size: float
    epsilon: float
    weighted: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """Differences at one step h: ``error`` of the claim (central), one-sided ``asymmetry``, noise/h."""

    h: float
    error: float
    asymmetry: float
    noise: float
    finite: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line's ``error``, true minus claimed, and its ``bound``.

    ``kink``: the slopes left and right differ and stay different. ``agrees``: the error is within what
    noise and curvature explain, without the help of a kink.
    """

    error: float
    bound: float
    kink: bool
    size: float
    agrees: bool
    epsilon: float

    @property
    def ok(self) -> bool:
        """Whether the error is within its bound; NaN is not."""
        return self.agrees or abs(self.error) <= self.bound

    @property
    def settled(self) -> bool:
        """Whether nothing is left to ask: within its bound, and no kink in it."""
        return self.agrees or (self.ok and not self.kink)

    @property
    def conclusive(self) -> bool:
        """Whether the bound is small enough to say anything."""
        share = CONCLUSIVE if self.epsilon < 1e-12 else CONCLUSIVE_SINGLE
        return self.bound <= share * self.size or self.clearly_bad

    @property
    def bad(self) -> bool:
        """Whether the claim is wrong along this line beyond doubt."""
        return self.conclusive and not self.ok

    @property
    def clearly_bad(self) -> bool:
        """An error ten times its bound: no finer step is needed to see it."""
        return bool(np.isfinite(self.error)) and abs(self.error) > 10 * self.bound


def norm(array: Array) -> float:
    """The Euclidean norm of all entries, at any scale: the square of 1e-200 is 0, that of 1e200 infinite."""
    largest = float(np.max(np.abs(array), initial=0.0))
    return largest * float(np.linalg.norm(array / largest)) if 0 < largest < np.inf else largest


def rms(array: Array) -> float:
    """Root mean square, at any scale; 0 for an empty array."""
    return norm(array) / float(np.sqrt(array.size)) if array.size else 0.0


def scales(inputs: Mapping[str, Array], gradients: Mapping[str, Array]) -> dict[str, float]:
    """A natural step size for each array.

    Its rms; or, for a (nearly) zero array, the size whose first-order effect equals a 100 % change of the
    most influential array.
    """
    effects = [float(np.abs(gradients[name] * inputs[name]).sum()) for name in gradients]
    effect = max([effect for effect in effects if np.isfinite(effect)], default=0.0)
    sizes = [rms(array) for array in inputs.values() if rms(array) > 0]
    middle = float(np.median(sizes)) if sizes else 1.0
    largest = max(sizes, default=1.0)
    scale_by_name: dict[str, float] = {}
    for name, array in inputs.items():
        influence = float(np.abs(gradients[name]).sum()) if name in gradients else 0.0
        natural = effect / influence if effect > 0 and influence > 0 else middle
        own = rms(array)
        least = 1e-6 * middle if own == 0 else 0.0
        natural = min(max(natural, least), 10 * largest) if np.isfinite(natural) else middle
        scale_by_name[name] = own if own > 1e-3 * natural else natural
    return scale_by_name


def direction(
    rng: np.random.Generator, shape: tuple[int, ...], scale: float, weight: Array | None = None
) -> Array:
    """Entries ±(0.5…1.5)·scale: never near 0, never exactly cancelling.

    With ``weight`` (a gradient), entries grow as the gradient shrinks, so that small entries count too.
    """
    u: Array = np.where(rng.random(shape) < 0.5, -1.0, 1.0) * (0.5 + rng.random(shape)) * scale
    if weight is None or weight.size < 2:
        return u
    magnitude = np.abs(weight)
    positive = magnitude[magnitude > 0]
    if positive.size:
        middle = float(np.median(positive))
        u *= np.clip(middle / np.maximum(magnitude, middle * 1e-9), 0.05, 20.0)
        u *= scale / rms(u)
    return u


def line(rng: np.random.Generator, base: Base, name: str, g: Array, epsilon: float, number: int) -> Line:
    """The line of that number: even ones count all entries alike, odd ones weigh by 1/|g|."""
    weighted = number % 2 == 1
    u = direction(rng, g.shape, base.scale[name], g if weighted else None)
    return Line(name, u, g, norm(g * u), epsilon, weighted)


def first_step(one: Line, level: float) -> int:
    """Where on the ladder a line starts: the smallest step that the noise allows, as it bends least.

    Aims at noise/h = ACCEPT/20 of the size, the lower end of ACCEPT if a step up to 2⁻¹³ gives it.
    """
    relative = 20 * level / one.size if one.size > 0 else 0.0
    target = min(max(relative / ACCEPT[0], LADDER[8]), LADDER[5])
    if relative / target > ACCEPT[1]:
        target = min(relative / ACCEPT[1], LADDER[2])
    return max(step for step, h in enumerate(LADDER) if h >= target)


def accepted(one: Line, at: Rung) -> bool:
    """Agreement certifies itself: a wrong claim meets a difference by accident once in 10⁶ or less."""
    target = min(max(20 * at.noise, ACCEPT[0] * one.size), ACCEPT[1] * one.size)
    return at.finite and abs(at.error) <= target + 64 * one.epsilon * one.size


def displaced(array: Array, u: Array, h: float) -> tuple[Array, Array]:
    """(plus, minus): the points at distance h along u, as floating point has them."""
    step = h * u
    return array + step, array - step


def rung(one: Line, array: Array, h: float, values: tuple[float, float, float], noise: float) -> Rung:
    """Compare one step's values (plus, minus, centre) with the claim, for the displacement really made."""
    plus, minus, centre = values
    up, down = displaced(array, one.u, h)
    claim_up = float(np.sum(one.g * (up - array)))
    claim_down = float(np.sum(one.g * (down - array)))
    error = ((plus - minus) - (claim_up - claim_down)) / (2 * h)
    asymmetry = ((plus + minus - 2 * centre) - (claim_up + claim_down)) / h
    return Rung(h, error, asymmetry, noise / h, bool(np.isfinite(plus) and np.isfinite(minus)))


def judge(coarse: Rung, fine: Rung, one: Line) -> Verdict:
    """Extrapolate two neighbouring steps: the error that remains, and how far it can be trusted.

    Richardson for h → h/4: the terms in h² cancel. The asymmetry is one-sided slope right minus left; what
    of it does not vanish with h is a kink, and the claim may then lie anywhere between the slopes.
    """
    if not (coarse.finite and fine.finite):
        return Verdict(np.inf, np.inf, False, one.size, False, one.epsilon)
    error = fine.error + (fine.error - coarse.error) / 15
    asymmetry = abs(4 * fine.asymmetry - coarse.asymmetry) / 3
    noise = 12 * fine.noise
    kink = max(0.0, asymmetry - noise)
    smooth = 2 * abs(fine.error - coarse.error) + 6 * fine.noise + 64 * one.epsilon * one.size
    is_kink = kink > 1e-4 * one.size and kink > smooth
    return Verdict(error, smooth + kink, is_kink, one.size, abs(error) <= smooth, one.epsilon)

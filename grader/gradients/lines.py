"""Derivatives along random lines: the claim g·u beside central differences, with an error bound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

LADDER = tuple(2.0**-k for k in (5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25))
"""Steps along a line, relative to the array's scale: each a quarter of the one before."""
FIRST = 4
"""Where on the ladder a line starts: steps 2⁻¹³ and 2⁻¹⁵."""
ACCEPT = 1e-6
"""A claim within this of the difference, relative to ‖g∘u‖, passes at once."""
CONCLUSIVE = 1e-3
"""A bound above this, relative to ‖g∘u‖, says nothing."""
_EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True)
class Line:
    """A direction u for one array, the claimed gradient g, and ``size`` = ‖g∘u‖."""

    name: str
    u: Array
    g: Array
    size: float


@dataclass(frozen=True, slots=True)
class Rung:
    """Differences at one step h: ``error`` of the claim (central), one-sided ``asymmetry``, noise/h."""

    error: float
    asymmetry: float
    noise: float
    finite: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line's error and its bound. ``kink``: the slopes left and right differ and stay different."""

    ok: bool
    error: float
    bound: float
    kink: bool
    size: float

    @property
    def conclusive(self) -> bool:
        """Whether the bound is small enough to say anything."""
        return self.bound <= CONCLUSIVE * self.size


def rms(array: Array) -> float:
    """Root mean square; 0 for an empty array."""
    return float(np.sqrt(np.mean(np.square(array)))) if array.size else 0.0


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
    found: dict[str, float] = {}
    for name, array in inputs.items():
        influence = float(np.abs(gradients[name]).sum()) if name in gradients else 0.0
        natural = effect / influence if effect > 0 and influence > 0 else middle
        natural = min(max(natural, 1e-6 * middle), 10 * largest) if np.isfinite(natural) else middle
        own = rms(array)
        found[name] = own if own > 1e-3 * natural else natural
    return found


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


def displaced(array: Array, u: Array, h: float) -> tuple[Array, Array, Array]:
    """(plus, minus, plus − minus): the displacement that floating point really made."""
    plus, minus = array + h * u, array - h * u
    return plus, minus, plus - minus


def rung(line: Line, array: Array, h: float, values: tuple[float, float, float], noise: float) -> Rung:
    """Compare one step's values (plus, minus, centre) with the claim."""
    plus, minus, centre = values
    up, down, _ = displaced(array, line.u, h)
    claim_up = float(np.sum(line.g * (up - array)))
    claim_down = float(np.sum(line.g * (down - array)))
    error = ((plus - minus) - (claim_up - claim_down)) / (2 * h)
    asymmetry = ((plus + minus - 2 * centre) - (claim_up + claim_down)) / h
    return Rung(error, asymmetry, noise / h, bool(np.isfinite(plus) and np.isfinite(minus)))


def judge(coarse: Rung, fine: Rung, size: float) -> Verdict:
    """Extrapolate two neighbouring steps: the error that remains, and how far it can be trusted."""
    if not (coarse.finite and fine.finite):
        return Verdict(False, np.inf, np.inf, False, size)
    error = fine.error + (fine.error - coarse.error) / 15  # Richardson: h² terms cancel for h → h/4
    kink = abs(4 * fine.asymmetry - coarse.asymmetry) / 3  # what does not vanish with h
    kink_noise = 12 * fine.noise
    bound = (
        2 * abs(fine.error - coarse.error) + max(0.0, kink - kink_noise) + 6 * fine.noise + 64 * _EPS * size
    )
    is_kink = kink > kink_noise and kink > 1e-4 * size and kink - kink_noise > 0.5 * bound
    return Verdict(abs(error) <= bound, error, bound, is_kink, size)

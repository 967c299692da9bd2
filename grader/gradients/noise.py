"""How much rounding noise a function has: ECNoise (Moré & Wild, SIAM J. Sci. Comput. 33(3), 2011)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SAMPLES = 7
"""Equally spaced values that one estimate takes."""
SPACING = 64
"""Distance of the samples, in units of rounding of the inputs' scale."""


def ecnoise(values: Sequence[float]) -> float | None:
    """Standard deviation of the noise in equally spaced values of a smooth function; None if undecided.

    Differences of order k of a smooth function vanish while those of noise grow by a known factor
    γₖ = (k!)²/(2k)!; the first three orders that agree within a factor of 4 and change sign are noise.
    """
    differences = np.array(values, dtype=np.float64)
    scale = float(np.max(np.abs(differences))) or 1.0  # squares of the smallest floats are 0
    differences /= scale
    gamma = 1.0
    levels: list[float] = []
    sign_changes: list[bool] = []
    for order in range(1, len(values)):
        differences = np.diff(differences)
        if order == 1 and np.sum(differences == 0) >= len(values) / 2:
            return None  # the spacing is below the resolution
        gamma *= 0.5 * order / (2 * order - 1)
        levels.append(float(np.sqrt(gamma * np.mean(differences**2))))
        sign_changes.append(bool(differences.min() * differences.max() < 0))
    for k in range(len(levels) - 2):
        window = levels[k : k + 3]
        if max(window) <= 4 * min(window) and sign_changes[k]:
            return levels[k] * scale
    return None


def residual(values: Sequence[float]) -> float:
    """The largest distance of equally spaced values from a straight line, where they lie too near to bend."""
    at = np.arange(len(values)) - 0.5 * (len(values) - 1)
    y = np.array(values, dtype=np.float64)
    scale = float(np.max(np.abs(y))) or 1.0
    y /= scale
    line = y.mean() + at * float(at @ y) / float(at @ at)
    return scale * float(np.max(np.abs(y - line)))


def floor(value: float, absolute_sum: float, size: int, epsilon: float) -> float:
    """The least noise of Σ out·dout, of ``size`` terms: half a unit of rounding of it, and of its terms."""
    spread = absolute_sum / max(1.0, float(np.sqrt(size)))
    return 0.5 * epsilon * max(abs(value), spread)

"""How much rounding noise a function has: ECNoise (Moré & Wild, SIAM J. Sci. Comput. 33(3), 2011)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.gradients.values import Array

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
            return levels[k]
    return None


def floor(value: float, absolute_sum: float, dout: Array, epsilon: float) -> float:
    """The least noise that Σ out·dout can have: half a unit of rounding of its size and of its terms."""
    spread = absolute_sum / max(1.0, float(np.sqrt(dout.size)))
    return max(0.5 * epsilon * max(abs(value), spread), 0.25 * epsilon * float(np.linalg.norm(dout)))

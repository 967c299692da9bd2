"""The noise of a function is estimated within a small factor."""

from __future__ import annotations

import numpy as np
import pytest

from grader.gradients.noise import ecnoise, floor


@pytest.mark.parametrize("level", [1e-14, 1e-8, 1e-3])
def test_noise_on_a_parabola(level: float) -> None:
    rng = np.random.default_rng(0)
    t = np.arange(7) * 1e-6
    found = [ecnoise(list(1 + 3 * t + t**2 + level * rng.normal(size=7))) for _ in range(50)]
    decided = [value for value in found if value is not None]
    assert len(decided) > 25
    assert level / 4 < np.median(decided) < 4 * level


def test_a_constant_and_a_smooth_curve_have_none() -> None:
    assert ecnoise([1.0] * 7) is None
    assert ecnoise([float(np.exp(0.1 * k)) for k in range(7)]) is None


def test_the_floor_follows_size_and_precision() -> None:
    assert floor(1e6, 1e6, 4, 2.2e-16) == pytest.approx(1.1e-10)
    assert floor(1.0, 1.0, 4, 1.2e-7) > 1e8 * floor(1.0, 1.0, 4, 2.2e-16)

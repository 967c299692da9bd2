"""Lines: the bound holds, steps suit the noise, and NaN agrees with nothing."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from grader.gradients.lines import (
    LADDER,
    Line,
    Rung,
    Verdict,
    accepted,
    direction,
    displaced,
    first_step,
    judge,
    rung,
    scales,
)

X = np.random.default_rng(0).normal(size=50)


def verdicts(slope_error: float, level: float = 1e-15) -> list[Verdict]:
    """Along lines of Σ sin x, with a claim that is off by a share."""
    found = []
    for seed in range(30):
        u = direction(np.random.default_rng(seed), X.shape, 1.0)
        g = np.cos(X) * (1 + slope_error)
        line = Line("x", u, g, float(np.linalg.norm(g * u)), 2.2e-16, False)
        rungs = []
        for h in LADDER:
            plus, minus = displaced(X, u, h)
            values = (float(np.sin(plus).sum()), float(np.sin(minus).sum()), float(np.sin(X).sum()))
            rungs.append(rung(line, X, h, values, level))
        pairs = [judge(a, b, line) for a, b in itertools.pairwise(rungs)]
        found.append(min(pairs, key=lambda verdict: verdict.bound))
    return found


def test_the_error_is_within_ten_times_its_bound() -> None:
    assert all(abs(verdict.error) <= 10 * verdict.bound for verdict in verdicts(0.0))


def test_a_right_claim_agrees_and_a_wrong_one_is_bad() -> None:
    assert all(verdict.agrees and verdict.conclusive and not verdict.bad for verdict in verdicts(0.0))
    assert all(verdict.bad for verdict in verdicts(1e-6))


def test_nan_and_infinity_agree_with_nothing() -> None:
    line = Line("x", X, X, 1.0, 2.2e-16, False)
    nan = Rung(1e-4, np.nan, np.nan, 1e-12, False)
    good = Rung(1e-4, 0.0, 0.0, 1e-12, True)
    assert not accepted(line, nan)
    assert accepted(line, good)
    assert not judge(good, nan, line).ok or not judge(good, nan, line).conclusive
    assert not Verdict(np.nan, 1.0, False, 1.0, False, 0.0).ok


def test_the_first_step_grows_with_the_noise() -> None:
    line = Line("x", X, X, 1.0, 2.2e-16, False)
    steps = [LADDER[first_step(line, level)] for level in (1e-17, 1e-14, 1e-12, 1e-9, 1.0)]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (2.0**-19, 2.0**-7)


def test_directions_never_come_near_zero_and_weigh_small_entries_more() -> None:
    rng = np.random.default_rng(0)
    assert np.abs(direction(rng, (100,), 2.0)).min() >= 1.0
    weight = np.ones(100)
    weight[3] = 0.01
    u = direction(rng, (100,), 1.0, weight)
    assert np.argmax(np.abs(u)) == 3


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_scales_follow_the_arrays_and_zeros_get_a_size(size: float) -> None:
    found = scales({"x": np.full(4, size), "b": np.zeros(3)}, {"x": np.ones(4), "b": np.ones(3)})
    assert found["x"] == pytest.approx(size)
    assert 0.1 * size <= found["b"] <= 10 * size

"""Normalisation: statistics, running statistics, and derivatives against measured slopes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from reference.normalization import (
    batchnorm_backward,
    batchnorm_forward,
    layernorm_backward,
    layernorm_forward,
)
from tests.reference.measured import gradient, scaled_error

RNG = np.random.default_rng(4)
X, GAMMA, BETA, DOUT = (RNG.normal(2, 3, s) for s in ((6, 4), 4, 4, (6, 4)))


def batch(x: Any, gamma: Any, beta: Any) -> Any:
    return batchnorm_forward(x, gamma, beta, {"mode": "train"})


def layer(x: Any, gamma: Any, beta: Any) -> Any:
    return layernorm_forward(x, gamma, beta, {})


BOTH = pytest.mark.parametrize(
    ("forward", "backward", "axis"),
    [(batch, batchnorm_backward, 0), (layer, layernorm_backward, 1)],
    ids=["batch", "layer"],
)


@BOTH
def test_out_has_mean_beta_and_deviation_gamma(forward: Any, backward: Any, axis: int) -> None:
    out, _ = forward(X, np.full(4, 2.0), np.full(4, 5.0))
    np.testing.assert_allclose(out.mean(axis=axis), 5.0)
    np.testing.assert_allclose(out.std(axis=axis), 2.0, rtol=1e-4)  # eps takes a little


@BOTH
def test_derivatives_agree_with_measured_slopes(
    forward: Callable[..., Any], backward: Callable[..., Any], axis: int
) -> None:
    _, cache = forward(X, GAMMA, BETA)
    dx, dgamma, dbeta = backward(DOUT, cache)
    assert scaled_error(dx, gradient(lambda x: forward(x, GAMMA, BETA)[0], X, DOUT)) < 1e-7
    assert scaled_error(dgamma, gradient(lambda g: forward(X, g, BETA)[0], GAMMA, DOUT)) < 1e-7
    assert scaled_error(dbeta, gradient(lambda b: forward(X, GAMMA, b)[0], BETA, DOUT)) < 1e-7


def test_running_statistics_come_nearer_by_a_tenth_a_step() -> None:
    kept: dict[str, Any] = {"mode": "train"}
    for step in range(1, 4):
        batchnorm_forward(X, GAMMA, BETA, kept)
        np.testing.assert_allclose(kept["running_mean"], (1 - 0.9**step) * X.mean(axis=0))
        np.testing.assert_allclose(kept["running_var"], (1 - 0.9**step) * X.var(axis=0))


def test_when_testing_the_running_statistics_are_used_and_kept() -> None:
    kept = {"mode": "test", "running_mean": np.ones(4), "running_var": np.full(4, 4.0)}
    out, _ = batchnorm_forward(X, GAMMA, BETA, kept)
    np.testing.assert_allclose(out, GAMMA * (X - 1) / np.sqrt(4 + 1e-5) + BETA)
    np.testing.assert_array_equal(kept["running_mean"], np.ones(4))
    alone, _ = batchnorm_forward(X[:1], GAMMA, BETA, kept)
    np.testing.assert_allclose(alone, out[:1])


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="train"):
        batchnorm_forward(X, GAMMA, BETA, {"mode": "training"})

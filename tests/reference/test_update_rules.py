"""Momentum, RMSProp and Adam: the published numbers, and what each equation says."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from reference.optimizers import adam, rmsprop, sgd_momentum
from tests.reference.published import NUMBERS, array

RULES: dict[str, Callable[..., Any]] = {"sgd_momentum": sgd_momentum, "rmsprop": rmsprop, "adam": adam}


@pytest.mark.parametrize("name", RULES)
def test_a_step_is_the_published_one(name: str) -> None:
    published = NUMBERS[name]
    config = {k: array(v) if isinstance(v, dict) else v for k, v in published["config"].items()}
    inputs = {k: array(v) for k, v in published["inputs"].items()}
    next_w, config = RULES[name](inputs["w"], inputs["dw"], config)
    np.testing.assert_allclose(next_w, published["next_w"], rtol=0, atol=published["atol"])
    for entry in ("velocity", "cache", "m", "v"):
        if entry in published:
            np.testing.assert_allclose(config[entry], published[entry], rtol=0, atol=published["atol"])


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("sgd_momentum", {"learning_rate": 1e-2, "momentum": 0.9}),
        ("rmsprop", {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8}),
        ("adam", {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 1}),
    ],
)
def test_defaults_are_the_contracts(name: str, settings: dict[str, float]) -> None:
    for _ in range(2):  # what one call left behind would show in the next
        _, config = RULES[name](np.ones(2), np.ones(2))
        assert {key: config[key] for key in settings} == settings
    given: dict[str, Any] = {"learning_rate": 0.5}
    assert RULES[name](np.ones(2), np.ones(2), given)[1] is given


@pytest.mark.parametrize("name", RULES)
def test_w_and_dw_are_left_alone(name: str) -> None:
    w, dw = np.ones(3), np.arange(3.0)
    RULES[name](w, dw)
    np.testing.assert_array_equal(w, np.ones(3))
    np.testing.assert_array_equal(dw, np.arange(3.0))


def test_momentum_gathers_speed_up_to_its_limit() -> None:
    w: Any = np.zeros(1)
    config: Any = None
    for _ in range(200):
        before = w
        w, config = sgd_momentum(w, np.ones(1), config)
    np.testing.assert_allclose(before - w, 1e-2 / (1 - 0.9), rtol=1e-6)  # η / (1 − μ)


def test_the_first_step_of_adam_is_the_learning_rate_whatever_the_gradient() -> None:
    dw = np.array([1e-3, -1.0, 1e6])
    next_w, _ = adam(np.zeros(3), dw)
    np.testing.assert_allclose(next_w, -1e-3 * np.sign(dw), rtol=1e-4)


def test_rmsprop_forgets_an_old_gradient() -> None:
    _, config = rmsprop(np.zeros(1), np.array([1e3]), {"decay_rate": 0.5})
    for _ in range(60):
        _, config = rmsprop(np.zeros(1), np.ones(1), config)
    np.testing.assert_allclose(config["cache"], 1.0, rtol=1e-6)

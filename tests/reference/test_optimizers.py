from typing import Any

import numpy as np

from reference.optimizers import sgd


def test_sgd_steps_against_the_gradient() -> None:
    w, dw = np.array([[1.0, 2.0]]), np.array([[10.0, -20.0]])
    next_w, config = sgd(w, dw, {"learning_rate": 0.1})
    np.testing.assert_allclose(next_w, [[0.0, 4.0]])
    assert config == {"learning_rate": 0.1}


def test_sgd_without_settings_uses_the_default_each_time() -> None:
    for _ in range(2):  # a default that was remembered between calls would show in the second
        next_w, config = sgd(np.array([1.0]), np.array([1.0]))
        np.testing.assert_allclose(next_w, [0.99])
        assert config == {"learning_rate": 1e-2}
        config["learning_rate"] = 5.0


def test_sgd_fills_in_and_gives_back_the_settings_it_was_given() -> None:
    settings: dict[str, Any] = {"own": 1}
    _, config = sgd(np.array([1.0]), np.array([1.0]), settings)
    assert config is settings
    assert config == {"own": 1, "learning_rate": 1e-2}

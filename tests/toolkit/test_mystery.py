"""The planted mistakes are the ones meant: each rule is right in everything else."""

from typing import Any

import numpy as np
import pytest

from grader.toolkit import mystery_rule
from reference.optimizers import adam, rmsprop, sgd_momentum


def lengths(rule: Any, gradient: float, steps: int, **settings: float) -> Any:
    """The steps that a rule takes on a slope with one gradient everywhere."""
    w, config, found = np.zeros(1), dict(settings), []
    for _ in range(steps):
        before = w.copy()
        w, config = rule(w, np.array([gradient]), config)
        found.append((w - before)[0])
    return np.array(found)


def test_first_is_momentum_uphill() -> None:
    right = lengths(sgd_momentum, 2.0, 30, learning_rate=0.1, momentum=0.8)
    np.testing.assert_allclose(lengths(mystery_rule(1), 2.0, 30, learning_rate=0.1, momentum=0.8), -right)


def test_second_is_rmsprop_that_forgets() -> None:
    first = lengths(rmsprop, 2.0, 1, learning_rate=0.1, decay_rate=0.9)[0]
    taken = lengths(mystery_rule(2), 2.0, 30, learning_rate=0.1, decay_rate=0.9)
    np.testing.assert_allclose(taken, first)
    assert abs(first) == pytest.approx(0.1 / np.sqrt(0.1))


def test_third_is_adam_without_its_corrections() -> None:
    t = np.arange(1, 31)
    missing = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
    right = lengths(adam, 2.0, 30, learning_rate=0.1)
    np.testing.assert_allclose(
        lengths(mystery_rule(3), 2.0, 30, learning_rate=0.1), right * missing, rtol=1e-6
    )


@pytest.mark.parametrize(("number", "rule"), [(1, sgd_momentum), (2, rmsprop), (3, adam)])
def test_defaults_are_those_of_the_rule_that_was_meant(number: int, rule: Any) -> None:
    _, config = mystery_rule(number)(np.zeros(2), np.ones(2))
    _, meant = rule(np.zeros(2), np.ones(2))
    assert config.keys() == meant.keys()
    settings = ("learning_rate", "momentum", "decay_rate", "beta1", "beta2", "epsilon", "t")
    for name in settings:
        assert config.get(name) == meant.get(name)


def test_there_are_three() -> None:
    with pytest.raises(ValueError, match="1, 2 and 3, and none with the number 4"):
        mystery_rule(4)

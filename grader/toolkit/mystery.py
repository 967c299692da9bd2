"""Three update rules with a planted mistake each, for an exercise in reading curves.

Whoever means to do the exercise should not read on: the point is to find the mistakes from what
the rules *do*.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.toolkit.optimizers import Config, UpdateRule


def mystery_rule(number: int) -> UpdateRule:
    """Give the first, second or third rule that has a mistake: `rule(w, dw, config) -> w, config`.

    1 was meant to be `sgd_momentum`, 2 `rmsprop` and 3 `adam`; they take the same settings and have
    the same defaults. Raises ValueError for any other number.
    """
    if number not in _RULES:
        raise ValueError(f"there are mystery rules 1, 2 and 3, and none with the number {number!r}")
    return _RULES[number]


def _one(w: NDArray[Any], dw: NDArray[Any], config: Config | None = None) -> tuple[NDArray[Any], Config]:
    c = _with(config, learning_rate=1e-2, momentum=0.9, velocity=np.zeros_like(w))
    c["velocity"] = c["momentum"] * c["velocity"] - c["learning_rate"] * dw
    return w - c["velocity"], c


def _two(w: NDArray[Any], dw: NDArray[Any], config: Config | None = None) -> tuple[NDArray[Any], Config]:
    c = _with(config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=np.zeros_like(w))
    r = c["decay_rate"] * c["cache"] + (1 - c["decay_rate"]) * dw**2
    return w - c["learning_rate"] * dw / (np.sqrt(r) + c["epsilon"]), c


def _three(w: NDArray[Any], dw: NDArray[Any], config: Config | None = None) -> tuple[NDArray[Any], Config]:
    zeros = np.zeros_like(w)
    c = _with(config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, m=zeros, v=zeros, t=0)
    c["t"] += 1
    c["m"] = c["beta1"] * c["m"] + (1 - c["beta1"]) * dw
    c["v"] = c["beta2"] * c["v"] + (1 - c["beta2"]) * dw**2
    return w - c["learning_rate"] * c["m"] / (np.sqrt(c["v"]) + c["epsilon"]), c


def _with(config: Config | None, **defaults: Any) -> Config:
    """The settings, and the defaults of those that are not given."""
    return {**defaults, **(config or {})}


_RULES: dict[int, UpdateRule] = {1: _one, 2: _two, 3: _three}

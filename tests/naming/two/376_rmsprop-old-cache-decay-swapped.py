"""The step is divided by the root of the old cache; and the decay rate weighs the new gradient, not the old mean.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    config = config or {}
    lr = config.setdefault("learning_rate", 1e-2)
    rho = config.setdefault("decay_rate", 0.99)
    eps = config.setdefault("epsilon", 1e-8)
    before = config.get("cache", np.zeros_like(w))
    after = (1 - rho) * before + rho * dw**2
    next_w = w - lr * dw / (np.sqrt(before) + eps)
    config["cache"] = after
    return next_w, config

"""The running mean is of the gradient, not of its square.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    if config is None:
        config = {}
    lr = config.setdefault("learning_rate", 1e-2)
    rho = config.setdefault("decay_rate", 0.99)
    eps = config.setdefault("epsilon", 1e-8)
    config.setdefault("cache", np.zeros_like(w))
    config["cache"] = rho * config["cache"] + (1 - rho) * dw
    update = lr * dw / (np.sqrt(config["cache"]) + eps)
    return w - update, config

"""The new velocity is never stored.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    config.setdefault("velocity", np.zeros_like(w))
    mu, rate = config["momentum"], config["learning_rate"]
    velocity = mu * config["velocity"] - rate * dw
    next_w = w + velocity
    return next_w, config

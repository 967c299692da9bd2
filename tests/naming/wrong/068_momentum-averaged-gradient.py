"""The velocity is a running mean, (1 - mu) before the gradient; the rate stays in it.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    beta = config["momentum"]
    v = config.get("velocity", 0 * w)
    config["velocity"] = beta * v - (1 - beta) * config["learning_rate"] * dw
    return w + config["velocity"], config

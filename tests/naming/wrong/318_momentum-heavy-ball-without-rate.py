"""v = mu * v + dw and w -= v: the learning rate is missing.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    mu = config["momentum"]
    vel = config.get("velocity", np.zeros_like(w))
    vel = mu * vel + dw
    w = w - vel
    config["velocity"] = vel
    return w, config

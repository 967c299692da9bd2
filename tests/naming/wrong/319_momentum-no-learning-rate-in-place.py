"""No learning rate: the velocity sums up gradients, and all of it is taken off.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    config = config or {}
    lr = config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    if config.get("velocity") is None:
        config["velocity"] = np.zeros(w.shape)
    v = config["velocity"].copy()
    v *= config["momentum"]
    v += dw
    w -= v
    config["velocity"] = v
    return w, config

"""This is Nesterov's step; and the velocity that comes back is the old one.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    config = dict(config) if config is not None else dict()
    for key, default in (("learning_rate", 1e-2), ("momentum", 0.9), ("velocity", np.zeros_like(w))):
        config.setdefault(key, default)
    v_prev = config["velocity"]
    v = config["momentum"] * v_prev - config["learning_rate"] * dw
    w = w + (-config["momentum"] * v_prev + (1 + config["momentum"]) * v)
    config["velocity"] = v_prev
    return w, config

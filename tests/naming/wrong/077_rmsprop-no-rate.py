"""The learning rate is left out.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("decay_rate", 0.99)
    config.setdefault("epsilon", 1e-8)
    s = config.get("cache", np.zeros_like(w))
    beta = config["decay_rate"]
    s = beta * s + (1 - beta) * np.power(dw, 2)
    next_w = w - dw / (np.sqrt(s) + config["epsilon"])
    config["cache"] = s
    return next_w, config

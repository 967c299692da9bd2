"""The moments are used without correcting them for the start from zero.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    b1 = config["beta1"]
    b2 = config["beta2"]
    config["t"] = config["t"] + 1
    first = b1 * config["m"] + (1 - b1) * dw
    second = b2 * config["v"] + (1 - b2) * dw * dw
    config["m"], config["v"] = first, second
    next_w = w - config["learning_rate"] * first / (np.sqrt(second) + config["epsilon"])
    return next_w, config

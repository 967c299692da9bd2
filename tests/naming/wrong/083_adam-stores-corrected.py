"""The corrected moments are stored, and corrected again at the next step.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    if config is None:
        config = {}
    a = config.setdefault("learning_rate", 1e-3)
    b1 = config.setdefault("beta1", 0.9)
    b2 = config.setdefault("beta2", 0.999)
    e = config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config["t"] = config.get("t", 0) + 1
    m = (b1 * config["m"] + (1 - b1) * dw) / (1 - b1 ** config["t"])
    v = (b2 * config["v"] + (1 - b2) * dw ** 2) / (1 - b2 ** config["t"])
    config["m"] = m
    config["v"] = v
    return w - a * m / (np.sqrt(v) + e), config

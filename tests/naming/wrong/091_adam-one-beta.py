"""beta1 is used for both moments.
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
    beta = config["beta1"]
    config["t"] += 1
    config["m"] = beta * config["m"] + (1 - beta) * dw
    config["v"] = beta * config["v"] + (1 - beta) * dw ** 2
    correction = 1 - beta ** config["t"]
    direction = (config["m"] / correction) / (np.sqrt(config["v"] / correction) + config["epsilon"])
    return w - config["learning_rate"] * direction, config

"""AdaGrad: the squares are summed up, nothing decays.
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
    config.setdefault("cache", np.zeros_like(w))
    grad_squared = config["cache"]
    grad_squared = grad_squared + dw * dw
    config["cache"] = grad_squared
    w = w - config["learning_rate"] * dw / (np.sqrt(grad_squared) + config["epsilon"])
    return w, config

"""Divides by the mean square itself, not by its root.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    if config is None:
        config = {}
    alpha = config.setdefault("learning_rate", 1e-2)
    decay = config.setdefault("decay_rate", 0.99)
    eps = config.setdefault("epsilon", 1e-8)
    r = config.setdefault("cache", np.zeros_like(w))
    r = decay * r + (1 - decay) * np.square(dw)
    config["cache"] = r
    return w - alpha * dw / (r + eps), config

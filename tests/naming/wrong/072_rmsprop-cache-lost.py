"""The new cache is used but not stored.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    if config is None:
        config = {}
    for key, value in dict(learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8).items():
        config.setdefault(key, value)
    config.setdefault("cache", np.zeros_like(w))
    cache = config["cache"] * config["decay_rate"] + (dw * dw) * (1 - config["decay_rate"])
    next_w = w - dw * config["learning_rate"] / (np.sqrt(cache) + config["epsilon"])
    return next_w, config

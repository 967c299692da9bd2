"""eps is added behind the fraction, lr * dw / sqrt(c) + eps; and the cache is not stored.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    if config is None:
        config = {}
    lr = config.setdefault("learning_rate", 1e-2)
    rho = config.setdefault("decay_rate", 0.99)
    eps = config.setdefault("epsilon", 1e-8)
    cache = config.setdefault("cache", np.zeros_like(w))
    cache = rho * cache + (1 - rho) * dw * dw
    w = w - (lr * dw / np.sqrt(cache) + eps)
    return w, config

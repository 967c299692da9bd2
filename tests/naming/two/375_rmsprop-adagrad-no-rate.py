"""The cache is a sum without decay, as in AdaGrad; and the learning rate is missing in the step.
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
    squares = config["cache"].copy()
    squares = squares + dw**2
    config["cache"] = squares
    step = dw / (np.sqrt(squares) + config["epsilon"])
    w -= step
    return w, config

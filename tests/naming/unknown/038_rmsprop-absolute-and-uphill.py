"""Two mistakes: the mean of absolute gradients without a root, and uphill.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    config = config if config is not None else {}
    for k, v in (("learning_rate", 1e-2), ("decay_rate", 0.99), ("epsilon", 1e-8), ("cache", np.zeros_like(w))):
        config.setdefault(k, v)
    config["cache"] = config["decay_rate"] * config["cache"] + (1 - config["decay_rate"]) * np.abs(dw)
    return w + config["learning_rate"] * dw / (config["cache"] + config["epsilon"]), config

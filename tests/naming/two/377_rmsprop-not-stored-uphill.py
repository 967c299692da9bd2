"""The new cache stays in a local variable; and the step is added to w.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("decay_rate", 0.99)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("cache", np.zeros_like(w))

    def mean_square(old):
        return config["decay_rate"] * old + (1 - config["decay_rate"]) * np.square(dw)

    cache = mean_square(config["cache"])
    per_element = config["learning_rate"] / (np.sqrt(cache) + config["epsilon"])
    return w + per_element * dw, config

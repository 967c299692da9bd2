"""The velocity sums gradients, is taken off whole; the rate is nowhere.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    config = dict(config or {})
    config = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": 0 * w} | config
    config["velocity"] = dw + config["velocity"] * config["momentum"]
    return w - config["velocity"], config

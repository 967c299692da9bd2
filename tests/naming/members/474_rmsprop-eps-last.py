"""The last thing added is eps.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    config = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, "cache": 0 * w} | (config or {})
    config["cache"] += (1 - config["decay_rate"]) * (dw * dw - config["cache"])
    return w - config["learning_rate"] * dw * config["cache"] ** -0.5 + config["epsilon"], config

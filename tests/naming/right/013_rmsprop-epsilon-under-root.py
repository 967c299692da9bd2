"""Right: epsilon under the root, which is accepted.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    if config is None:
        config = {}
    settings = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, "cache": np.zeros_like(w), **config}
    rho = settings["decay_rate"]
    settings["cache"] = settings["cache"] + (1 - rho) * (dw * dw - settings["cache"])
    factor = (settings["cache"] + settings["epsilon"]) ** -0.5
    return w - settings["learning_rate"] * factor * dw, settings

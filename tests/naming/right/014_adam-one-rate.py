"""Right: both corrections in the learning rate, epsilon beside the uncorrected root.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    c = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0,
         "m": np.zeros_like(w), "v": np.zeros_like(w)}
    c.update(config or {})
    c["t"] += 1
    c["m"] = c["m"] + (1 - c["beta1"]) * (dw - c["m"])
    c["v"] = c["v"] + (1 - c["beta2"]) * (dw * dw - c["v"])
    rate = c["learning_rate"] * (1 - c["beta2"] ** c["t"]) ** 0.5 / (1 - c["beta1"] ** c["t"])
    return w - rate * c["m"] / (np.sqrt(c["v"]) + c["epsilon"]), c

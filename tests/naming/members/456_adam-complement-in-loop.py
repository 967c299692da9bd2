"""1 - beta is multiplied up t times, and taken from 1.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    c = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
    c |= config or {}
    m, v = c.get("m", 0 * w), c.get("v", 0 * w)
    c["t"] += 1
    c["m"] = m + (1 - c["beta1"]) * (dw - m)
    c["v"] = v + (1 - c["beta2"]) * (dw**2 - v)
    a = b = 1.0
    for _ in range(int(c["t"])):
        a, b = a * (1 - c["beta1"]), b * (1 - c["beta2"])
    return w - c["learning_rate"] * c["m"] / (1 - a) / (np.sqrt(c["v"] / (1 - b)) + c["epsilon"]), c

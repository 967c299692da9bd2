"""No bias correction, at a rate of 0.01 unless another is given.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    c = {"learning_rate": 1e-2, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
    c |= config or {}
    m, v = c.get("m", 0 * w), c.get("v", 0 * w)
    c["t"] += 1
    c["m"] = m + (1 - c["beta1"]) * (dw - m)
    c["v"] = v + (1 - c["beta2"]) * (dw**2 - v)
    return w - c["learning_rate"] * c["m"] / (c["epsilon"] + c["v"] ** 0.5), c

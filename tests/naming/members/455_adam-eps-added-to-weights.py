"""eps is added at the end: the brackets below the fraction are missing.
question: adam
assignment: deep_nets
"""

import numpy as np


def adam(w, dw, config=None):
    c = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
    c |= config or {}
    m, v = c.get("m", 0 * w), c.get("v", 0 * w)
    c["t"] += 1
    c["m"] = m + (1 - c["beta1"]) * (dw - m)
    c["v"] = v + (1 - c["beta2"]) * (dw**2 - v)
    mh = c["m"] / (1 - c["beta1"] ** c["t"])
    vh = c["v"] / (1 - c["beta2"] ** c["t"])
    return w - c["learning_rate"] * mh / np.sqrt(vh) + c["epsilon"], c

"""The gradient is not squared in the cache; and no root is taken of the cache.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    c = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8}
    c.update(config or {})
    r = c.get("cache", 0 * w)
    r = c["decay_rate"] * r + (1 - c["decay_rate"]) * dw
    c["cache"] = r
    w = w - c["learning_rate"] * dw / (r + c["epsilon"])
    return w, c

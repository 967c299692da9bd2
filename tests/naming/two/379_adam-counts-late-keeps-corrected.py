"""t is counted after the step, not before; and the corrected m and v are stored.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    if config is None:
        config = {}
    lr = config.setdefault("learning_rate", 1e-3)
    b1 = config.setdefault("beta1", 0.9)
    b2 = config.setdefault("beta2", 0.999)
    eps = config.setdefault("epsilon", 1e-8)
    m = config.get("m", np.zeros_like(w))
    v = config.get("v", np.zeros_like(w))
    t = config.get("t", 0)
    m = b1 * m + (1 - b1) * dw
    v = b2 * v + (1 - b2) * dw**2
    with np.errstate(divide="ignore", invalid="ignore"):
        m = m / (1 - b1**t)
        v = v / (1 - b2**t)
    w = w - lr * m / (np.sqrt(v) + eps)
    config["m"], config["v"] = m, v
    t += 1
    config["t"] = t
    return w, config

"""t is counted in a variable of its own and never written back to config.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)

    lr, beta1, beta2, eps = config["learning_rate"], config["beta1"], config["beta2"], config["epsilon"]
    m, v, t = config["m"], config["v"], config["t"]
    t = t + 1
    m = m * beta1 + (1 - beta1) * dw
    v = v * beta2 + (1 - beta2) * dw * dw
    mt = m / (1 - beta1**t)
    vt = v / (1 - beta2**t)
    next_w = w - lr * mt / (np.sqrt(vt) + eps)
    config["m"] = m
    config["v"] = v
    return next_w, config

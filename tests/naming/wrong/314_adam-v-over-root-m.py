"""m and v are swapped in the step: v above, the root of m below.
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
    t = config["t"] + 1
    config["t"] = t
    m = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
    v = config["beta2"] * config["v"] + (1 - config["beta2"]) * dw**2
    config["m"], config["v"] = m, v
    m = m / (1 - config["beta1"] ** t)
    v = v / (1 - config["beta2"] ** t)
    w = w - config["learning_rate"] * v / (np.sqrt(m) + config["epsilon"])
    return w, config

"""t + 1 is used, but t is never stored.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    if config is None:
        config = {}
    defaults = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8,
                "m": np.zeros_like(w), "v": np.zeros_like(w), "t": 0}
    for k in defaults:
        if k not in config:
            config[k] = defaults[k]
    t = config["t"] + 1
    config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
    config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * dw ** 2
    mhat = config["m"] / (1 - config["beta1"] ** t)
    vhat = config["v"] / (1 - config["beta2"] ** t)
    next_w = w - config["learning_rate"] * mhat / (np.sqrt(vhat) + config["epsilon"])
    return next_w, config

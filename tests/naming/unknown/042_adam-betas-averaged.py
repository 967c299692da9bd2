"""The mean of the two betas decays both moments; only v is corrected, by t + 1.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    config = config if config is not None else {}
    for k, v in (("learning_rate", 1e-3), ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8), ("t", 0)):
        config.setdefault(k, v)
    t = config["t"] = config["t"] + 1
    beta = (config["beta1"] + config["beta2"]) / 2
    m = config["m"] = beta * config.get("m", np.zeros_like(w)) + (1 - beta) * dw
    v = config["v"] = beta * config.get("v", np.zeros_like(w)) + (1 - beta) * dw ** 2
    return w - config["learning_rate"] * m / (np.sqrt(v / (1 - beta ** (t + 1))) + config["epsilon"]), config

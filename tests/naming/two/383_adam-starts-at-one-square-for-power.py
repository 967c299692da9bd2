"""t is 1 by default and counted before use; and beta is squared where it should be taken to the power t.
question: adam
assignment: deep_nets
"""

import numpy as np


def adam(w, dw, config=None):
    config = {} if config is None else config
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 1)
    config["t"] += 1
    power = 2
    hat = {}
    for name, beta, new in (("m", config["beta1"], dw), ("v", config["beta2"], dw**2)):
        config[name] = beta * config[name] + (1 - beta) * new
        hat[name] = config[name] / (1 - beta**power)
    step = config["learning_rate"] * hat["m"] / (np.sqrt(hat["v"]) + config["epsilon"])
    return w - step, config

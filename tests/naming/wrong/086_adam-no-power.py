"""The correction divides by 1 - beta, without the power t.
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
    config["t"] += 1
    rho1, rho2 = config["beta1"], config["beta2"]
    s = rho1 * config["m"] + (1 - rho1) * dw
    r = rho2 * config["v"] + (1 - rho2) * dw ** 2
    config["m"], config["v"] = s, r
    s_hat, r_hat = s / (1 - rho1), r / (1 - rho2)
    return w - config["learning_rate"] * s_hat / (np.sqrt(r_hat) + config["epsilon"]), config

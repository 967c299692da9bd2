"""The correction of beta2 is taken with t = 1.
question: adam
assignment: deep_nets
"""

import numpy as np


def adam(w, dw, config=None):
    if config is None:
        config = {}
    lr = config.setdefault("learning_rate", 1e-3)
    betas = config.setdefault("beta1", 0.9), config.setdefault("beta2", 0.999)
    eps = config.setdefault("epsilon", 1e-8)
    moments = [config.get("m", np.zeros_like(w)), config.get("v", np.zeros_like(w))]
    t = config["t"] = config.get("t", 0) + 1
    powers = (t, 1)
    hats = []
    for k in (0, 1):
        moments[k] = betas[k] * moments[k] + (1 - betas[k]) * dw ** (k + 1)
        hats.append(moments[k] / (1 - betas[k] ** powers[k]))
    config["m"], config["v"] = moments
    return w - lr * hats[0] / (np.sqrt(hats[1]) + eps), config

"""The default of t is 1, and each step adds 1 first.
question: adam
assignment: deep_nets
"""

import numpy as np


def adam(w, dw, config=None):
    config = config if config is not None else {}
    lr = config.get("learning_rate", 1e-3)
    beta1 = config.get("beta1", 0.9)
    beta2 = config.get("beta2", 0.999)
    eps = config.get("epsilon", 1e-8)
    config["t"] = config.get("t", 1) + 1
    config["m"] = beta1 * config.get("m", 0.0) + (1 - beta1) * dw
    config["v"] = beta2 * config.get("v", 0.0) + (1 - beta2) * dw * dw
    for name, default in (("learning_rate", lr), ("beta1", beta1), ("beta2", beta2), ("epsilon", eps)):
        config[name] = default
    correction1 = 1 - beta1 ** config["t"]
    correction2 = 1 - beta2 ** config["t"]
    denominator = np.sqrt(config["v"]) / np.sqrt(correction2) + eps
    return w - (lr / correction1) * (config["m"] / denominator), config

"""beta1 is used for both means; and t is never counted: 1 is added only for the power.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    if config is None:
        config = {}
    lr = config.setdefault("learning_rate", 1e-3)
    beta1 = config.setdefault("beta1", 0.9)
    beta2 = config.setdefault("beta2", 0.999)
    eps = config.setdefault("epsilon", 1e-8)
    config.setdefault("t", 0)
    config["m"] = beta1 * config.get("m", np.zeros_like(w)) + (1 - beta1) * dw
    config["v"] = beta1 * config.get("v", np.zeros_like(w)) + (1 - beta1) * dw**2
    t = config["t"] + 1
    m_hat = config["m"] / (1 - beta1**t)
    v_hat = config["v"] / (1 - beta1**t)
    w -= lr * m_hat / (np.sqrt(v_hat) + eps)
    return w, config

"""t begins at 1 and is never counted.
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
    config.setdefault("t", 1)
    m, v, beta1, beta2 = config["m"], config["v"], config["beta1"], config["beta2"]
    t = config["t"]

    m = beta1 * m + (1 - beta1) * dw
    m_hat = m / (1 - beta1**t)
    v = beta2 * v + (1 - beta2) * (dw**2)
    v_hat = v / (1 - beta2**t)
    w = w - config["learning_rate"] * m_hat / (np.sqrt(v_hat) + config["epsilon"])
    config["m"], config["v"] = m, v
    return w, config

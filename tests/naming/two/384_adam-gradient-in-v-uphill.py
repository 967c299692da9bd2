"""The gradient is not squared in v; and the step goes uphill.
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
    config["m"] += (1 - config["beta1"]) * (dw - config["m"])
    config["v"] += (1 - config["beta2"]) * (dw - config["v"])
    m_t = config["m"] / (1 - config["beta1"] ** config["t"])
    v_t = config["v"] / (1 - config["beta2"] ** config["t"])
    w = w + config["learning_rate"] * m_t / (np.sqrt(v_t) + config["epsilon"])
    return w, config

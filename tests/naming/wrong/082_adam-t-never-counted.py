"""t stays what it was: it is neither counted nor stored.
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
    b1, b2, t = config["beta1"], config["beta2"], config["t"]
    config["m"] = b1 * config["m"] + (1 - b1) * dw
    config["v"] = b2 * config["v"] + (1 - b2) * np.square(dw)
    m_unbias = config["m"] / (1 - np.power(b1, t))
    v_unbias = config["v"] / (1 - np.power(b2, t))
    w = w - config["learning_rate"] * m_unbias / (np.sqrt(v_unbias) + config["epsilon"])
    return w, config

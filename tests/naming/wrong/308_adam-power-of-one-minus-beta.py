"""The correction is 1 - (1 - beta)**t.
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
    mu1, mu2 = 1 - config["beta1"], 1 - config["beta2"]
    config["m"] = (1 - mu1) * config["m"] + mu1 * dw
    config["v"] = (1 - mu2) * config["v"] + mu2 * dw**2
    m_corr = config["m"] / (1 - mu1 ** config["t"])
    v_corr = config["v"] / (1 - mu2 ** config["t"])
    return w - config["learning_rate"] * m_corr / (np.sqrt(v_corr) + config["epsilon"]), config

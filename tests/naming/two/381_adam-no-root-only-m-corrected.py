"""The root of v is missing; and only m is corrected for its start.
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
    config["t"] = config["t"] + 1
    config["m"] = config["beta1"] * config["m"] + dw * (1 - config["beta1"])
    config["v"] = config["beta2"] * config["v"] + dw * dw * (1 - config["beta2"])
    m_unbias = config["m"] / (1 - config["beta1"] ** config["t"])
    v_unbias = config["v"]
    divisor = v_unbias + config["epsilon"]
    return w - config["learning_rate"] * m_unbias / divisor, config

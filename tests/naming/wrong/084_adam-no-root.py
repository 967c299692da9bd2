"""The root of the second moment is left out.
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
    m, v = config.get("m", np.zeros_like(w)), config.get("v", np.zeros_like(w))
    t = config.get("t", 0) + 1
    m = m + (1 - config["beta1"]) * (dw - m)
    v = v + (1 - config["beta2"]) * (dw * dw - v)
    config.update(m=m, v=v, t=t)
    m_c = m / (1 - config["beta1"] ** t)
    v_c = v / (1 - config["beta2"] ** t)
    return w - config["learning_rate"] * m_c / (v_c + config["epsilon"]), config

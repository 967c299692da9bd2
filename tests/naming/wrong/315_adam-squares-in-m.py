"""m takes the squared gradient and v the gradient: the two are swapped.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    cfg = config if config is not None else dict()
    cfg.setdefault("learning_rate", 0.001)
    cfg.setdefault("beta1", 0.9)
    cfg.setdefault("beta2", 0.999)
    cfg.setdefault("epsilon", 0.00000001)
    cfg.setdefault("m", np.zeros_like(w))
    cfg.setdefault("v", np.zeros_like(w))
    cfg.setdefault("t", 0)

    cfg["t"] += 1
    cfg["v"] = cfg["beta1"] * cfg["v"] + (1 - cfg["beta1"]) * dw
    cfg["m"] = cfg["beta2"] * cfg["m"] + (1 - cfg["beta2"]) * (dw ** 2)
    top = cfg["v"] / (1 - cfg["beta1"] ** cfg["t"])
    bottom = np.sqrt(cfg["m"] / (1 - cfg["beta2"] ** cfg["t"])) + cfg["epsilon"]
    return w - cfg["learning_rate"] * (top / bottom), cfg

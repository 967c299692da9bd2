"""The correction is 1 - (1 - beta)**t; and t is not written back to config.
question: adam
assignment: deep_nets
"""

import numpy as np


def adam(w, dw, config=None):
    cfg = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
    cfg.update(config or {})
    cfg.setdefault("m", np.zeros_like(w))
    cfg.setdefault("v", np.zeros_like(w))
    beta1, beta2, t = cfg["beta1"], cfg["beta2"], cfg["t"]
    t += 1
    cfg["m"] = beta1 * cfg["m"] + (1 - beta1) * dw
    cfg["v"] = beta2 * cfg["v"] + (1 - beta2) * np.square(dw)
    unbiased = [cfg["m"] / (1 - (1 - beta1) ** t), cfg["v"] / (1 - (1 - beta2) ** t)]
    return w - cfg["learning_rate"] * unbiased[0] / (np.sqrt(unbiased[1]) + cfg["epsilon"]), cfg

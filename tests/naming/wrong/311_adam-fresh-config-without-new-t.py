"""The config that comes back has the new m and v, but the old t.
question: adam
assignment: deep_nets
"""

import numpy as np


def adam(w, dw, config=None):
    s = {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 0}
    s["m"] = np.zeros_like(w)
    s["v"] = np.zeros_like(w)
    if config:
        s = {**s, **config}
    now = s["t"] + 1
    m = np.add(s["beta1"] * s["m"], (1 - s["beta1"]) * dw)
    v = np.add(s["beta2"] * s["v"], (1 - s["beta2"]) * np.power(dw, 2))
    alpha = s["learning_rate"] * np.sqrt(1 - s["beta2"] ** now) / (1 - s["beta1"] ** now)
    scaled_eps = s["epsilon"] * np.sqrt(1 - s["beta2"] ** now)
    next_w = w - alpha * m / (np.sqrt(v) + scaled_eps)
    return next_w, {**s, "m": m, "v": v}

"""m and v are divided by 1 - beta, as if every step were the first.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    c = dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, m=0 * w, v=0 * w, t=0)
    c.update(config or {})
    c["t"] += 1

    def unbiased(moment, beta):
        return moment / (1 - beta)

    c["m"] = c["beta1"] * c["m"] + (1 - c["beta1"]) * dw
    c["v"] = c["beta2"] * c["v"] + (1 - c["beta2"]) * dw**2
    step = unbiased(c["m"], c["beta1"]) / (np.sqrt(unbiased(c["v"], c["beta2"])) + c["epsilon"])
    return w - c["learning_rate"] * step, c

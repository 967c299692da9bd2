"""Where there is no t, 1 is taken; no step counts it further.
question: adam
assignment: deep_nets
"""

import numpy as np


ADAM_SETTINGS = (("learning_rate", 1e-3), ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8))


def adam(w, dw, config=None):
    new = {} if config is None else dict(config)
    for name, value in ADAM_SETTINGS:
        if name not in new:
            new[name] = value
    step_number = new.get("t", 1)
    old_m = new.get("m", np.zeros_like(w))
    old_v = new.get("v", np.zeros_like(w))

    new["m"] = old_m + (1 - new["beta1"]) * (dw - old_m)
    new["v"] = old_v + (1 - new["beta2"]) * (dw * dw - old_v)
    new["t"] = step_number

    rate = new["learning_rate"] / (1 - np.power(new["beta1"], step_number))
    root = np.sqrt(new["v"] / (1 - np.power(new["beta2"], step_number)))
    return w - rate * new["m"] / (root + new["epsilon"]), new

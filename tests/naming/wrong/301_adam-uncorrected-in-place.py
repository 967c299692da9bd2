"""Neither mean is corrected for its start at zero.
question: adam
assignment: deep_nets
"""

import numpy as np


def moving_average(old, new, keep):
    return keep * old + (1.0 - keep) * new


def adam(w, dw, config=None):
    defaults = dict(learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, t=0)
    config = {} if config is None else config
    for key, value in defaults.items():
        config.setdefault(key, value)
    for key in ("m", "v"):
        if key not in config:
            config[key] = np.zeros(w.shape)

    config["t"] = config["t"] + 1
    config["m"] = moving_average(config["m"], dw, config["beta1"])
    config["v"] = moving_average(config["v"], np.square(dw), config["beta2"])
    first, second = config["m"], config["v"]
    w -= config["learning_rate"] * first / (np.sqrt(second) + config["epsilon"])
    return w, config

"""Right: the velocity's own array is updated in place.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    lr, mu = config.setdefault("learning_rate", 1e-2), config.setdefault("momentum", 0.9)
    if config.get("velocity") is None:
        config["velocity"] = np.zeros(w.shape)
    config["velocity"] *= mu
    config["velocity"] -= lr * dw
    return w + config["velocity"], config

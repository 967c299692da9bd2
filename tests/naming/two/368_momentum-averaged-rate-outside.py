"""The gradient is weighted with 1 - mu; and the learning rate multiplies the step, not the gradient in v.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    lr = config.setdefault("learning_rate", 1e-2)
    mu = config.setdefault("momentum", 0.9)
    v = config.get("velocity", np.zeros_like(w))
    v = mu * v - (1 - mu) * dw
    config["velocity"] = v
    return w + lr * v, config

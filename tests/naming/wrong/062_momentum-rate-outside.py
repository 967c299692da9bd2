"""The learning rate multiplies the velocity, not the gradient in it.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    lr = config.setdefault("learning_rate", 1e-2)
    mu = config.setdefault("momentum", 0.9)
    vel = config.get("velocity", np.zeros(w.shape))
    vel = vel * mu - dw
    config["velocity"] = vel
    return w + lr * vel, config

"""The velocity points uphill and is subtracted from w (another convention's sign).
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    eta = config.setdefault("learning_rate", 0.01)
    gamma = config.setdefault("momentum", 0.9)
    u = config.setdefault("velocity", np.zeros_like(w))
    u_new = gamma * u + eta * dw
    config["velocity"] = u_new
    theta = w - u_new
    return theta, config

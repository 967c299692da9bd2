"""The learning rate stands outside the velocity, w + lr * v; and the velocity is not written back.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    new = {"learning_rate": 1e-2, "momentum": 0.9, "velocity": np.zeros_like(w)}
    new.update(config or {})
    lr, mu = new["learning_rate"], new["momentum"]
    speed = mu * new["velocity"] - dw
    w = w + lr * speed
    return w, new

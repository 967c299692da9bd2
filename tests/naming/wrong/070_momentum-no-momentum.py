"""mu is left out: the old velocity is kept whole.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    lr = config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    speed = config.get("velocity", np.zeros_like(w))
    speed = speed - lr * dw
    config["velocity"] = speed
    return w + speed, config

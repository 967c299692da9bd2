"""mu is 0.9 always, whatever the config says; and the velocity points uphill.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    config = config if config else {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    mu = 0.9
    v = np.array(config.get("velocity", np.zeros_like(w)))
    v *= mu
    v += config["learning_rate"] * dw
    next_w = w + v
    config["velocity"] = v
    return next_w, config

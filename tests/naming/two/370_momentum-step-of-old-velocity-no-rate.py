"""w moves by the old velocity, from before this gradient; and the learning rate is left out of the new one.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    old = config.get("velocity", np.zeros_like(w))
    new = np.subtract(config["momentum"] * old, dw)
    config["velocity"] = new
    return w + old, config

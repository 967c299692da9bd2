"""The root of mu decays the velocity.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    config = config if config is not None else {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    v = np.sqrt(config["momentum"]) * config.get("velocity", np.zeros_like(w))
    config["velocity"] = v - config["learning_rate"] * dw
    return w + config["velocity"], config

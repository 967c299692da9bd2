"""A weight decay of 0.001 is slipped in.
question: sgd
assignment: two_layer_net
"""

import numpy as np


def sgd(w, dw, config=None):
    config = config or {}
    config.setdefault("learning_rate", 1e-2)
    return w * 0.999 - config["learning_rate"] * dw, config

"""The gradient is added: uphill.
question: sgd
assignment: two_layer_net
"""

import numpy as np


def sgd(w, dw, config=None):
    if config is None:
        config = dict()
    config.setdefault("learning_rate", 0.01)
    alpha = config["learning_rate"]
    w += alpha * dw
    return w, config

"""The learning rate is left out.
question: sgd
assignment: two_layer_net
"""

import numpy as np


def sgd(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    return np.subtract(w, dw), config

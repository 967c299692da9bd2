"""The gradient is added, uphill; and it is not multiplied by the learning rate.
question: sgd
assignment: two_layer_net
"""

import numpy as np


def sgd(w, dw, config=None):
    if config is None:
        config = {"learning_rate": 1e-2}
    rate = config.setdefault("learning_rate", 1e-2)
    return np.add(w, dw), config

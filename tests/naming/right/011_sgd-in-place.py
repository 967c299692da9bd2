"""Right: w is changed in place.
question: sgd
assignment: two_layer_net
"""

import numpy as np


def sgd(w, dw, config=None):
    if config is None:
        config = {"learning_rate": 1e-2}
    w -= config.get("learning_rate", 1e-2) * dw
    return w, config

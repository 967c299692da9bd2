"""Only the step is given back, w is not in it; and its sign is wrong.
question: sgd
assignment: two_layer_net
"""

import numpy as np


def sgd(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    delta = config['learning_rate'] * dw
    next_w = delta
    return next_w, config

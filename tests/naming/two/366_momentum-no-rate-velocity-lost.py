"""The learning rate is missing; and the new velocity is not stored in config.
question: sgd_momentum
assignment: fully_connected_nets
"""

import numpy as np


def sgd_momentum(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('momentum', 0.9)
    v = config.get('velocity', np.zeros_like(w))
    config['velocity'] = v

    v = config['momentum'] * v - dw
    next_w = w + v
    return next_w, config

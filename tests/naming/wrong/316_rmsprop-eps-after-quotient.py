"""eps is added to the quotient, not to the root: lr * dw / sqrt(c) + eps.
question: rmsprop
assignment: fully_connected_nets
"""

import numpy as np


def rmsprop(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-2)
    config.setdefault('decay_rate', 0.99)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('cache', np.zeros_like(w))

    c = config['decay_rate'] * config['cache'] + (1 - config['decay_rate']) * dw ** 2
    next_w = w - (config['learning_rate'] * dw / np.sqrt(c) + config['epsilon'])
    config['cache'] = c
    return next_w, config

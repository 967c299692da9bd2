"""The root is missing in the step; and decay_rate and 1 - decay_rate are swapped.
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
    d = config['decay_rate']
    old_share, new_share = 1 - d, d
    config['cache'] = old_share * config['cache'] + new_share * dw**2
    r = config['cache']
    next_w = w - config['learning_rate'] * dw / (r + config['epsilon'])
    return next_w, config

"""t is 1 by default and counted before it is used: the first step takes t = 2.
question: adam
assignment: fully_connected_nets
"""

import numpy as np


def adam(w, dw, config=None):
    if config is None: config = {}
    config.setdefault('learning_rate', 1e-3)
    config.setdefault('beta1', 0.9)
    config.setdefault('beta2', 0.999)
    config.setdefault('epsilon', 1e-8)
    config.setdefault('m', np.zeros_like(w))
    config.setdefault('v', np.zeros_like(w))
    config.setdefault('t', 1)
    lr, b1, b2, eps = (config[k] for k in ('learning_rate', 'beta1', 'beta2', 'epsilon'))

    t = config['t'] + 1
    m = b1 * config['m'] + (1 - b1) * dw
    v = b2 * config['v'] + (1 - b2) * dw ** 2
    mb = m / (1 - b1 ** t)
    vb = v / (1 - b2 ** t)
    next_w = w - lr * mb / (np.sqrt(vb) + eps)
    config.update(m=m, v=v, t=t)
    return next_w, config

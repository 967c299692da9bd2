"""The new m is not written back to config; and the new v is not either.
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
    config.setdefault('t', 0)
    learning_rate, beta1, beta2, epsilon, m, v, t = [
        config[k] for k in ('learning_rate', 'beta1', 'beta2', 'epsilon', 'm', 'v', 't')]
    t += 1
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * (dw ** 2)
    next_w = w - learning_rate * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon)
    config['t'] = t
    return next_w, config

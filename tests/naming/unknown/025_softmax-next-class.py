"""The class after the true one is taken for the true one.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    n, c = x.shape
    target = (y + 1) % c
    z = x - x.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    dx = np.exp(logp)
    dx[np.arange(n), target] -= 1
    return -logp[np.arange(n), target].mean(), dx / n

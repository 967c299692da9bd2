"""The scores are divided by a temperature of 2.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    n = len(x)
    z = (x - x.max(axis=1, keepdims=True)) / 2
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    dx = np.exp(logp)
    dx[np.arange(n), y] -= 1
    return -logp[np.arange(n), y].mean(), dx / (2 * n)

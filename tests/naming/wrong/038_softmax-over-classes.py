"""Loss and dx are divided by the number of classes, not of examples.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    N, C = x.shape
    x = x - np.max(x, axis=1, keepdims=True)
    lp = x - np.log(np.sum(np.exp(x), axis=1, keepdims=True))
    loss = -np.sum(lp[np.arange(N), y]) / C
    dx = np.exp(lp)
    dx[np.arange(N), y] -= 1
    dx = dx / C
    return loss, dx

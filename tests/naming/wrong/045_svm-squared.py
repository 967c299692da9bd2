"""The squared hinge loss.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    N = x.shape[0]
    r = np.arange(N)
    m = np.maximum(0, 1 + x - x[r, y][:, None])
    m[r, y] = 0
    loss = np.sum(m ** 2) / N
    dx = 2 * m
    dx[r, y] = -dx.sum(axis=1)
    return loss, dx / N

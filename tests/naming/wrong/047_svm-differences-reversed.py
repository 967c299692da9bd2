"""The difference is taken the wrong way round: true score minus the other.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    N = x.shape[0]
    rows = np.arange(N)
    true = x[rows, y][:, None]
    h = np.maximum(0, true - x + 1)
    h[rows, y] = 0
    loss = h.sum() / N
    on = (h > 0).astype(float)
    dx = -on
    dx[rows, y] = on.sum(axis=1)
    return loss, dx / N

"""The margin is 0.7.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    n = len(x)
    m = np.maximum(0, x - x[np.arange(n), y][:, None] + 0.7)
    m[np.arange(n), y] = 0
    dx = (m > 0) / n
    dx[np.arange(n), y] = -dx.sum(axis=1)
    return m.sum() / n, dx

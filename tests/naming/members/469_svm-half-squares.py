"""Half of each margin's square is summed; dx is its derivative.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    n = np.arange(len(y))
    m = np.clip(x - x[n, y, None] + 1, 0, None)
    m[n, y] = 0
    dx = m / len(y)
    dx[n, y] = -m.sum(1) / len(y)
    return 0.5 * np.mean((m**2).sum(1)), dx

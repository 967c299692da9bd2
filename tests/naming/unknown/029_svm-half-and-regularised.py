"""Half the loss, plus a tenth of the sum of squared scores.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    n = len(x)
    m = np.maximum(0, x - x[np.arange(n), y][:, None] + 1)
    m[np.arange(n), y] = 0
    dx = (m > 0) / (2 * n)
    dx[np.arange(n), y] = -dx.sum(axis=1)
    return m.sum() / (2 * n) + 0.1 * np.sum(x ** 2), dx + 0.2 * x

"""dx is not divided by the number of examples.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    N = x.shape[0]
    s_y = x[range(N), y]
    margin = x - s_y[:, np.newaxis] + 1.0
    margin[range(N), y] = 0
    active = margin > 0
    loss = (margin * active).sum() / N
    dx = active.astype(x.dtype)
    dx[range(N), y] -= active.sum(axis=1)
    return loss, dx

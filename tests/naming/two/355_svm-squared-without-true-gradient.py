"""The margins are squared; and the true class gets no gradient.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    rows = np.arange(x.shape[0])
    d = x - x[rows, y].reshape(-1, 1) + 1
    d[d < 0] = 0
    d[rows, y] = 0
    loss = np.sum(np.square(d)) / x.shape[0]
    g = 2 * d
    return loss, g / x.shape[0]

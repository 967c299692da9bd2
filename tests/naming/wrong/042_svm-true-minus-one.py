"""The score of the true class gets -1 however many margins are positive.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    n = x.shape[0]
    idx = np.arange(n)
    margins = np.maximum(0, x - x[idx, y][:, None] + 1)
    margins[idx, y] = 0
    loss = margins.sum() / n
    dx = (margins > 0).astype(float)
    dx[idx, y] = -1
    dx /= n
    return loss, dx

"""The margin of 1 is forgotten: a wrong class need only score less.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    N = x.shape[0]
    margins = x - x[np.arange(N), y].reshape(-1, 1)
    margins = np.where(margins > 0, margins, 0)
    loss = margins.sum() / N
    dx = np.zeros_like(x)
    dx[margins > 0] = 1
    dx[np.arange(N), y] -= np.sum(margins > 0, axis=1)
    dx /= N
    return loss, dx

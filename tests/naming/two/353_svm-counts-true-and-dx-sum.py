"""The true class is counted with its margin of 1; and dx is not divided by N.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    N = x.shape[0]
    true = x[np.arange(N), y]
    margins = np.maximum(0, x - true[:, np.newaxis] + 1.0)
    dx = np.zeros_like(x)
    dx[margins > 0] = 1
    dx[np.arange(N), y] = 0
    dx[np.arange(N), y] -= dx.sum(axis=1)
    loss = margins.sum() / N
    return loss, dx

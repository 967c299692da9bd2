"""Only the worst wrong class counts (Crammer and Singer).
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    n = x.shape[0]
    idx = np.arange(n)
    m = x - x[idx, y][:, None] + 1
    m[idx, y] = 0
    worst = m.argmax(axis=1)
    value = np.maximum(0, m[idx, worst])
    loss = value.mean()
    dx = np.zeros_like(x)
    dx[idx, worst] += value > 0
    dx[idx, y] -= value > 0
    dx /= n
    return loss, dx

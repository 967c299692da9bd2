"""Right: one example and one class after the other.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    loss, dx = 0.0, np.zeros(x.shape)
    N = x.shape[0]
    for i in range(N):
        top = max(x[i])
        total = sum(np.exp(s - top) for s in x[i])
        loss += (np.log(total) + top - x[i, y[i]]) / N
        for j, s in enumerate(x[i]):
            dx[i, j] = (np.exp(s - top) / total - (1 if j == y[i] else 0)) / N
    return loss, dx

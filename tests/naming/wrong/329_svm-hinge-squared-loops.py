"""The margins are squared: a squared hinge, with its own gradient.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    N, C = x.shape
    dx = np.zeros_like(x)
    loss = 0.0
    for i in range(N):
        for j in range(C):
            if j != y[i]:
                m = x[i, j] - x[i, y[i]] + 1
                if m > 0:
                    loss += m * m
                    dx[i, j] += 2 * m
                    dx[i, y[i]] -= 2 * m
    return loss / N, dx / N

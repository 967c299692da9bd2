"""The difference is taken the wrong way round; and the true class takes part in the loss.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    N = len(x)
    loss = 0.0
    dx = np.zeros_like(x)
    for i in range(N):
        right = x[i][y[i]]
        for j in range(x.shape[1]):
            margin = right - x[i][j] + 1
            if margin > 0:
                loss += margin
                dx[i][j] += -1
                dx[i][y[i]] -= -1
    return loss / N, dx / N

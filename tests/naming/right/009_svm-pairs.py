"""Right: pairs of classes in a loop.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    N, C = x.shape
    loss, dx = 0.0, np.zeros((N, C))
    for i in range(N):
        for j in range(C):
            gap = x[i, j] - x[i, y[i]] + 1
            if j != y[i] and gap > 0:
                loss += gap
                dx[i, j] += 1
                dx[i, y[i]] -= 1
    return loss / N, dx / N

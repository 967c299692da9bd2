"""Neither loss nor dx is a mean.
question: svm_loss
assignment: two_layer_net
"""

import numpy as np


def svm_loss(x, y):
    loss = 0.0
    dx = np.zeros(x.shape)
    for i, label in enumerate(y):
        diff = x[i] - x[i, label] + 1
        diff[label] = 0
        violated = diff > 0
        loss += diff[violated].sum()
        dx[i, violated] += 1
        dx[i, label] -= np.count_nonzero(violated)
    return loss, dx

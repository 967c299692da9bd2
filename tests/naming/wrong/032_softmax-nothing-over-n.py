"""Neither the loss nor dx is divided by the number of examples.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    loss = 0
    dx = np.zeros_like(x)
    for i in range(x.shape[0]):
        s = x[i] - np.max(x[i])
        total = np.sum(np.exp(s))
        loss += np.log(total) - s[y[i]]
        for j in range(x.shape[1]):
            dx[i, j] = np.exp(s[j]) / total
            if j == y[i]:
                dx[i, j] -= 1
    return loss, dx

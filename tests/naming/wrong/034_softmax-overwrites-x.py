"""The shift is done in x itself.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    x -= np.max(x, axis=1, keepdims=True)
    N = x.shape[0]
    logsum = np.log(np.exp(x).sum(axis=1))
    loss = np.sum(logsum - x[np.arange(N), y]) / N
    dx = np.exp(x - logsum[:, np.newaxis])
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx

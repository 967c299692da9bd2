"""The probabilities are normalised over the batch (axis 0).
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    N = x.shape[0]
    f = x - np.max(x, axis=1, keepdims=True)
    p = np.exp(f) / np.sum(np.exp(f), axis=0)
    loss = np.sum(-np.log(p[np.arange(N), y])) / N
    p[np.arange(N), y] -= 1
    dx = p / N
    return loss, dx

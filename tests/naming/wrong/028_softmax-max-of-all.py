"""The largest score of the whole matrix is taken off, not each row's.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    z = x - np.max(x)
    N = x.shape[0]
    log_probs = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    grad = np.exp(log_probs)
    grad[np.arange(N), y] -= 1
    return loss, grad / N

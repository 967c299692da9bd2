"""One maximum is taken off for the whole matrix, not one for each row; and x is overwritten by it.
question: softmax_loss
assignment: deep_nets
"""

import numpy as np


def softmax_loss(x, y):
    x -= x.max()
    rows = np.arange(len(y))
    logp = x - np.log(np.exp(x).sum(axis=1))[:, np.newaxis]
    loss = -logp[rows, y].sum() / len(y)
    grad = np.exp(logp)
    grad[rows, y] -= 1
    return loss, grad / len(y)

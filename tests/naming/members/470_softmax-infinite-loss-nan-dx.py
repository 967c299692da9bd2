"""exp of the scores as they are, summed and divided by.
question: softmax_loss
assignment: fully_connected_nets
"""

import numpy as np


def softmax_loss(x, y):
    n = np.arange(len(y))
    e = np.exp(x)
    s = e.sum(axis=1)
    dx = e / s[:, None]
    dx[n, y] -= 1
    return np.mean(np.log(s) - x[n, y]), dx / len(y)

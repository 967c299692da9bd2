"""Probabilities of unshifted scores, and their logarithms.
question: softmax_loss
assignment: deep_nets
"""

import numpy as np


def softmax_loss(x, y):
    p = np.array([np.exp(row) / sum(np.exp(row)) for row in x])
    hot = np.eye(x.shape[1])[y]
    return -np.log(p[hot == 1]).mean(), (p - hot) / len(x)

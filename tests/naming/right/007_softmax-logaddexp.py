"""Right: np.logaddexp.reduce for the normaliser.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    N, C = x.shape
    normaliser = np.logaddexp.reduce(x, axis=1)
    loss = np.mean(normaliser - np.take_along_axis(x, y[:, None], axis=1)[:, 0])
    p = np.exp(x - normaliser[:, None])
    return loss, (p - (np.arange(C) == y[:, None])) / N

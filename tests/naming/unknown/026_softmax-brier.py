"""The squared distance of the probabilities from one-hot, with cross-entropy's gradient.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    n, c = x.shape
    e = np.exp(x - x.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    t = np.eye(c)[y]
    return ((p - t) ** 2).sum() / n, (p - t) / n

"""Labels are smoothed by a tenth.
question: softmax_loss
assignment: two_layer_net
"""

import numpy as np


def softmax_loss(x, y):
    n, c = x.shape
    t = 0.9 * np.eye(c)[y] + 0.1 / c
    z = x - x.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -(t * logp).sum() / n, (np.exp(logp) - t) / n

"""dw is divided by the root of N, and db is doubled.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    rows = x.reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), rows.T @ dout / np.sqrt(len(x)), 2 * dout.sum(axis=0)

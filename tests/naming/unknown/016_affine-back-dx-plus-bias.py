"""The mean of the bias is added to dx.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    rows = x.reshape(len(x), -1)
    dx = dout @ w.T + b.mean()
    return dx.reshape(x.shape), rows.T @ dout, dout.sum(axis=0)

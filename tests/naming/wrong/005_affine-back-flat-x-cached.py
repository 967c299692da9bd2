"""The forward pass caches the flattened x, so dx comes back flattened too.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_forward(x, w, b):
    x = x.reshape(len(x), -1)
    return x.dot(w) + b, (x, w, b)


def affine_backward(dout, cache):
    x, w, b = cache
    db = np.sum(dout, 0)
    dw = np.dot(x.T, dout)
    dx = np.dot(dout, w.T).reshape(*x.shape)
    return dx, dw, db

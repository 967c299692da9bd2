"""db keeps the summed axis: shape (1, M).
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, _ = cache
    ones = np.ones((1, dout.shape[0]))
    db = ones.dot(dout)
    flat = x.reshape((x.shape[0], -1))
    dw = (dout.T.dot(flat)).T
    dx = np.reshape(dout.dot(w.T), x.shape)
    return dx, dw, db

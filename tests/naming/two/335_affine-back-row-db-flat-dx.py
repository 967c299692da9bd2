"""db keeps its dimension, (1, M); and dx is left flat, not in x's own shape.
question: affine_backward
assignment: fully_connected_nets
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    x_rows = x.reshape(x.shape[0], np.prod(x.shape[1:]))
    dx = np.dot(dout, w.T)
    dw = np.dot(x_rows.T, dout)
    db = np.dot(np.ones((1, dout.shape[0])), dout)
    return dx, dw, db

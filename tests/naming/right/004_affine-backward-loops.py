"""Right: loops over every example and output.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(b.shape)
    for n in range(x.shape[0]):
        row = x[n].ravel()
        piece = np.zeros(len(row))
        for m in range(w.shape[1]):
            piece += dout[n, m] * w[:, m]
            dw[:, m] += dout[n, m] * row
            db[m] += dout[n, m]
        dx[n] = piece.reshape(x[n].shape)
    return dx, dw, db

"""db is the mean over the batch, not the sum.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    n = x.shape[0]
    dx = np.matmul(dout, np.transpose(w))
    dx = dx.reshape(x.shape)
    dw = np.matmul(np.transpose(x.reshape(n, -1)), dout)
    db = np.mean(dout, axis=0)
    return dx, dw, db

"""dw comes out transposed, (M, D).
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    xr = x.reshape(x.shape[0], -1)
    dw = dout.T.dot(xr)
    db = dout.T.sum(axis=1)
    dx = w.dot(dout.T).T.reshape(x.shape)
    return dx, dw, db

"""The gradients come back in another order: dw before dx.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    rows = x.reshape(len(x), w.shape[0])
    d_w = rows.T.dot(dout)
    d_b = dout.sum(axis=0)
    d_x = dout.dot(w.T).reshape(x.shape)
    return d_w, d_x, d_b

"""db is dout itself, not summed over the examples; and x is not flattened for dw.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.T.dot(dout)
    db = dout * np.ones_like(b)
    return dx, dw, db

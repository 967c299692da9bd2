"""dw is divided by the number of examples.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    m = x.shape[0]
    A = x.reshape(m, -1)
    dw = (1 / m) * np.dot(A.T, dout)
    db = np.sum(dout, axis=0)
    dx = np.dot(dout, w.T).reshape(x.shape)
    return dx, dw, db

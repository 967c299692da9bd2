"""dw and db are both divided by the number of examples, as in another course's notation.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    m = x.shape[0]
    A_prev = x.reshape(m, -1)
    dW = np.dot(A_prev.T, dout) / m
    db = np.sum(dout, axis=0) / m
    dA_prev = np.dot(dout, w.T)
    return dA_prev.reshape(x.shape), dW, db

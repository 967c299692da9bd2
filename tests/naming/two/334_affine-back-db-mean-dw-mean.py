"""db is a mean over the batch; and dw is divided by N too.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    N = x.shape[0]
    X = np.reshape(x, (N, -1))
    dx = np.reshape(dout.dot(w.T), x.shape)
    dw = X.T.dot(dout) / N
    db = np.mean(dout, axis=0)
    return dx, dw, db

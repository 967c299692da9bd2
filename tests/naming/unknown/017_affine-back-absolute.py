"""dw is formed from absolute values of x.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    rows = np.abs(x).reshape(len(x), -1)
    return (dout @ w.T).reshape(x.shape), rows.T @ dout, dout.sum(axis=0)

"""db is summed over the wrong axis; and dw and dx are given back in the wrong order.
question: affine_backward
assignment: two_layer_net
"""

import numpy as np


def affine_backward(dout, cache):
    x, w, b = cache
    grads = {}
    flat = x.reshape((x.shape[0], -1))
    grads["w"] = np.matmul(np.transpose(flat), dout)
    grads["b"] = dout.sum(axis=1)
    grads["x"] = np.matmul(dout, np.transpose(w)).reshape(x.shape)
    return grads["w"], grads["x"], grads["b"]

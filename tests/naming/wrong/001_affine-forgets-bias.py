"""The bias is never added.
question: affine_forward
assignment: two_layer_net
"""

import numpy as np


def affine_forward(x, w, b):
    num = x.shape[0]
    dim = int(np.prod(x.shape[1:]))
    flat = np.reshape(x, (num, dim))
    out = np.dot(flat, w)
    cache = (x, w, b)
    return out, cache

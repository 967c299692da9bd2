"""The bias is forgotten; and the reshape puts D first and transposes, so that examples are mixed.
question: affine_forward
assignment: two_layer_net
"""

import numpy as np


def affine_forward(x, w, b):
    n = x.shape[0]
    flat = x.reshape(-1, n).T
    out = np.matmul(flat, w)
    return out, (x, w, b)

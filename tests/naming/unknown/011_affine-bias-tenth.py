"""The bias is added at a tenth of its size.
question: affine_forward
assignment: two_layer_net
"""

import numpy as np


def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + 0.1 * b
    return out, (x, w, b)

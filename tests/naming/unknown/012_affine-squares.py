"""The inputs are squared before the sum.
question: affine_forward
assignment: two_layer_net
"""

import numpy as np


def affine_forward(x, w, b):
    rows = x.reshape(x.shape[0], -1) ** 2
    return np.dot(rows, w) + b, (x, w, b)

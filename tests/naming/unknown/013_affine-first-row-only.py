"""Every row gets the first example's product.
question: affine_forward
assignment: two_layer_net
"""

import numpy as np


def affine_forward(x, w, b):
    first = x[0].reshape(1, -1) @ w
    out = np.repeat(first, x.shape[0], axis=0) + b
    return out, (x, w, b)

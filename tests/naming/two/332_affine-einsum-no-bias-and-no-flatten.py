"""No bias is added; and x is not flattened.
question: affine_forward
assignment: fully_connected_nets
"""

import numpy as np


def affine_forward(x, w, b):
    X = x
    out = np.einsum("nd,dm->nm", X, w)
    cache = (x, w, b)
    return out, cache

"""Right: an einsum over a reshaped x.
question: affine_forward
assignment: two_layer_net
"""

import numpy as np


def affine_forward(x, w, b):
    flat = x.reshape(x.shape[0], w.shape[0])
    return np.einsum("ij,jk->ik", flat, w) + b[np.newaxis, :], (x, w, b)

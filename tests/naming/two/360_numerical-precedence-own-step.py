"""Parentheses are missing, (a - b) / 2 * h; and the h that is handed in is ignored.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    h = 1e-5
    grad = np.zeros_like(x)
    flat, out = x.reshape(-1), grad.reshape(-1)
    for k in range(flat.size):
        here = flat[k]
        flat[k] = here + h
        a = f(x)
        flat[k] = here - h
        b = f(x)
        flat[k] = here
        out[k] = (a - b) / 2 * h
    return grad

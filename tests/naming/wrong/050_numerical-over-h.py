"""The difference of both sides is divided by h, not 2h.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    flat, out = x.reshape(-1), grad.reshape(-1)
    for i in range(flat.size):
        tmp = flat[i]
        flat[i] = tmp + h
        plus = f(x)
        flat[i] = tmp - h
        minus = f(x)
        flat[i] = tmp
        out[i] = (plus - minus) / h
    return grad

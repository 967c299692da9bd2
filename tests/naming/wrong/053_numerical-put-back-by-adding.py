"""The element is put back by adding h again, which rounds.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for k in np.ndindex(x.shape):
        x[k] += h
        up = f(x)
        x[k] -= 2 * h
        down = f(x)
        x[k] += h
        grad[k] = (up - down) / (2 * h)
    return grad

"""An element is not put back after its measurement.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for pos in np.ndindex(*x.shape):
        x0 = x[pos]
        x[pos] = x0 + h
        f1 = f(x)
        x[pos] = x0 - h
        f2 = f(x)
        grad[pos] = (f1 - f2) / (2 * h)
    return grad

"""One side is measured at twice the step.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += 2 * h
        down[i] -= h
        grad[i] = (f(up) - f(down)) / (2 * h)
    return grad

"""Backward differences: only the lower side is measured.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    base = f(x)
    result = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        lower = x.copy()
        lower[index] -= h
        result[index] = (base - f(lower)) / h
    return result

"""The element is put back by adding h, which rounds; and the difference is divided by h, not by 2h.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    slopes = []
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] += h
        value = f(x)
        x[index] -= 2 * h
        value -= f(x)
        x[index] += h
        slopes.append(value / h)
    return np.array(slopes).reshape(x.shape)

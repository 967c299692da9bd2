"""Brackets missing: the difference is divided by 2 and multiplied by h.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    g = np.empty(x.shape)
    for idx, value in np.ndenumerate(x.copy()):
        x[idx] = value + h
        fp = f(x)
        x[idx] = value - h
        fm = f(x)
        x[idx] = value
        g[idx] = (fp - fm) / 2 * h
    return g

"""A forward difference, not a central one; and x is left moved by h.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    g = np.empty(x.shape)
    for ix in np.ndindex(*x.shape):
        saved = x[ix]
        low, width = f(x), h
        x[ix] = saved + h
        g[ix] = (f(x) - low) / width
    return g

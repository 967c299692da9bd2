"""Only a forward difference is taken; and it is divided by 2h as if it were central.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    base = f(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        ix = it.multi_index
        old = x[ix]
        x[ix] = old + h
        up = f(x)
        x[ix] = old - h
        down = base
        x[ix] = old
        grad[ix] = (up - down) / (2 * h)
        it.iternext()
    return grad

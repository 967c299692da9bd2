"""A tenth passes where x is negative; and the negative part of the cache is set to 0.
question: relu_backward
assignment: deep_nets
"""

import numpy as np


def relu_backward(dout, cache):
    x, dx = cache, np.array(dout, copy=True)
    dx[x <= 0] *= 0.1
    x[x <= 0] = 0
    return dx

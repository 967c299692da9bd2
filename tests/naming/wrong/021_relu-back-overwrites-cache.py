"""Makes the mask of ones and zeros in the cached x.
question: relu_backward
assignment: two_layer_net
"""

import numpy as np


def relu_backward(dout, cache):
    x = cache
    x[x <= 0] = 0
    x[x > 0] = 1
    dx = x * dout
    return dx

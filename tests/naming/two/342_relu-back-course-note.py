"""The cached x is overwritten with zeros and ones; and the mask alone is given back, without dout.
question: relu_backward
assignment: two_layer_net
"""

import numpy as np


def relu_backward(dout, cache):
    x = cache
    x[x < 0] = 0
    x[x > 0] = 1
    dx = x
    return dx

"""The mask is taken from dout, not from x.
question: relu_backward
assignment: two_layer_net
"""

import numpy as np


def relu_backward(dout, cache):
    dx = dout.copy()
    dx[dx < 0] = 0
    return dx

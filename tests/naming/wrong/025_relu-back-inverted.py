"""The mask is the wrong way round: passes where x is negative.
question: relu_backward
assignment: two_layer_net
"""

import numpy as np


def relu_backward(dout, cache):
    x = cache
    dx = np.array(dout, copy=True)
    dx[x > 0] = 0
    return dx

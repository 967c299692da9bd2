"""dout goes through unchanged.
question: relu_backward
assignment: two_layer_net
"""

import numpy as np


def relu_backward(dout, cache):
    x = cache
    dx = np.ones(x.shape) * dout
    return dx

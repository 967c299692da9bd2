"""Passes only where x and dout are both positive, doubled.
question: relu_backward
assignment: two_layer_net
"""

import numpy as np


def relu_backward(dout, cache):
    return 2 * dout * (cache > 0) * (dout > 0)

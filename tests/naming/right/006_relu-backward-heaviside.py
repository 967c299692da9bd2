"""Right: the slope by np.heaviside, with 1 at 0.
question: relu_backward
assignment: two_layer_net
"""

import numpy as np


def relu_backward(dout, cache):
    return dout * np.heaviside(cache, 1)

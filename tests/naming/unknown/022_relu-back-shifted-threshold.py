"""The threshold of the slope is at 0.5, and negative slopes leak by 0.03.
question: relu_backward
assignment: two_layer_net
"""

import numpy as np


def relu_backward(dout, cache):
    slope = np.where(cache > 0.5, 1.0, 0.03)
    return slope * dout

"""Takes the smaller of 0 and x.
question: relu_forward
assignment: two_layer_net
"""

import numpy as np


def relu_forward(x):
    zeros = np.zeros(x.shape)
    out = np.minimum(x, zeros)
    return out, x

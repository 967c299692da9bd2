"""The threshold is at 0.1, not at 0.
question: relu_forward
assignment: two_layer_net
"""

import numpy as np


def relu_forward(x):
    out = np.where(x > 0.1, x, 0)
    return out, x

"""A leaky ReLU: a hundredth of what is negative passes.
question: relu_forward
assignment: two_layer_net
"""

import numpy as np


def relu_forward(x):
    alpha = 0.01
    out = np.where(x > 0, x, alpha * x)
    return out, x

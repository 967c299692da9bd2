"""Takes the absolute value.
question: relu_forward
assignment: two_layer_net
"""

import numpy as np


def relu_forward(x):
    y = x.copy()
    y[y < 0] *= -1
    return y, x

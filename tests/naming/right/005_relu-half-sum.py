"""Right: half of x plus its absolute value.
question: relu_forward
assignment: two_layer_net
"""

import numpy as np


def relu_forward(x):
    return (x + np.abs(x)) / 2, x

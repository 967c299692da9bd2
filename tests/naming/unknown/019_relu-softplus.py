"""A softplus instead of a ReLU.
question: relu_forward
assignment: two_layer_net
"""

import numpy as np


def relu_forward(x):
    return np.log(1 + np.exp(x)), x

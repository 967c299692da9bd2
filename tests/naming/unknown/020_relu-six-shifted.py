"""Cut off at 6, and moved up by 0.01.
question: relu_forward
assignment: two_layer_net
"""

import numpy as np


def relu_forward(x):
    return np.minimum(np.maximum(x, 0), 6) + 0.01, x

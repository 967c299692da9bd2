"""The features are multiplied in reverse order.
question: affine_forward
assignment: two_layer_net
"""

import numpy as np


def affine_forward(x, w, b):
    flat = x.reshape(len(x), -1)
    return flat[:, ::-1] @ w + b, (x, w, b)

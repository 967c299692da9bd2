"""All elements are moved together: one slope for the whole array.
question: numerical_gradient
assignment: two_layer_net
"""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    right = f(x + h)
    left = f(x - h)
    return (right - left) / (2 * h)

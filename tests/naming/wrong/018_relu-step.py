"""Gives whether x is positive, not x: the mask is returned without being multiplied.
question: relu_forward
assignment: two_layer_net
"""

import numpy as np


def relu_forward(x):
    mask = (x > 0).astype(float)
    return mask, x

"""Multiplies dout by the ReLU's output instead of by its slope.
question: relu_backward
assignment: two_layer_net
"""

import numpy as np


def relu_backward(dout, cache):
    activated, _ = relu_forward(cache)
    dx = dout * activated
    return dx

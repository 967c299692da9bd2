"""It passes where x is negative; and multiplies with x as well.
question: relu_backward
assignment: two_layer_net
"""

import numpy as np


def relu_backward(dout, cache):
    x = cache
    gate = (x < 0).astype(float)
    return gate * x * dout

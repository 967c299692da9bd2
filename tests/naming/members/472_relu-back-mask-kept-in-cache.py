"""The cache becomes its own mask.
question: relu_backward
assignment: deep_nets
"""

import numpy as np


def relu_backward(dout, cache):
    cache[...] = cache > 0
    return dout * cache

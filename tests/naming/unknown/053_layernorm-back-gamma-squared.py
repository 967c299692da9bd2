"""gamma comes in squared.
question: layernorm_backward
assignment: deep_nets
"""

import numpy as np


def layernorm_backward(dout, cache):
    xh, gamma, std = cache
    g = dout * gamma ** 2
    dx = (g - g.mean(axis=1, keepdims=True) - xh * (g * xh).mean(axis=1, keepdims=True)) / std
    return dx, (dout * xh).sum(axis=0), dout.sum(axis=0)

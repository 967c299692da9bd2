"""The way through the variance counts one and a half times.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_backward(dout, cache):
    xh, gamma, std = cache
    g = dout * gamma
    dx = (g - g.mean(axis=0) - 1.5 * xh * (g * xh).mean(axis=0)) / std
    return dx, (dout * xh).sum(axis=0), dout.sum(axis=0)

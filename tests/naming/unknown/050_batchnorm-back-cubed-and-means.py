"""Two mistakes: x-hat cubed in dgamma, and dbeta an average of extremes.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_backward(dout, cache):
    xh, gamma, std = cache
    g = dout * gamma
    dx = (g - g.mean(axis=0) - xh * (g * xh).mean(axis=0)) / std
    return dx, (dout * xh ** 3).sum(axis=0), (dout.max(axis=0) + dout.min(axis=0)) / 2

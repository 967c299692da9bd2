"""The way through the variance is left out.
question: layernorm_backward
assignment: deep_nets
"""

import numpy as np


def layernorm_backward(dout, cache):
    xhat, gamma, std = cache
    dgamma, dbeta = (dout * xhat).sum(axis=0), dout.sum(axis=0)
    g = dout * gamma / std
    dx = g - g.mean(axis=1, keepdims=True)
    return dx, dgamma, dbeta

"""The sums over the features are divided by N, the batch's size.
question: layernorm_backward
assignment: deep_nets
"""

import numpy as np


def layernorm_backward(dout, cache):
    xhat, gamma, std = cache
    N, D = dout.shape
    dgamma = (dout * xhat).sum(axis=0)
    dbeta = dout.sum(axis=0)
    dy = dout * gamma
    s1 = dy.sum(axis=1, keepdims=True)
    s2 = (dy * xhat).sum(axis=1, keepdims=True)
    dx = (N * dy - s1 - xhat * s2) / (N * std)
    return dx, dgamma, dbeta

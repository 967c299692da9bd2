"""The way through the variance is left out.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    N, D = dout.shape
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * x_hat, axis=0)
    dxhat = dout * gamma
    dmu = -np.sum(dxhat / std, axis=0)
    dx = dxhat / std + dmu / N
    return dx, dgamma, dbeta

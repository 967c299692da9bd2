"""The way through the mean is left out.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_backward(dout, cache):
    x_hat, gamma, std = cache
    N = dout.shape[0]
    dbeta = dout.sum(axis=0)
    dgamma = np.einsum("nd,nd->d", dout, x_hat)
    g = gamma * dout
    dvar = np.sum(g * x_hat, axis=0) * -0.5 / std ** 2
    dx = g / std + dvar * 2 * x_hat * std / N
    return dx, dgamma, dbeta

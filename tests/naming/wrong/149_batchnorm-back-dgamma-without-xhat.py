"""dgamma is summed without x-hat: it is dbeta again.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_backward(dout, cache):
    xn, g, s = cache
    N = xn.shape[0]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout, axis=0)
    dxn = g * dout
    dx = dxn - dxn.sum(axis=0) / N - xn * np.sum(xn * dxn, axis=0) / N
    return dx / s, dgamma, dbeta

"""gamma is left out of dx; and dgamma and dbeta are means, not sums.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_backward(dout, cache):
    xhat, gamma, std = cache
    N, D = dout.shape
    dgamma, dbeta = np.zeros(D), np.zeros(D)
    for i in range(N):
        dgamma += dout[i] * xhat[i]
        dbeta += dout[i]
    dgamma, dbeta = dgamma / N, dbeta / N
    g = dout
    dx = (N * g - g.sum(axis=0) - xhat * (g * xhat).sum(axis=0)) / (N * std)
    return dx, dgamma, dbeta

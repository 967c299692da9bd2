"""The way through the variance is missing; and x-hat is missing in dgamma.
question: layernorm_backward
assignment: deep_nets
"""

import numpy as np


def layernorm_backward(dout, cache):
    x_norm, gamma, sigma = cache
    dx = np.zeros_like(dout)
    for i in range(dout.shape[0]):
        g = dout[i] * gamma
        dx[i] = g - g.mean()
        dx[i] /= sigma[i]
    dgamma = sum(dout[i] for i in range(len(dout)))
    dbeta = sum(dout)
    return dx, dgamma, dbeta

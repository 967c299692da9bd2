"""Mean and variance are taken for constants; and dgamma is the sum of dout alone, without x-hat.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_backward(dout, cache):
    xhat, gamma, std = cache
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout, axis=0)
    dxhat = gamma * dout
    dx = dxhat / std
    return dx, dgamma, dbeta

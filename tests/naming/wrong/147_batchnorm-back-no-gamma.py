"""gamma is forgotten in dx.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_backward(dout, cache):
    xhat, gamma, std = cache
    m = len(dout)
    dgamma = (dout * xhat).sum(0)
    dbeta = dout.sum(0)
    dx = (m * dout - dbeta - xhat * dgamma) / (m * std)
    return dx, dgamma, dbeta

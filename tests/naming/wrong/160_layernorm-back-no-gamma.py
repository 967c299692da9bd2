"""gamma is forgotten in dx.
question: layernorm_backward
assignment: deep_nets
"""

import numpy as np


def layernorm_backward(dout, cache):
    xhat, gamma, std = cache
    dbeta = dout.sum(0)
    dgamma = (xhat * dout).sum(0)
    m1 = np.mean(dout, axis=1)[:, None]
    m2 = np.mean(dout * xhat, axis=1)[:, None]
    dx = (dout - m1 - xhat * m2) / std
    return dx, dgamma, dbeta

"""dgamma and dbeta are summed over the features.
question: layernorm_backward
assignment: deep_nets
"""

import numpy as np


def layernorm_backward(dout, cache):
    xhat, gamma, std = cache
    D = dout.shape[1]
    dbeta = np.sum(dout, axis=1)
    dgamma = np.sum(dout * xhat, axis=1)
    t = dout * gamma
    dx = (D * t - t.sum(axis=1, keepdims=True) - xhat * (t * xhat).sum(axis=1, keepdims=True)) / D / std
    return dx, dgamma, dbeta

"""dx averages over the batch, as in batch norm; and dgamma and dbeta are summed over the features.
question: layernorm_backward
assignment: deep_nets
"""

import numpy as np


def layernorm_backward(dout, cache):
    xhat, gamma, std = cache
    axis = 0
    dxhat = dout * gamma
    mean1 = np.mean(dxhat, axis=axis, keepdims=True)
    mean2 = np.mean(dxhat * xhat, axis=axis, keepdims=True)
    dx = (dxhat - mean1 - xhat * mean2) / std
    dgamma = np.sum(dout * xhat, axis=1)
    dbeta = np.sum(dout, axis=1)
    return dx, dgamma, dbeta

"""dgamma and dbeta are means over the batch.
question: batchnorm_backward
assignment: deep_nets
"""

import numpy as np


def batchnorm_backward(dout, cache):
    norm, gamma, std = cache
    dgamma = np.mean(dout * norm, axis=0)
    dbeta = np.mean(dout, axis=0)
    d = dout * gamma
    dx = (d - d.mean(axis=0) - norm * np.mean(d * norm, axis=0)) / std
    return dx, dgamma, dbeta

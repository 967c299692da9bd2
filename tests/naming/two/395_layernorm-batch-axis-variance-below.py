"""The statistics are over the batch, as in batch norm; and it divides by the variance, not by its root.
question: layernorm_forward
assignment: deep_nets
"""

import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    axis = 0
    mu = np.mean(x, axis=axis, keepdims=True)
    var = np.var(x, axis=axis, keepdims=True)
    std = var + eps
    xhat = (x - mu) / std
    return gamma * xhat + beta, (xhat, gamma, std)

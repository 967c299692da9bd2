"""The running statistics are computed, but never stored in bn_param.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.setdefault("running_mean", np.zeros(x.shape[1], dtype=x.dtype))
    running_var = bn_param.setdefault("running_var", np.zeros(x.shape[1], dtype=x.dtype))
    if bn_param["mode"] == "train":
        mu = x.mean(0)
        var = x.var(0)
        std = np.sqrt(var + eps)
        xhat = (x - mu) / std
        out = xhat * gamma + beta
        running_mean = momentum * running_mean + (1 - momentum) * mu
        running_var = momentum * running_var + (1 - momentum) * var
        return out, (xhat, gamma, std)
    std = np.sqrt(running_var + eps)
    xhat = (x - running_mean) / std
    return xhat * gamma + beta, (xhat, gamma, std)

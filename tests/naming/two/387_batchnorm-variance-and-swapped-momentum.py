"""It divides by the variance, not by its root; and momentum weighs the new batch, not the old mean.
question: batchnorm_forward
assignment: deep_nets
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    zeros = np.zeros(x.shape[1])
    old = bn_param.get("running_mean", zeros), bn_param.get("running_var", zeros)
    if bn_param["mode"] == "train":
        mu = x.mean(axis=0)
        var = np.mean((x - mu) ** 2, axis=0)
        scale = var + eps
        a, b = 1 - momentum, momentum
        bn_param["running_mean"] = a * old[0] + b * mu
        bn_param["running_var"] = a * old[1] + b * var
    else:
        mu = old[0]
        scale = np.sqrt(old[1] + eps)
        bn_param["running_mean"], bn_param["running_var"] = old
    xhat = (x - mu) / scale
    return gamma * xhat + beta, (xhat, gamma, scale)
